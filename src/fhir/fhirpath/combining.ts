import { containsItem, distinctItems } from './equality.ts';
import {
  argument,
  booleanExpression,
  constantExpression,
  rule,
  singleOf,
  spend,
  type Expression,
  type FunctionTable,
} from './expression.ts';
import { kindOf, systemItem, type Items } from './item.ts';
import { systemTypes, type Type } from './type.ts';

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
  const constant = constantUnion(left, right);
  if (constant !== undefined) return constantExpression(constant, joined(left, right));
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

/** Strings that are written in the expression are joined once. */
function constantUnion(left: Expression, right: Expression): Items | undefined {
  if (left.constant === undefined || right.constant === undefined) return undefined;
  const items = [...left.constant, ...right.constant];
  if (!items.every(({ type }) => type === systemTypes.String)) return undefined;
  return [...new Map(items.map((item) => [item.value, item])).values()];
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
  const { probe, isMany } = item;
  const texts = isMany ? undefined : constantTexts(item, collection);
  if (probe !== undefined && texts !== undefined) {
    return booleanExpression(
      probe((value) => (typeof value === 'string' ? texts.has(value) : undefined)),
    );
  }
  return booleanExpression((frame) => {
    const wanted = singleOf(item.items(frame));
    return wanted === undefined ? undefined : containsItem(collection.items(frame), wanted, frame);
  });
}

/** The strings of a collection of literals, when the item can be nothing but a string. */
function constantTexts(item: Expression, collection: Expression): ReadonlySet<string> | undefined {
  const isText = (type: Type) => type.isPrimitive && kindOf(systemItem(type, '')) === 'String';
  if (item.types === undefined || !item.types.every(isText)) return undefined;
  const values = collection.constant?.map(({ type, value }) =>
    type === systemTypes.String && typeof value === 'string' ? value : undefined,
  );
  const texts = values?.filter((value) => value !== undefined);
  return texts === undefined || texts.length !== values?.length ? undefined : new Set(texts);
}
