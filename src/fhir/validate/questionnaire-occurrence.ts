import type { JsonObject } from '../json/json-value.ts';
import type { Issue } from '../operation-outcome.ts';
import type { ResponseItem } from './questionnaire-tree.ts';

/** Returns the first item of one place that stands after one which the Questionnaire asks later. */
export function itemOrderIssues(
  items: readonly ResponseItem[],
  linkIds: readonly string[],
): readonly Issue[] {
  const ranks = new Map(linkIds.map((linkId, rank) => [linkId, rank]));
  let highest = 0;
  const early = items.find(({ linkId }) => {
    const rank = ranks.get(linkId) ?? highest;
    const isEarly = rank < highest;
    highest = Math.max(highest, rank);
    return isEarly;
  });
  if (early === undefined) return [];
  return [
    {
      severity: 'error',
      code: 'structure',
      rule: 'questionnaire-order',
      text: 'The item stands after one that the Questionnaire has later.',
      expression: [early.expression],
    },
  ];
}

/**
 * Returns whether the items of one linkId at one place, and the answers of each, are more than its
 * `repeats` allows. A question that repeats is one item with several answers.
 *
 * @see https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.repeats
 */
export function itemTimesIssues(
  items: readonly ResponseItem[],
  definition: JsonObject,
): readonly Issue[] {
  const isGroup = definition['type'] === 'group';
  const repeats = definition['repeats'] === true;
  const issues: Issue[] = [];
  const [, second] = items;
  if (second !== undefined && !(isGroup && repeats)) {
    issues.push({
      severity: repeats ? 'warning' : 'error',
      code: 'structure',
      rule: 'questionnaire-repeats',
      text: repeats
        ? 'A question that repeats is one item with several answers; it is there as several items.'
        : 'The item does not repeat in the Questionnaire, and is there several times.',
      expression: [second.expression],
    });
  }
  for (const { answers } of repeats || isGroup ? [] : items) {
    const [, another] = answers;
    if (another === undefined) continue;
    issues.push({
      severity: 'error',
      code: 'structure',
      rule: 'questionnaire-repeats',
      text: 'The question does not repeat in the Questionnaire, and has several answers.',
      expression: [another.expression],
    });
  }
  return issues;
}
