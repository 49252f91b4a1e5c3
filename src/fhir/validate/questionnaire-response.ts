import type { Terminology } from '../definitions/terminology.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { Issue } from '../operation-outcome.ts';
import { answerIssues } from './questionnaire-answer.ts';
import { isEnabled, type Enabled } from './questionnaire-enabled.ts';
import { itemOrderIssues, itemTimesIssues } from './questionnaire-occurrence.ts';
import {
  linkIdOf,
  objectsOf,
  responseTree,
  type ResponseItem,
  type ResponseTree,
} from './questionnaire-tree.ts';

/**
 * Returns how a QuestionnaireResponse differs from what its Questionnaire asks for: its items and their
 * places, the types and options of the answers, what is required of one that is completed, and answers
 * to what was not enabled. `questionnaire` is the one that the response names, already found.
 *
 * @see https://hl7.org/fhir/R4/questionnaireresponse-definitions.html#QuestionnaireResponse.questionnaire
 */
export function questionnaireResponseIssues(
  response: JsonObject,
  questionnaire: JsonObject,
  terminology: Terminology,
): readonly Issue[] {
  const tree = responseTree(response);
  const { status } = response;
  const judged: Judged = {
    tree,
    questionnaire,
    terminology,
    linkIds: linkIdsIn(questionnaire),
    isFinal: status === 'completed' || status === 'amended',
    issues: [],
  };
  checkItems(judged, tree.items, {
    definitions: definitionsIn(questionnaire),
    expression: 'QuestionnaireResponse',
    ancestors: [],
    isDisabled: false,
  });
  return judged.issues;
}

interface Judged {
  readonly tree: ResponseTree;
  readonly questionnaire: JsonObject;
  readonly terminology: Terminology;
  readonly linkIds: ReadonlySet<string>;
  /** Whether what is required must be there. */
  readonly isFinal: boolean;
  readonly issues: Issue[];
}

/** What the items below one place of the response are held to. */
interface Place {
  readonly definitions: readonly JsonObject[];
  readonly expression: string;
  readonly ancestors: readonly ResponseItem[];
  /** Something around is not enabled, and was reported. */
  readonly isDisabled: boolean;
}

function checkItems(judged: Judged, items: readonly ResponseItem[], place: Place): void {
  const byLinkId = new Map(place.definitions.map((one) => [linkIdOf(one), one]));
  for (const item of items) {
    const definition = byLinkId.get(item.linkId);
    if (definition === undefined) reportUnknown(judged, item);
    else checkItem(judged, { item, definition, isDisabled: place.isDisabled });
  }
  judged.issues.push(...itemOrderIssues(items, [...byLinkId.keys()]));
  for (const [linkId, definition] of byLinkId) {
    const found = items.filter((item) => item.linkId === linkId);
    judged.issues.push(...itemTimesIssues(found, definition));
    if (found.length === 0) checkAbsent(judged, definition, { place, items });
  }
}

/** An item without a linkId is reported by the definition of the resource. */
function reportUnknown({ linkIds, issues }: Judged, { linkId, expression }: ResponseItem): void {
  if (linkId === '') return;
  issues.push({
    severity: 'error',
    code: 'structure',
    rule: 'questionnaire-link',
    text: linkIds.has(linkId)
      ? 'The Questionnaire has an item with this linkId at another place.'
      : 'The Questionnaire has no item with this linkId.',
    expression: [expression],
  });
}

function checkAbsent(
  judged: Judged,
  definition: JsonObject,
  { place, items }: { readonly place: Place; readonly items: readonly ResponseItem[] },
): void {
  if (definition['required'] !== true || !judged.isFinal || place.isDisabled) return;
  const { ancestors } = place;
  const order = orderAfter(items, ancestors.at(-1)?.order ?? 0);
  if (isEnabled(definition, judged.tree, { ancestors, order }) !== true) return;
  judged.issues.push(missing(place.expression, 'An item that is required is missing'));
}

/** Where an item would stand that came last among `items`. */
function orderAfter(items: readonly ResponseItem[], owner: number): number {
  const last = items.at(-1);
  if (last === undefined) return owner + 0.5;
  const below = [...last.items, ...last.answers.flatMap((answer) => answer.items)];
  return orderAfter(below, last.order);
}

