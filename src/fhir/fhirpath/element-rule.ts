import { isJsonObject } from '../json/json-value.ts';
import { booleanExpression, type Expression } from './expression.ts';
import { hasValue } from './item.ts';

/** The text of ele-1, the invariant of every element. */
const elementRule = 'hasValue() or (children().count() > id.count())';

/**
 * Returns ele-1 as a look at the keys, since it runs on every element of every resource; undefined
 * for any other expression.
 *
 * @see https://hl7.org/fhir/R4/element.html#Element
 */
export function elementRuleExpression(text: string): Expression | undefined {
  if (text !== elementRule) return undefined;
  return booleanExpression(({ self }) => {
    if (self === undefined) return undefined;
    const { value, sibling } = self;
    if (!isJsonObject(value)) return hasValue(self) || (sibling !== undefined && hasChild(sibling));
    return hasChild(value);
  });
}

function hasChild(object: object): boolean {
  for (const key in object) {
    if (key !== 'id' && key !== '_id' && key !== 'resourceType') return true;
  }
  return false;
}
