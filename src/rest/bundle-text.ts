import type { RestContext } from './rest.ts';

/** A Bundle of an answer; `entries` are JSON texts. */
export interface BundleParts {
  readonly type: 'searchset' | 'history';
  readonly total?: number;
  /** Relation and URL, in order. */
  readonly links: readonly (readonly [relation: string, url: string])[];
  readonly entries: readonly string[];
}

/**
 * Returns the JSON text of a Bundle, put together from texts as they are kept: nothing is parsed.
 *
 * @see https://hl7.org/fhir/R4/bundle.html
 */
export function bundleText(
  context: Pick<RestContext, 'newId' | 'clock'>,
  parts: BundleParts,
): string {
  const total = parts.total === undefined ? '' : `,"total":${parts.total}`;
  const links = parts.links.map(([relation, url]) => JSON.stringify({ relation, url }));
  const link = links.length === 0 ? '' : `,"link":[${links.join(',')}]`;
  const entry = parts.entries.length === 0 ? '' : `,"entry":[${parts.entries.join(',')}]`;
  return (
    `{"resourceType":"Bundle","id":"${context.newId()}","meta":{"lastUpdated":"${context.clock()}"},` +
    `"type":"${parts.type}"${total}${link}${entry}}`
  );
}