interface Found {
  readonly item: ResponseItem;
  readonly definition: JsonObject;
  readonly isDisabled: boolean;
}

function checkItem(judged: Judged, { item, definition, isDisabled }: Found): void {
  const enabled = isDisabled ? false : isEnabled(definition, judged.tree, item);
  if (!isDisabled && enabled === false && isAnswered(item)) reportDisabled(judged, item);
  if (isOtherText(item, definition)) {
    judged.issues.push({
      severity: 'information',
      code: 'informational',
      rule: 'questionnaire-text',
      text: 'The text of the item is not that of the Questionnaire.',
      expression: [item.expression],
    });
  }
  const { type } = definition;
  if (type === 'group') checkGroup(judged, { item, definition, enabled });
  else if (type === 'display') checkDisplay(judged, item);
  else checkQuestion(judged, { item, definition, enabled });
}

function isAnswered(item: ResponseItem): boolean {
  return item.answers.length > 0 || item.items.some(isAnswered);
}

function isOtherText(item: ResponseItem, definition: JsonObject): boolean {
  const [said, asked] = [item.json['text'], definition['text']];
  return said !== undefined && asked !== undefined && said !== asked;
}

/** What is still being filled in may keep an answer whose condition has changed. */
function reportDisabled({ isFinal, issues }: Judged, { expression }: ResponseItem): void {
  issues.push({
    severity: isFinal ? 'error' : 'warning',
    code: 'business-rule',
    rule: 'questionnaire-disabled',
    text: 'The item is answered, but the conditions that enable it are not met.',
    expression: [expression],
  });
}

interface Judging {
  readonly item: ResponseItem;
  readonly definition: JsonObject;
  readonly enabled: Enabled;
}

function checkGroup(judged: Judged, { item, definition, enabled }: Judging): void {
  if (item.answers.length > 0) {
    judged.issues.push(misplaced(item.expression, 'A group has no answers'));
  }
  const isRequired = definition['required'] === true && judged.isFinal && enabled === true;
  if (isRequired && item.items.length === 0) {
    judged.issues.push(missing(item.expression, 'A group that is required has no items'));
  }
  checkItems(judged, item.items, placeBelow(item, { definition, enabled }));
}

function checkDisplay(judged: Judged, item: ResponseItem): void {
  if (item.answers.length > 0 || item.items.length > 0) {
    judged.issues.push(misplaced(item.expression, 'A display has neither answers nor items'));
  }
}

function checkQuestion(judged: Judged, { item, definition, enabled }: Judging): void {
  const { issues, isFinal, questionnaire, terminology } = judged;
  if (item.items.length > 0) {
    issues.push(misplaced(item.expression, 'Items below a question stand in its answers'));
  }
  const isRequired = definition['required'] === true && isFinal && enabled === true;
  if (isRequired && item.answers.length === 0) {
    issues.push(missing(item.expression, 'A question that is required has no answer'));
  }
  for (const answer of item.answers) {
    issues.push(...answerIssues(answer, { definition, questionnaire, terminology }));
    const place = placeBelow(item, { definition, enabled });
    checkItems(judged, answer.items, { ...place, expression: answer.expression });
  }
}

function placeBelow(
  item: ResponseItem,
  { definition, enabled }: Pick<Judging, 'definition' | 'enabled'>,
): Place {
  return {
    definitions: definitionsIn(definition),
    expression: item.expression,
    ancestors: [...item.ancestors, item],
    isDisabled: enabled !== true,
  };
}

function missing(expression: string, text: string): Issue {
  return {
    severity: 'error',
    code: 'required',
    rule: 'questionnaire-required',
    text: `${text}, as the Questionnaire demands of a response that is completed.`,
    expression: [expression],
  };
}

function misplaced(expression: string, text: string): Issue {
  return {
    severity: 'error',
    code: 'structure',
    rule: 'questionnaire-nesting',
    text: `${text}, by the type of the Questionnaire's item.`,
    expression: [expression],
  };
}

function definitionsIn(owner: JsonObject): readonly JsonObject[] {
  return objectsOf(owner['item']).map(([one]) => one);
}

function linkIdsIn(owner: JsonObject): ReadonlySet<string> {
  return new Set(definitionsIn(owner).flatMap((one) => [linkIdOf(one), ...linkIdsIn(one)]));
}
