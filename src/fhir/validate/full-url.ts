import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import { isAbsoluteUri } from './absolute-system.ts';
import type { Compiler } from './compiler.ts';
import { report, type Pass } from './pass.ts';

/** Where an entry stands in a Bundle. */
export interface EntryPlace {
  readonly type: unknown;
  /** `entry[0]`. */
  readonly at: string;
  readonly definitions: Compiler['definitions'];
}

/**
 * Reports a full URL that is missing, relative, or disagrees with the resource of its entry. The pass
 * stands at the Bundle.
 *
 * @see https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.fullUrl
 */
export function checkFullUrl(entry: JsonObject, place: EntryPlace, pass: Pass): void {
  const { fullUrl } = entry;
  if (fullUrl === undefined) {
    checkMissing(entry, place, pass);
  } else if (typeof fullUrl === 'string' && !isAbsoluteUri(fullUrl)) {
    reportUrl(
      pass,
      place,
      'The full URL of the entry is relative; it must be absolute, such as urn:uuid: and a UUID.',
    );
  } else if (typeof fullUrl === 'string' && isJsonObject(entry['resource'])) {
    checkAgreement(fullUrl, entry['resource'], place, pass);
  }
}

/** Requests need none when the server gives the id, and their answers say where the resource is. */
const identified: ReadonlySet<unknown> = new Set([
  'document',
  'message',
  'history',
  'searchset',
  'collection',
]);

const maybeMade: ReadonlySet<unknown> = new Set(['searchset', 'collection']);

/** R4 excepts what an operation made and no server holds: such a resource has no id. */
function checkMissing({ resource }: JsonObject, { type, at }: EntryPlace, pass: Pass): void {
  if (!identified.has(type) || (!isJsonObject(resource) && type !== 'history')) {
    return;
  }
  const isMade = maybeMade.has(type) && isJsonObject(resource) && resource['id'] === undefined;
  report(pass, {
    code: 'required',
    severity: isMade ? 'warning' : 'error',
    rule: 'bundle-url-missing',
    text: 'The entry has no full URL; in a Bundle of this type each has one, such as urn:uuid: and a UUID.',
    child: at,
  });
}

/** @see https://hl7.org/fhir/R4/references.html#regex */
const restful = /^https?:\/\/(?:[A-Za-z0-9\-\\.:%$]*\/)+([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/;

/** Of a request the interaction demands the id, of a search result another rule. */
const idElsewhere: ReadonlySet<unknown> = new Set(['transaction', 'batch', 'searchset']);

function checkAgreement(
  fullUrl: string,
  resource: JsonObject,
  place: EntryPlace,
  pass: Pass,
): void {
  const { id, resourceType } = resource;
  const [, urlType, urlId] = restful.exec(fullUrl) ?? [];
  if (urlType === undefined || !place.definitions.isResourceType(urlType)) {
    return;
  }
  const needsNone = id === undefined && idElsewhere.has(place.type);
  if (urlType !== resourceType) {
    reportUrl(pass, place, 'The full URL of the entry names another type than its resource has.');
  } else if (urlId !== id && !needsNone) {
    reportUrl(pass, place, 'The full URL of the entry does not end in the id of its resource.');
  }
}

function reportUrl(pass: Pass, { at }: EntryPlace, text: string): void {
  report(pass, { code: 'value', rule: 'bundle-full-url', text, child: `${at}.fullUrl` });
}
