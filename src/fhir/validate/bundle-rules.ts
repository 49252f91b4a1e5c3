import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import { entriesOf } from './bundle-place.ts';
import { report, type ObjectCheck, type Pass } from './pass.ts';

/**
 * The rules of a Bundle that its invariants do not say: full URLs that are absolute and agree with the
 * id, ids of search results, links that occur once. The pass stands at the Bundle.
 *
 * @see https://hl7.org/fhir/R4/bundle.html#bundle-unique
 */
export const bundleRules: ObjectCheck = (bundle, pass) => {
  const type = bundle['type'];
  const entries = Array.isArray(bundle['entry']) ? bundle['entry'] : [];
  for (const [index, entry] of entries.entries()) {
    if (isJsonObject(entry)) {
      checkFullUrl(entry, `entry[${index}]`, pass);
      checkSearchResult(entry, { type, child: `entry[${index}].resource` }, pass);
    }
  }
  checkLinks(bundle, pass);
};

function checkFullUrl(entry: JsonObject, at: string, pass: Pass): void {
  const { fullUrl, resource } = entry;
  if (typeof fullUrl !== 'string') {
    return;
  }
  const child = `${at}.fullUrl`;
  if (!fullUrl.includes(':')) {
    report(pass, {
      code: 'value',
      rule: 'bundle-full-url',
      text: 'The full URL of the entry is relative; it must be absolute, such as urn:uuid: and a UUID.',
      child,
    });
    return;
  }
  if (!isJsonObject(resource) || !/^https?:/.test(fullUrl)) {
    return;
  }
  const { id, resourceType } = resource;
  const [type, urlId] = fullUrl.split('/').slice(-2);
  if (typeof id === 'string' && type === resourceType && urlId !== id) {
    report(pass, {
      code: 'value',
      rule: 'bundle-full-url',
      text: 'The full URL of the entry does not end in the id of its resource.',
      child,
    });
  }
}

function checkSearchResult(
  entry: JsonObject,
  { type, child }: { readonly type: unknown; readonly child: string },
  pass: Pass,
): void {
  const { resource, search } = entry;
  if (type !== 'searchset' || !isJsonObject(resource)) {
    return;
  }
  const isOutcome = resource['resourceType'] === 'OperationOutcome';
  if (resource['id'] === undefined && !isOutcome) {
    report(pass, {
      code: 'required',
      rule: 'bundle-search-id',
      text: 'The resource has no id; each one that a search returns has one.',
      child,
    });
  }
  if (isJsonObject(search) && search['mode'] === 'outcome' && !isOutcome) {
    report(pass, {
      code: 'invariant',
      rule: 'bundle-search-outcome',
      text: 'The entry of search mode outcome is no OperationOutcome; only these have this mode.',
      child,
    });
  }
}

const onceOnly: ReadonlySet<unknown> = new Set([
  'self',
  'first',
  'prev',
  'previous',
  'next',
  'last',
]);

function checkLinks(bundle: JsonObject, pass: Pass): void {
  const links = bundle['link'];
  const seen = new Set<unknown>();
  for (const [index, link] of (Array.isArray(links) ? links : []).entries()) {
    const relation = isJsonObject(link) ? link['relation'] : undefined;
    if (onceOnly.has(relation) && seen.has(relation)) {
      report(pass, {
        code: 'invariant',
        rule: 'bundle-link',
        text: 'The Bundle has a second link of this relation; it may occur only once.',
        child: `link[${index}]`,
      });
    }
    seen.add(relation);
  }
}

const ownReferences: ReadonlySet<unknown> = new Set(['document', 'message']);

/**
 * Reports the references of a document or message that only the Bundle could resolve (`urn:`) and does
 * not; they name nothing outside of it.
 *
 * @see https://hl7.org/fhir/R4/bundle.html#references
 */
export function checkLost(bundle: JsonObject, from: number, pass: Pass): void {
  if (!ownReferences.has(bundle['type'])) {
    return;
  }
  const urls = new Set(entriesOf(bundle).map((entry) => entry['fullUrl']));
  for (const { expression, reference } of pass.references.slice(from)) {
    if (reference.startsWith('urn:') && !urls.has(reference)) {
      pass.issues.push({
        severity: 'error',
        code: 'not-found',
        rule: 'bundle-reference',
        text: 'The reference is to an entry of the Bundle, and the Bundle has none with that full URL.',
        expression: [expression],
      });
    }
  }
}
