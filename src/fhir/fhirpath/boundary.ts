import {
  daysInMonth,
  formatDateTime,
  offsetEarliest,
  offsetLatest,
  type DateTime,
} from './date-time.ts';
import { calculate, decimalDigits, roundTowards, textOf } from './decimal.ts';
import { isTemporal, temporalOf } from './equality.ts';
import {
  argument,
  integerOf,
  ofSingle,
  rule,
  singleOf,
  booleanExpression,
  type Call,
  type Expression,
  type Frame,
  type FunctionTable,
} from './expression.ts';
import {
  decimalItems,
  integerItems,
  kindOf,
  none,
  systemItem,
  type Item,
  type Items,
} from './item.ts';
import { compareQuantities, quantityItems, quantityOf } from './quantity.ts';
import { systemTypes } from './type.ts';

/** The most digits after the point that a boundary can be asked for. */
const digitsMax = 31;
const digitsDefault = 8;
/** How many digits the precision counts for each field written: year, month … seconds, with them milliseconds. */
const digitsOfFields = [4, 6, 8, 10, 12, 17] as const;

/** @see https://hl7.org/fhirpath/#boundary-functions */
export const boundaryFunctions: FunctionTable = {
  lowBoundary: rule(0, 1, (call) => boundary(call, -1)),
  highBoundary: rule(0, 1, (call) => boundary(call, 1)),
  precision: rule(0, 0, (call) => ofSingle(call, [systemTypes.Integer], precision)),
  comparable: rule(1, 1, (call) => {
    const other = argument(call, 0);
    return booleanExpression((frame) => {
      const left = singleOf(call.input.items(frame));
      const right = singleOf(other.items(frame));
      if (left === undefined || right === undefined) return undefined;
      const a = quantityOf(left);
      const b = quantityOf(right);
      return a !== undefined && b !== undefined && compareQuantities(a, b) !== undefined;
    });
  }),
};

function precision(item: Item, frame: Frame): Items {
  if (typeof item.value === 'number') {
    const text = textOf(item, frame.focus.numberTexts);
    return integerItems(decimalDigits(text));
  }
  const kind = kindOf(item);
  if (kind === undefined || !isTemporal(kind)) return none;
  const value = temporalOf(item);
  if (value === undefined) return none;
  const digits = digitsOfFields[value.precision - 1] ?? 0;
  const isWhole = value.precision === 6 && value.fractionDigits === 0;
  return integerItems(digits - (isWhole ? 3 : 0) - (value.isTime ? 8 : 0));
}

function boundary(call: Call, direction: -1 | 1): Expression {
  const asked = call.args.length > 0 ? argument(call, 0) : undefined;
  return ofSingle(call, call.input.types ?? [systemTypes.Any], (item, frame) => {
    const count = asked && integerOf(asked, frame);
    if (asked !== undefined && count === undefined) return none;
    if (typeof item.value === 'number') {
      const text = textOf(item, frame.focus.numberTexts);
      return decimalItems(decimalBoundary(text, count ?? digitsDefault, direction));
    }
    const kind = kindOf(item);
    if (kind === 'Quantity') return quantityBoundary(item, count ?? digitsDefault, direction);
    if (kind === undefined || !isTemporal(kind)) return none;
    const value = temporalOf(item);
    return value === undefined ? none : temporalBoundary(item, value, count, direction);
  });
}

function decimalBoundary(text: string, digits: number, direction: -1 | 1): string | undefined {
  if (!Number.isInteger(digits) || digits < 0 || digits > digitsMax) return undefined;
  const half = `0.${'0'.repeat(decimalDigits(text))}5`;
  return roundTowards(calculate(direction < 0 ? '-' : '+', text, half), digits, direction);
}

function quantityBoundary(item: Item, digits: number, direction: -1 | 1): Items {
  const quantity = quantityOf(item);
  if (quantity === undefined) return none;
  const text = decimalBoundary(item.text ?? String(quantity.value), digits, direction);
  return text === undefined ? none : quantityItems({ ...quantity, value: Number(text) }, text);
}

function temporalBoundary(
  item: Item,
  value: DateTime,
  digits: number | undefined,
  direction: -1 | 1,
): Items {
  const fields = fieldsAsked(item, value, digits);
  if (fields === 0) return none;
  const full = direction < 0 ? value : latest(value);
  const hasZone = !value.isTime && fields > 3;
  const zone = value.offset ?? (direction < 0 ? offsetEarliest : offsetLatest);
  const offset = hasZone ? zone : undefined;
  const edge: DateTime = { ...full, precision: fields, fractionDigits: 3, offset };
  const type = value.isTime ? 'Time' : fields <= 3 ? 'Date' : 'DateTime';
  return [systemItem(systemTypes[type], formatDateTime(edge))];
}

/** How many fields the digits stand for; 0 for a number that stands for none. */
function fieldsAsked(item: Item, { isTime }: DateTime, digits: number | undefined): number {
  const whole = isTime ? 9 : kindOf(item) === 'Date' ? 8 : 17;
  const wanted = (digits ?? whole) + (isTime ? 8 : 0);
  return digitsOfFields.findIndex((one) => one === wanted) + 1;
}

function latest(value: DateTime): DateTime {
  const [year, month, day, hour, minute, milliseconds] = value.fields;
  const { precision: written } = value;
  const lastMonth = written < 2 ? 12 : month;
  const lastMillisecond =
    written < 6 ? 59_999 : value.fractionDigits === 0 ? milliseconds + 999 : milliseconds;
  return {
    ...value,
    fields: [
      year,
      lastMonth,
      written < 3 ? daysInMonth(year, lastMonth) : day,
      written < 4 ? 23 : hour,
      written < 5 ? 59 : minute,
      lastMillisecond,
    ],
  };
}
