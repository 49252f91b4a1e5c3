import { isJsonObject } from '../json/json-value.ts';
import { hashOf, containsItem } from './equality.ts';
import {
  lambda,
  rule,
  someItem,
  spend,
  truthOf,
  type Call,
  type Expression,
  type Frame,
  type FunctionTable,
  type Leaf,
} from './expression.ts';
import type { Item, Items } from './item.ts';
import { ofTypeExpression, typeArgument } from './type-operator.ts';
import type { Type } from './type.ts';

/** @see http://hl7.org/fhirpath/N1/#filtering-and-projection */
export const filteringFunctions: FunctionTable = {
  where: rule(1, 1, whereExpression),
  select: rule(1, 1, select),
  repeat: rule(1, 1, repeat),
  ofType: rule(1, 1, ({ input, args, scope, at }) =>
    ofTypeExpression(input, typeArgument(args[0], at), scope, at),
  ),
};

/** Returns the items of the input for which the argument is true. */
export function whereExpression(call: Call): Expression {
  const holds = truthOf(lambda(call, 0));
  const { types, isMany, items, probe } = call.input;
  const isPlain = !JSON.stringify(call.args).includes('"kind":"index"');
  const only = isPlain && types?.length === 1 ? types[0] : undefined;
  return {
    types,
    isMany,
    items: (frame) => {
      const found: Item[] = [];
      someItem(frame, items(frame), () => {
        if (holds(frame) === true && frame.self !== undefined) found.push(frame.self);
        return false;
      });
      return found;
    },
    // A primitive's place is needed for its digits, an open type for its content, and `$index`
    // counts the items.
    ...(probe !== undefined && only !== undefined && !only.isPrimitive && !only.isOpen
      ? { probe: <T>(leaf: Leaf<T>) => probe(filteredLeaf(only, holds, leaf)) }
      : {}),
  };
}

function filteredLeaf<T>(
  type: Type,
  holds: (frame: Frame) => boolean | undefined,
  leaf: Leaf<T>,
): Leaf<T> {
  return (value, sibling, frame) => {
    if (!isJsonObject(value)) return undefined;
    const { self } = frame;
    frame.self = { type, value, sibling, parent: undefined, name: undefined, text: undefined };
    const isIn = holds(frame) === true;
    frame.self = self;
    return isIn ? leaf(value, sibling, frame) : undefined;
  };
}

function select(call: Call): Expression {
  const projection = lambda(call, 0);
  const { input } = call;
  return {
    types: projection.types,
    isMany: input.isMany || projection.isMany,
    items: (frame) => {
      const found: Item[] = [];
      someItem(frame, input.items(frame), () => {
        for (const item of projection.items(frame)) found.push(item);
        return false;
      });
      spend(frame, found.length);
      return found;
    },
  };
}

function repeat(call: Call): Expression {
  // What is found is searched again, so its static type is that of no single step.
  const unknown = { ...call, input: { ...call.input, types: undefined } };
  const projection = lambda(unknown, 0);
  return {
    types: undefined,
    isMany: true,
    items: (frame) => repeated(frame, call.input.items(frame), projection),
  };
}

function repeated(frame: Frame, start: Items, projection: Expression): Items {
  const found: Item[] = [];
  const seen = new Map<string, Item[]>();
  let queue: Items = start;
  while (queue.length > 0) {
    const next: Item[] = [];
    someItem(frame, queue, () => {
      for (const item of projection.items(frame)) {
        if (addNew(seen, item, frame)) next.push(item);
      }
      return false;
    });
    spend(frame, next.length);
    found.push(...next);
    queue = next;
  }
  return found;
}

function addNew(seen: Map<string, Item[]>, item: Item, frame: Frame): boolean {
  const hash = hashOf(item);
  const bucket = seen.get(hash);
  if (bucket === undefined) {
    seen.set(hash, [item]);
    return true;
  }
  // Elements of a resource that merely look alike are two; literals are one.
  const isNew =
    item.parent === undefined
      ? !containsItem(bucket, item, frame)
      : !bucket.some((other) => other.parent === item.parent && other.name === item.name);
  if (isNew) bucket.push(item);
  return isNew;
}
