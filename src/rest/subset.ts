import type { Definitions } from '../fhir/definitions/definitions.ts';
import { failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import type { RestRequest } from './rest.ts';
import { elementsKept, summaryKept, type Kept } from './subset-elements.ts';
import { selectMembers, tagSubsetted } from './subset-text.ts';

/** Returns the part of a resource's text that the client asked for. */
export type Subset = (type: string, text: string) => string;

/** The values of `_summary`. `count` leaves no resource; who builds a Bundle heeds it. */
export type Summary = (typeof summaries)[number];

const summaries = ['true', 'text', 'data', 'count', 'false'] as const;

/**
 * Returns what `_summary` and `_elements` make of a resource; with both, `_elements` counts. What is
 * left out is announced by the tag SUBSETTED. Fails `invalid-parameter`.
 *
 * @see https://hl7.org/fhir/R4/search.html#summary
 * @see https://hl7.org/fhir/R4/search.html#elements
 */
export function subsetOf(
  definitions: Definitions,
  request: Pick<RestRequest, 'query'>,
): Result<Subset> {
  const value = request.query.find(([name]) => name === '_summary')?.[1];
  const summary = summaries.find((known) => known === value);
  if (value !== undefined && summary === undefined) {
    return failed(failure('invalid-parameter', `_summary is one of ${summaries.join(', ')}.`));
  }
  const elements = request.query
    .filter(([name]) => name === '_elements')
    .flatMap(([, text]) => text.split(','))
    .map((element) => element.trim())
    .filter((element) => element !== '');
  return success(
    subsetBy(definitions, {
      ...(elements.length > 0 ? { elements } : {}),
      ...(summary !== undefined ? { summary } : {}),
    }),
  );
}

/** Returns the same of parameters that were read before. */
export function subsetBy(
  definitions: Definitions,
  { summary, elements }: { readonly summary?: Summary; readonly elements?: readonly string[] },
): Subset {
  if (elements !== undefined) return selecting((type) => elementsKept(definitions, type, elements));
  return summary === undefined || summary === 'false' || summary === 'count'
    ? whole
    : selecting((type) => summaryKept(definitions, type, summary));
}

const whole: Subset = (_type, text) => text;

/** What is kept of a type is worked out once for each request. */
function selecting(keptOf: (type: string) => Kept): Subset {
  const known = new Map<string, Kept>();
  return (type, text) => {
    const kept = known.get(type) ?? keptOf(type);
    known.set(type, kept);
    return tagSubsetted(selectMembers(text, kept));
  };
}
