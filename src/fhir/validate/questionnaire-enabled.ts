import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import {
  objectsOf,
  valueOf,
  type ResponseAnswer,
  type ResponseItem,
  type ResponseTree,
} from './questionnaire-tree.ts';
import { compareToLimit } from './range.ts';

/** Whether an item is enabled; undefined when its conditions cannot be decided. */
export type Enabled = boolean | undefined;

/** Where an item stands or, being absent, would stand. */
export interface ItemPlace {
  readonly ancestors: readonly ResponseItem[];
  readonly order: number;
}

/**
 * Returns whether the `enableWhen` of a Questionnaire's item let it be answered at a place of the
 * response. Without `enableBehavior` one condition is enough.
 *
 * @see https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen
 */
export function isEnabled(definition: JsonObject, tree: ResponseTree, place: ItemPlace): Enabled {
  const conditions = objectsOf(definition['enableWhen']);
  if (conditions.length === 0) return true;
  const results = conditions.map(([condition]) => holds(condition, tree, place));
  const deciding = definition['enableBehavior'] !== 'all';
  if (results.includes(deciding)) return deciding;
  return results.includes(undefined) ? undefined : !deciding;
}

function holds(condition: JsonObject, tree: ResponseTree, place: ItemPlace): Enabled {
  const answers = answersOf(condition['question'], tree, place);
  const wanted = valueOf(condition, 'answer');
  if (answers === undefined) return undefined;
  const { operator } = condition;
  if (operator === 'exists') {
    return typeof wanted.value === 'boolean' ? answers.length > 0 === wanted.value : undefined;
  }
  if (operator === '!=') {
    // R4's text (no answer is equal) holds without any answer; implementers read it otherwise.
    const equal = some(answers, (answer) => compared(answer, wanted, isZero));
    return answers.length === 0 || equal === undefined ? undefined : !equal;
  }
  const test = tests.get(operator);
  return test && some(answers, (answer) => compared(answer, wanted, test));
}

/** Undefined when the question stands in other repetitions of a group around alone. */
function answersOf(
  question: JsonValue | undefined,
  tree: ResponseTree,
  place: ItemPlace,
): readonly ResponseAnswer[] | undefined {
  if (typeof question !== 'string') return undefined;
  const all = tree.byLinkId.get(question) ?? [];
  const near = all.filter((item) => !isOfOtherRepetition(item, place));
  if (near.length === 0 && all.length > 0) return undefined;
  return nearest(near, place)?.answers ?? [];
}

/** Whether a group around repeats, and the item stands in another repetition of it. */
function isOfOtherRepetition({ ancestors }: ResponseItem, place: ItemPlace): boolean {
  return ancestors.some((one) =>
    place.ancestors.some((around) => around.linkId === one.linkId && around !== one),
  );
}

/** The occurrence that R4 names: around, else the last before, else the first after. */
function nearest(found: readonly ResponseItem[], place: ItemPlace): ResponseItem | undefined {
  return (
    found.findLast((item) => place.ancestors.includes(item)) ??
    found.findLast(({ order }) => order < place.order) ??
    found.find(({ order }) => order > place.order)
  );
}

const isZero = (difference: number): boolean => difference === 0;

const tests: ReadonlyMap<JsonValue | undefined, (difference: number) => boolean> = new Map([
  ['=', isZero],
  ['>', (difference) => difference > 0],
  ['<', (difference) => difference < 0],
  ['>=', (difference) => difference >= 0],
  ['<=', (difference) => difference <= 0],
]);

function some(
  answers: readonly ResponseAnswer[],
  test: (answer: ResponseAnswer) => Enabled,
): Enabled {
  const results = answers.map(test);
  return results.includes(true) || (results.includes(undefined) ? undefined : false);
}

function compared(
  answer: Pick<ResponseAnswer, 'type' | 'value'>,
  wanted: Pick<ResponseAnswer, 'type' | 'value'>,
  test: (difference: number) => boolean,
): Enabled {
  if (answer.value === undefined || wanted.value === undefined) return undefined;
  const difference = differenceOf(answer.value, wanted.value, wanted.type);
  return difference === undefined ? undefined : test(difference);
}

/** Undefined where the two have no order; not a number where they merely differ. */
function differenceOf(
  value: JsonValue,
  wanted: JsonValue,
  type: string | undefined,
): number | undefined {
  if (type === 'Quantity' || typeof wanted === 'number') return compareToLimit(value, wanted);
  if (isJsonObject(wanted)) {
    return isJsonObject(value) ? unordered(isSame(value, wanted)) : undefined;
  }
  if (typeof wanted === 'boolean') return unordered(value === wanted);
  if (value === wanted) return 0;
  if (typeof value !== 'string' || typeof wanted !== 'string') return undefined;
  return type === 'String' ? (value < wanted ? -1 : 1) : compareToLimit(value, wanted);
}

function unordered(isEqual: boolean): number {
  return isEqual ? 0 : Number.NaN;
}

/** Whether two codings have the same system and code, two references the same target. */
export function isSame(left: JsonObject, right: JsonObject): boolean {
  const names = left['code'] === undefined && right['code'] === undefined ? texts : codes;
  return names.every((name) => left[name] === right[name]);
}

const codes = ['system', 'code', 'reference'] as const;
const texts = ['system', 'display', 'reference'] as const;
