import type { Membership, Terminology } from '../definitions/terminology.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import type { Issue } from '../operation-outcome.ts';
import { isSame } from './questionnaire-enabled.ts';
import { containedIn } from './questionnaire-named.ts';
import { objectsOf, valueOf, type ResponseAnswer } from './questionnaire-tree.ts';
import { compareToLimit } from './range.ts';

/** What an answer is judged with: the Questionnaire's item, the Questionnaire itself, and the codes. */
export interface AnswerRules {
  readonly definition: JsonObject;
  readonly questionnaire: JsonObject;
  readonly terminology: Terminology;
}

/**
 * Returns what is wrong with the value of one answer: its type, that it is none of the options, its
 * length and its limits. An answer without a value is not judged.
 *
 * @see https://hl7.org/fhir/R4/valueset-item-type.html
 */
export function answerIssues(answer: ResponseAnswer, rules: AnswerRules): readonly Issue[] {
  if (answer.type === undefined) return [];
  const { definition } = rules;
  const allowed = typesOf(definition);
  const expression = [answer.expression];
  if (allowed !== undefined && !allowed.includes(answer.type)) {
    return [
      {
        severity: 'error',
        code: 'structure',
        rule: 'questionnaire-type',
        text: `The answer is of type ${answer.type}; the type of the Questionnaire's item allows ${allowed.join(', ')}.`,
        expression,
      },
    ];
  }
  return [...optionIssues(answer, rules), ...sizeIssues(answer, definition)];
}

/** The types of value that an item allows; undefined for a type of item that R4 does not have. */
function typesOf(definition: JsonObject): readonly string[] | undefined {
  const { type } = definition;
  const allowed = typeof type === 'string' ? answerTypes.get(type) : undefined;
  if (type !== 'choice' && type !== 'open-choice') return allowed;
  const options = objectsOf(definition['answerOption']).map(([option]) => valueOf(option).type);
  const added = options.filter((one) => one !== undefined);
  return [...new Set([...(allowed ?? []), ...added])];
}

const answerTypes: ReadonlyMap<string, readonly string[]> = new Map([
  ['boolean', ['Boolean']],
  ['decimal', ['Decimal']],
  ['integer', ['Integer']],
  ['date', ['Date']],
  ['dateTime', ['DateTime']],
  ['time', ['Time']],
  ['string', ['String']],
  ['text', ['String']],
  ['url', ['Uri']],
  ['choice', ['Coding']],
  ['open-choice', ['Coding', 'String']],
  ['attachment', ['Attachment']],
  ['reference', ['Reference']],
  ['quantity', ['Quantity']],
]);

function optionIssues(answer: ResponseAnswer, rules: AnswerRules): readonly Issue[] {
  const { definition } = rules;
  const isFree = definition['type'] === 'open-choice' && answer.type === 'String';
  if (isFree || answer.value === undefined) return [];
  const options = objectsOf(definition['answerOption']).map(([option]) => valueOf(option));
  const isListed = options.some(
    ({ type, value }) => type === answer.type && equals(answer.value, value),
  );
  const isIn = options.length === 0 ? isMember(answer.value, rules) : isListed;
  if (isIn) return [];
  return [
    {
      severity: 'error',
      code: 'code-invalid',
      rule: 'questionnaire-option',
      text: 'The answer is none of those that the Questionnaire lets choose from.',
      expression: [answer.expression],
    },
  ];
}

function equals(value: JsonValue | undefined, option: JsonValue | undefined): boolean {
  return isJsonObject(value) && isJsonObject(option) ? isSame(value, option) : value === option;
}

/** Whether a coding is, or may be, in the item's value set. */
function isMember(value: JsonValue, { definition, questionnaire, terminology }: AnswerRules) {
  const canonical = definition['answerValueSet'];
  if (typeof canonical !== 'string' || !isJsonObject(value)) return true;
  const { system, code } = value;
  if (typeof system !== 'string' || typeof code !== 'string') return false;
  const membership = canonical.startsWith('#')
    ? containedMembership(containedIn(questionnaire, canonical), [system, code], terminology)
    : terminology.membership(canonical, system, code);
  return membership !== 'out';
}

/** Of lists of codes, whole code systems and other value sets; what is filtered or excluded is unknown. */
function containedMembership(
  valueSet: JsonObject | undefined,
  [system, code]: readonly [string, string],
  terminology: Terminology,
): Membership {
  const compose = valueSet?.['compose'];
  if (!isJsonObject(compose) || compose['exclude'] !== undefined) return 'unknown';
  const answers = objectsOf(compose['include']).map(([include]): Membership => {
    const { filter, concept, valueSet: others } = include;
    if (filter !== undefined) return 'unknown';
    if (Array.isArray(others))
      return others.length === 1 && include['system'] === undefined
        ? terminology.membership(String(others[0]), system, code)
        : 'unknown';
    if (include['system'] !== system) return 'out';
    if (concept === undefined) return terminology.definesCode(system, code);
    return objectsOf(concept).some(([one]) => one['code'] === code) ? 'in' : 'out';
  });
  if (answers.includes('in')) return 'in';
  return answers.includes('unknown') ? 'unknown' : 'out';
}

function sizeIssues(answer: ResponseAnswer, definition: JsonObject): readonly Issue[] {
  const { value, expression } = answer;
  const { maxLength } = definition;
  const issues: Issue[] = [];
  if (typeof value === 'string' && typeof maxLength === 'number' && lengthOf(value) > maxLength) {
    issues.push({
      severity: 'error',
      code: 'too-long',
      rule: 'questionnaire-length',
      text: `The answer is longer than the ${maxLength} characters that the Questionnaire allows.`,
      expression: [expression],
    });
  }
  const below = compareToLimit(value, limitOf(definition, 'minValue'));
  const above = compareToLimit(value, limitOf(definition, 'maxValue'));
  if ((below !== undefined && below < 0) || (above !== undefined && above > 0)) {
    issues.push({
      severity: 'error',
      code: 'value',
      rule: 'questionnaire-limit',
      text: 'The answer lies outside of the least and greatest value that the Questionnaire allows.',
      expression: [expression],
    });
  }
  return issues;
}

/** In characters as people count them: code points, not UTF-16 units. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}

function limitOf(definition: JsonObject, name: string): JsonValue | undefined {
  const url = `http://hl7.org/fhir/StructureDefinition/${name}`;
  const found = objectsOf(definition['extension']).find(([one]) => one['url'] === url);
  return found && valueOf(found[0]).value;
}
