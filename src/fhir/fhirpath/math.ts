import { textOf, roundHalfUp } from './decimal.ts';
import { expressionError } from './expression-error.ts';
import {
  argument,
  ofSingle,
  rule,
  singleOf,
  type Call,
  type Expression,
  type Frame,
  type FunctionTable,
} from './expression.ts';
import {
  decimalItems,
  inIntegerRange,
  integerItems,
  kindOf,
  none,
  type Item,
  type Items,
} from './item.ts';
import { quantityItems, quantityOf } from './quantity.ts';
import { systemTypes } from './type.ts';

/** Decimals keep this many digits after the point when they come out of a function. */
const digitsMax = 12;

/** @see http://hl7.org/fhirpath/N1/#math */
export const mathFunctions: FunctionTable = {
  abs: rule(0, 0, (call) => ofSingle(call, [systemTypes.Decimal], absolute)),
  ceiling: rule(0, 0, (call) => toInteger(call, Math.ceil)),
  floor: rule(0, 0, (call) => toInteger(call, Math.floor)),
  truncate: rule(0, 0, (call) => toInteger(call, Math.trunc)),
  exp: rule(0, 0, (call) => real(call, Math.exp)),
  ln: rule(0, 0, (call) => real(call, Math.log)),
  sqrt: rule(0, 0, (call) => real(call, Math.sqrt)),
  log: rule(1, 1, (call) => ofTwo(call, (value, base) => Math.log(value) / Math.log(base))),
  power: rule(1, 1, (call) => ofTwo(call, (value, exponent) => value ** exponent)),
  round: rule(0, 1, round),
};

function numberOf(item: Item | undefined, name: string): number | undefined {
  if (item?.value === undefined) return undefined;
  if (typeof item.value === 'number') return item.value;
  throw expressionError(`${name}() needs a number, found ${item.type.name}`);
}

function absolute(item: Item, frame: Frame): Items {
  const quantity = quantityOf(item);
  if (quantity === undefined) throw expressionError('abs() needs a number');
  if (typeof item.value !== 'number') {
    return quantityItems({ ...quantity, value: Math.abs(quantity.value) });
  }
  if (kindOf(item) === 'Integer') return integerItems(inIntegerRange(Math.abs(item.value)));
  return decimalItems(textOf(item, frame.focus.numberTexts).replace(/^-/, ''));
}

function toInteger(call: Call, apply: (value: number) => number): Expression {
  return ofSingle(call, [systemTypes.Integer], (item) => {
    const value = numberOf(item, call.name);
    return integerItems(value === undefined ? undefined : inIntegerRange(apply(value) + 0));
  });
}

function real(call: Call, apply: (value: number) => number): Expression {
  return ofSingle(call, [systemTypes.Decimal], (item) => {
    const value = numberOf(item, call.name);
    return value === undefined ? none : realItems(apply(value));
  });
}

function realItems(value: number): Items {
  if (!Number.isFinite(value)) return none;
  return decimalItems(String(Number(roundHalfUp(String(value), digitsMax))));
}

function ofTwo(call: Call, apply: (value: number, other: number) => number): Expression {
  const other = argument(call, 0);
  return ofSingle(call, [systemTypes.Decimal], (item, frame) => {
    const a = numberOf(item, call.name);
    const given = singleOf(other.items(frame));
    const b = numberOf(given, call.name);
    if (a === undefined || b === undefined || given === undefined) return none;
    const value = apply(a, b);
    const areIntegers = kindOf(item) === 'Integer' && kindOf(given) === 'Integer';
    if (areIntegers && call.name === 'power' && Number.isSafeInteger(value)) {
      return integerItems(inIntegerRange(value));
    }
    return realItems(value);
  });
}

function round(call: Call): Expression {
  const precision = call.args.length > 0 ? argument(call, 0) : undefined;
  return ofSingle(call, [systemTypes.Decimal], (item, frame) => {
    if (numberOf(item, 'round') === undefined) return none;
    const digits =
      precision === undefined ? 0 : numberOf(singleOf(precision.items(frame)), 'round');
    if (digits === undefined) return none;
    if (!Number.isInteger(digits) || digits < 0 || digits > 100) {
      throw expressionError('round() needs a number of digits from 0 to 100');
    }
    return decimalItems(roundHalfUp(textOf(item, frame.focus.numberTexts), digits));
  });
}
