import type { Issue } from '../../fhir/operation-outcome.ts';
import { refuses } from '../../fhir/validate/validator.ts';
import type { ValidationQuestion } from './validate-question.ts';

/**
 * Returns an issue for each entry of a Bundle that nothing refuses: it says that the entry is valid, so
 * that the outcome answers for every entry.
 */
export function faultlessEntries(
  { document, mode }: ValidationQuestion,
  found: readonly Issue[],
): readonly Issue[] {
  const { resourceType, entry } = document?.value ?? {};
  if (mode === 'delete' || resourceType !== 'Bundle' || !Array.isArray(entry)) return [];
  const named = new Set(
    found
      .filter(refuses)
      .flatMap(({ expression = [] }) => expression.map((place) => entryAt.exec(place)?.[0])),
  );
  return Array.from({ length: entry.length }, (_, index) => `Bundle.entry[${index}]`)
    .filter((place) => !named.has(place))
    .map((place) => ({
      severity: 'information',
      code: 'informational',
      text: 'The entry is valid.',
      expression: [place],
    }));
}

const entryAt = /^Bundle\.entry\[\d+\]/u;
