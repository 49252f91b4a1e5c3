import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';

/** An item of a QuestionnaireResponse and where it stands. */
export interface ResponseItem {
  readonly linkId: string;
  readonly json: JsonObject;
  /** `QuestionnaireResponse.item[0].item[1]` */
  readonly expression: string;
  /** Counts the items in the order of the document. */
  readonly order: number;
  /** Items around, innermost last. */
  readonly ancestors: readonly ResponseItem[];
  /** Those directly below, as in a group. */
  readonly items: readonly ResponseItem[];
  readonly answers: readonly ResponseAnswer[];
}

/** An answer of an item; its value may be absent. */
export interface ResponseAnswer {
  readonly json: JsonObject;
  readonly expression: string;
  /** The type of its value (`Coding`), undefined without one. */
  readonly type: string | undefined;
  readonly value: JsonValue | undefined;
  readonly items: readonly ResponseItem[];
}

/** The items of a response: those at its root, and every one by linkId in the order of the document. */
export interface ResponseTree {
  readonly items: readonly ResponseItem[];
  readonly byLinkId: ReadonlyMap<string, readonly ResponseItem[]>;
}

/** Returns the items of a QuestionnaireResponse. What is no item by its shape is left out. */
export function responseTree(response: JsonObject): ResponseTree {
  const byLinkId = new Map<string, ResponseItem[]>();
  let order = 0;
  const itemsOf = (
    owner: JsonObject,
    place: string,
    ancestors: readonly ResponseItem[],
  ): readonly ResponseItem[] =>
    objectsOf(owner['item']).map(([json, index]) => {
      const items: ResponseItem[] = [];
      const answers: ResponseAnswer[] = [];
      const item: ResponseItem = {
        linkId: linkIdOf(json),
        json,
        expression: `${place}.item[${index}]`,
        order: (order += 1),
        ancestors,
        items,
        answers,
      };
      const known = byLinkId.get(item.linkId);
      if (known === undefined) byLinkId.set(item.linkId, [item]);
      else known.push(item);
      const around = [...ancestors, item];
      for (const [answer, at] of objectsOf(json['answer'])) {
        const expression = `${item.expression}.answer[${at}]`;
        answers.push({
          json: answer,
          expression,
          ...valueOf(answer),
          items: itemsOf(answer, expression, around),
        });
      }
      items.push(...itemsOf(json, item.expression, around));
      return item;
    });
  return { items: itemsOf(response, 'QuestionnaireResponse', []), byLinkId };
}

/** Returns the linkId of an item of a response or Questionnaire; empty without one. */
export function linkIdOf({ linkId }: JsonObject): string {
  return typeof linkId === 'string' ? linkId : '';
}

/** Returns the objects of an array with their indexes. */
export function objectsOf(
  value: JsonValue | undefined,
): readonly (readonly [JsonObject, number])[] {
  return Array.isArray(value)
    ? (value as readonly JsonValue[]).flatMap((one, index) =>
        isJsonObject(one) ? [[one, index] as const] : [],
      )
    : [];
}

/**
 * Returns the value of a choice element (`valueCoding`) with its type; a primitive that has extensions
 * alone has a type and no value.
 */
export function valueOf(
  owner: JsonObject,
  element: 'value' | 'answer' = 'value',
): Pick<ResponseAnswer, 'type' | 'value'> {
  const name = Object.keys(owner).find((key) => /^_?(?:value|answer)[A-Z]/u.test(key));
  if (name === undefined) return { type: undefined, value: undefined };
  const bare = name.replace('_', '');
  return { type: bare.slice(element.length), value: owner[bare] };
}
