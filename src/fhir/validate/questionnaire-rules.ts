import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import { itemsOf } from './json-array.ts';
import { report, type ObjectCheck } from './pass.ts';

/**
 * What enables an item of a Questionnaire is an item of it.
 *
 * @see https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen.question
 */
export const questionnaireRules: ObjectCheck = (questionnaire, pass) => {
  const items = itemsBelow(questionnaire);
  const linkIds = new Set(items.map(({ item }) => item['linkId']));
  for (const { item, at } of items) {
    for (const [index, condition] of itemsOf(item['enableWhen']).entries()) {
      const question = isJsonObject(condition) ? condition['question'] : undefined;
      if (typeof question === 'string' && !linkIds.has(question)) {
        report(pass, {
          code: 'business-rule',
          rule: 'enable-when-question',
          text: 'The Questionnaire has no item with the linkId that enables this one.',
          child: `${at}.enableWhen[${index}].question`,
        });
      }
    }
  }
};

interface PlacedItem {
  readonly item: JsonObject;
  /** `item[0].item[1]`. */
  readonly at: string;
}

/** The list grows while it is walked, so that no depth is too deep. */
function itemsBelow(questionnaire: JsonObject): readonly PlacedItem[] {
  const found = children(questionnaire, '');
  for (const { item, at } of found) {
    for (const child of children(item, `${at}.`)) {
      found.push(child);
    }
  }
  return found;
}

function children(owner: JsonObject, prefix: string): PlacedItem[] {
  return [...itemsOf(owner['item']).entries()].flatMap(([index, item]) =>
    isJsonObject(item) ? [{ item, at: `${prefix}item[${index}]` }] : [],
  );
}
