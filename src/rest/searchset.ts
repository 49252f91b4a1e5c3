import { operationOutcome, type Issue } from '../fhir/operation-outcome.ts';
import type { StoredVersion } from '../store/resource-store.ts';
import { bundleText } from './bundle-text.ts';
import type { RestContext } from './rest.ts';
import type { Subset } from './subset.ts';

/** What a searchset shows. */
export interface SearchsetParts {
  readonly baseUrl: string;
  readonly total: number | undefined;
  readonly links: readonly (readonly [relation: string, url: string])[];
  readonly matches: readonly StoredVersion[];
  readonly included: readonly StoredVersion[];
  /** What the client should know of how the search was done. */
  readonly issues: readonly Issue[];
  readonly subset: Subset;
}

/**
 * Returns the text of the Bundle that answers a search: the matches in their order, then what is
 * included, then an OperationOutcome when there is something to say.
 *
 * @see https://hl7.org/fhir/R4/search.html#return
 */
export function searchset(context: RestContext, parts: SearchsetParts): string {
  const { baseUrl, matches, included, issues, subset, links, total } = parts;
  // The base is escaped once; type and id have no character that JSON escapes.
  const prefix = `{"fullUrl":${JSON.stringify(baseUrl).slice(0, -1)}/`;
  const entries = matches.map((version) => entryText(prefix, version, subset, 'match'));
  for (const version of included) entries.push(entryText(prefix, version, subset, 'include'));
  if (issues.length > 0) {
    const outcome = JSON.stringify(operationOutcome(issues));
    entries.push(
      `{"fullUrl":"urn:uuid:${context.newId()}","resource":${outcome},"search":{"mode":"outcome"}}`,
    );
  }
  return bundleText(context, {
    type: 'searchset',
    ...(total === undefined ? {} : { total }),
    links,
    entries,
  });
}

function entryText(
  prefix: string,
  { type, id, text = '' }: StoredVersion,
  subset: Subset,
  mode: 'match' | 'include',
): string {
  return `${prefix}${type}/${id}","resource":${subset(type, text)},"search":{"mode":"${mode}"}}`;
}
