import { containsItem, distinctItems } from './equality.ts';
import {
  argument,
  booleanExpression,
  rule,
  singleOf,
  spend,
  type Expression,
  type FunctionTable,
} from './expression.ts';

/** @see http://hl7.org/fhirpath/N1/#combining */
export const combiningFunctions: FunctionTable = {
  union: rule(1, 1, (call) => unionExpression(call.input, argument(call, 0))),
  combine: rule(1, 1, (call) => {
    const other = argument(call, 0);
    return {
      types: joined(call.input, other),
      isMany: true,
      items: (frame) => {
        const items = [...call.input.items(frame), ...other.items(frame)];
        spend(frame, items.length);
        return items;
      },
    };
  }),
};

/**
 * Returns the items of both sides without duplicates.
 *
 * @see http://hl7.org/fhirpath/N1/#union-collections
 */
export function unionExpression(left: Expression, right: Expression): Expression {
  return {
    types: joined(left, right),
    isMany: true,
    items: (frame) => {
      const first = left.items(frame);
      const second = right.items(frame);
      if (first.length === 0 && second.length < 2) return second;
      if (second.length === 0 && first.length < 2) return first;
      spend(frame, first.length + second.length);
      return distinctItems([...first, ...second], frame);
    },
  };
}

function joined(left: Expression, right: Expression): Expression['types'] {
  if (left.types === undefined || right.types === undefined) return undefined;
  return [...new Set([...left.types, ...right.types])];
}

/**
 * Returns `item in collection`; empty without an item.
 *
 * @see http://hl7.org/fhirpath/N1/#in-membership
 */
export function membershipExpression(item: Expression, collection: Expression): Expression {
  return booleanExpression((frame) => {
    const wanted = singleOf(item.items(frame));
    return wanted === undefined ? undefined : containsItem(collection.items(frame), wanted, frame);
  });
}
