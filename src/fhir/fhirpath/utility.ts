import { compareItems } from './comparison.ts';
import { formatDateTime, parseDateTime } from './date-time.ts';
import { expressionError } from './expression-error.ts';
import {
  argument,
  lambda,
  rule,
  singleOf,
  someItem,
  type Call,
  type Expression,
  type Frame,
  type FunctionTable,
} from './expression.ts';
import { none, systemItem, type Item, type Items } from './item.ts';
import { systemTypes } from './type.ts';

/** @see http://hl7.org/fhirpath/N1/#utility-functions */
export const utilityFunctions: FunctionTable = {
  trace: rule(1, 2, trace),
  now: rule(0, 0, () => clock('DateTime', (text) => text)),
  today: rule(0, 0, () => clock('Date', (text) => text.slice(0, 10))),
  timeOfDay: rule(0, 0, () => clock('Time', (text) => text.slice(11, 23))),
  aggregate: rule(1, 2, aggregate),
  sort: rule(0, 8, sort),
};

/** Passes its input on; nothing is logged, since it would be a patient's data. */
function trace(call: Call): Expression {
  argument(call, 0);
  if (call.args.length > 1) lambda(call, 1);
  return call.input;
}

function clock(type: 'DateTime' | 'Date' | 'Time', part: (text: string) => string): Expression {
  return {
    types: [systemTypes[type]],
    isMany: false,
    items: ({ focus }) => {
      if (focus.now === undefined) throw expressionError('There is no clock here');
      const offset = focus.offsetMinutes ?? 0;
      const local = new Date(focus.now + offset * 60_000).toISOString().slice(0, -1);
      const parsed = parseDateTime(local);
      const text = parsed === undefined ? local : formatDateTime({ ...parsed, offset });
      return [systemItem(systemTypes[type], part(text))];
    },
  };
}

function aggregate(call: Call): Expression {
  const initial = call.args.length > 1 ? argument(call, 1) : undefined;
  const aggregator = lambda(call, 0);
  return {
    types: undefined,
    isMany: true,
    items: (frame) => {
      const { total } = frame;
      const items = call.input.items(frame);
      frame.total = initial?.items(frame) ?? none;
      someItem(frame, items, () => {
        frame.total = aggregator.items(frame);
        return false;
      });
      const result = frame.total;
      frame.total = total;
      return result;
    },
  };
}

interface SortKey {
  readonly expression: Expression;
  readonly direction: 1 | -1;
}

function sort(call: Call): Expression {
  const keys = call.args.map((syntax, index): SortKey => {
    if (syntax.kind !== 'unary' || syntax.operator === '+') {
      return { expression: lambda(call, index), direction: 1 };
    }
    const args = [syntax.operand];
    return { expression: lambda({ ...call, args }, 0), direction: -1 };
  });
  return {
    types: call.input.types,
    isMany: call.input.isMany,
    items: (frame) => sorted(frame, call.input.items(frame), keys),
  };
}

function sorted(frame: Frame, items: Items, keys: readonly SortKey[]): Items {
  const rows: { item: Item; values: readonly (Item | undefined)[] }[] = [];
  someItem(frame, items, () => {
    const item = frame.self;
    if (item === undefined) return false;
    const values = keys.map(({ expression }) => singleOf(expression.items(frame)));
    rows.push({ item, values: keys.length === 0 ? [item] : values });
    return false;
  });
  rows.sort((a, b) => {
    for (const [index, value] of a.values.entries()) {
      const order = orderOf(value, b.values[index], frame, keys[index]?.direction ?? 1);
      if (order !== 0) return order;
    }
    return 0;
  });
  return rows.map(({ item }) => item);
}

/** What is empty comes first, in either direction. */
function orderOf(
  left: Item | undefined,
  right: Item | undefined,
  frame: Frame,
  direction: 1 | -1,
): number {
  if (left?.value === undefined) return right?.value === undefined ? 0 : -1;
  if (right?.value === undefined) return 1;
  return (compareItems(left, right, frame) ?? 0) * direction;
}
