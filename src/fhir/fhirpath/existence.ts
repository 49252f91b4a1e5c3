import { containsItem, distinctItems } from './equality.ts';
import { expressionError } from './expression-error.ts';
import {
  argument,
  booleanExpression,
  existsOf,
  lambda,
  rule,
  someItem,
  truthOf,
  truthOfItems,
  type Call,
  type Expression,
  type Frame,
  type FunctionTable,
} from './expression.ts';
import { whereExpression } from './filtering.ts';
import { integerItems, type Items } from './item.ts';
import { systemTypes } from './type.ts';

/** @see http://hl7.org/fhirpath/N1/#existence */
export const existenceFunctions: FunctionTable = {
  empty: rule(0, 0, ({ input }) => {
    const exists = existsOf(input);
    return booleanExpression((frame) => !exists(frame));
  }),
  exists: rule(0, 1, (call) =>
    booleanExpression(existsOf(call.args.length === 0 ? call.input : whereExpression(call))),
  ),
  all: rule(1, 1, all),
  allTrue: rule(0, 0, ({ input }) => quantified(input, (values) => !values.includes(false))),
  anyTrue: rule(0, 0, ({ input }) => quantified(input, (values) => values.includes(true))),
  allFalse: rule(0, 0, ({ input }) => quantified(input, (values) => !values.includes(true))),
  anyFalse: rule(0, 0, ({ input }) => quantified(input, (values) => values.includes(false))),
  subsetOf: rule(1, 1, (call) => {
    const other = argument(call, 0);
    return booleanExpression((frame) =>
      isSubset(call.input.items(frame), other.items(frame), frame),
    );
  }),
  supersetOf: rule(1, 1, (call) => {
    const other = argument(call, 0);
    return booleanExpression((frame) =>
      isSubset(other.items(frame), call.input.items(frame), frame),
    );
  }),
  count: rule(0, 0, ({ input }) => ({
    types: [systemTypes.Integer],
    isMany: false,
    items: (frame) => integerItems(input.items(frame).length),
  })),
  distinct: rule(0, 0, ({ input }) => ({
    types: input.types,
    isMany: input.isMany,
    items: (frame) => distinctItems(input.items(frame), frame),
  })),
  isDistinct: rule(0, 0, ({ input }) =>
    booleanExpression((frame) => {
      const items = input.items(frame);
      return distinctItems(items, frame).length === items.length;
    }),
  ),
  not: rule(0, 0, ({ input }) => {
    const truth = truthOf(input);
    return booleanExpression((frame) => {
      const value = truth(frame);
      return value === undefined ? undefined : !value;
    });
  }),
};

function all(call: Call): Expression {
  const holds = truthOf(lambda(call, 0));
  const fails = (frame: Frame) => holds(frame) !== true;
  const { items } = call.input;
  return booleanExpression((frame) => !someItem(frame, items(frame), fails));
}

function quantified(
  input: Expression,
  decide: (values: readonly (boolean | undefined)[]) => boolean,
): Expression {
  return booleanExpression((frame) =>
    decide(
      input.items(frame).map((item) => {
        if (typeof item.value === 'boolean') return item.value;
        if (item.value === undefined) return truthOfItems([item]);
        throw expressionError(`Expected booleans, found ${item.type.name}`);
      }),
    ),
  );
}

function isSubset(inner: Items, outer: Items, frame: Frame): boolean {
  return inner.every((item) => containsItem(outer, item, frame));
}
