import { containsItem, distinctItems } from './equality.ts';
import {
  argument,
  integerOf,
  rule,
  singleOf,
  type Call,
  type Expression,
  type Frame,
  type FunctionTable,
} from './expression.ts';
import { none, type Items } from './item.ts';

/** @see http://hl7.org/fhirpath/N1/#subsetting */
export const subsettingFunctions: FunctionTable = {
  single: rule(0, 0, (call) =>
    subset(call, false, (items) => {
      const item = singleOf(items);
      return item === undefined ? none : [item];
    }),
  ),
  first: rule(0, 0, (call) => subset(call, false, (items) => items.slice(0, 1))),
  last: rule(0, 0, (call) => subset(call, false, (items) => items.slice(-1))),
  tail: rule(0, 0, (call) => subset(call, true, (items) => items.slice(1))),
  skip: rule(1, 1, (call) => numbered(call, (items, count) => items.slice(Math.max(0, count)))),
  take: rule(1, 1, (call) => numbered(call, (items, count) => items.slice(0, Math.max(0, count)))),
  intersect: rule(1, 1, (call) => {
    const other = argument(call, 0);
    return subset(call, true, (items, frame) => {
      const allowed = other.items(frame);
      const shared = items.filter((item) => containsItem(allowed, item, frame));
      return distinctItems(shared, frame);
    });
  }),
  exclude: rule(1, 1, (call) => {
    const other = argument(call, 0);
    return subset(call, true, (items, frame) => {
      const excluded = other.items(frame);
      return items.filter((item) => !containsItem(excluded, item, frame));
    });
  }),
};

function subset(
  { input }: Call,
  isMany: boolean,
  choose: (items: Items, frame: Frame) => Items,
): Expression {
  return {
    types: input.types,
    isMany: isMany && input.isMany,
    items: (frame) => choose(input.items(frame), frame),
  };
}

function numbered(call: Call, choose: (items: Items, count: number) => Items): Expression {
  const count = argument(call, 0);
  return subset(call, true, (items, frame) => {
    const number = integerOf(count, frame);
    return number === undefined ? none : choose(items, number);
  });
}

/**
 * Returns the item at a position that counts from zero.
 *
 * @see http://hl7.org/fhirpath/N1/#index-integer-collection
 */
export function indexerExpression(input: Expression, position: Expression): Expression {
  return {
    types: input.types,
    isMany: false,
    items: (frame) => {
      const index = integerOf(position, frame);
      const item = index === undefined ? undefined : input.items(frame)[index];
      return item === undefined ? none : [item];
    },
  };
}
