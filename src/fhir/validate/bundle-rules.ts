import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import type { Compiler } from './compiler.ts';
import { checkFullUrl } from './full-url.ts';
import { report, type Pass } from './pass.ts';

/**
 * The rules of a Bundle that its invariants do not say: full URLs that are absolute and agree with the
 * id, ids of search results, links that occur once. The pass stands at the Bundle.
 *
 * @see https://hl7.org/fhir/R4/bundle.html#bundle-unique
 */
export function bundleRules({ definitions }: Compiler, bundle: JsonObject, pass: Pass): void {
  const type = bundle['type'];
  const entries = Array.isArray(bundle['entry']) ? bundle['entry'] : [];
  for (const [index, entry] of entries.entries()) {
    if (isJsonObject(entry)) {
      const at = `entry[${index}]`;
      checkFullUrl(entry, { type, at, definitions }, pass);
      checkSearchResult(entry, { type, child: `${at}.resource` }, pass);
    }
  }
  checkLinks(bundle, pass);
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
