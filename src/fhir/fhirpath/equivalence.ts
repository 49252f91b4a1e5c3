import { isJsonObject, type JsonValue } from '../json/json-value.ts';
import { toBase, type UnitScale } from '../ucum.ts';
import { compareDateTimes } from './date-time.ts';
import { decimalDigits, roundHalfUp, significantDigits, textOf } from './decimal.ts';
import { isTemporal, temporalOf } from './equality.ts';
import type { Frame } from './expression.ts';
import { kindOf, type Item, type Items } from './item.ts';
import { definiteScale, isSameUnit, quantityOf, type Quantity } from './quantity.ts';

/**
 * Returns whether two collections are equivalent: order, case, whitespace and digits beyond the less
 * precise operand do not matter.
 *
 * @see http://hl7.org/fhirpath/N1/#equivalent
 */
export function equivalentItems(left: Items, right: Items, frame: Frame): boolean {
  if (left.length !== right.length) return false;
  const rest = [...right];
  return left.every((item) => {
    const index = rest.findIndex((other) => equivalentItem(item, other, frame));
    if (index >= 0) rest.splice(index, 1);
    return index >= 0;
  });
}

function equivalentItem(left: Item, right: Item, frame: Frame): boolean {
  const a = kindOf(left);
  const b = kindOf(right);
  if (typeof left.value === 'number' && typeof right.value === 'number') {
    return equivalentNumber(left, right, frame);
  }
  if (a !== undefined && b !== undefined) {
    if (a === 'Quantity' || b === 'Quantity') return equivalentQuantity(left, right);
    if (isTemporal(a) && isTemporal(b)) return equivalentTemporal(left, right, frame);
    if (a !== b) return false;
  }
  return equivalentJson(left.value ?? null, right.value ?? null);
}

/** The values, in one unit, are rounded to the precision of the less precise. */
function equivalentQuantity(left: Item, right: Item): boolean {
  const a = quantityOf(left);
  const b = quantityOf(right);
  if (a === undefined || b === undefined)
    return equivalentJson(left.value ?? null, right.value ?? null);
  const scale = isSameUnit(a, b) ? itself : definiteScale(a);
  const other = isSameUnit(a, b) ? itself : definiteScale(b);
  if (scale === undefined || scale.base !== other?.base) return false;
  const step = Math.max(stepOf(left, a, scale), stepOf(right, b, other));
  return Math.round(toBase(scale, a.value) / step) === Math.round(toBase(other, b.value) / step);
}

const itself: UnitScale = { base: '', factor: 1, offset: 0 };

/** One of the last digit, in the base unit. */
function stepOf({ text }: Item, { value }: Quantity, { factor }: UnitScale): number {
  return factor * 10 ** -decimalDigits(text ?? String(value));
}

function equivalentTemporal(left: Item, right: Item, frame: Frame): boolean {
  const a = temporalOf(left);
  const b = temporalOf(right);
  if (a === undefined || b === undefined) return left.value === right.value;
  return compareDateTimes(a, b, frame.focus.offsetMinutes) === 0;
}

function equivalentNumber(left: Item, right: Item, frame: Frame): boolean {
  if (left.value === right.value) return true;
  const a = textOf(left, frame.focus.numberTexts);
  const b = textOf(right, frame.focus.numberTexts);
  const digits = Math.min(significantDigits(a), significantDigits(b));
  return Number(roundHalfUp(a, digits)) === Number(roundHalfUp(b, digits));
}

function equivalentJson(left: JsonValue, right: JsonValue): boolean {
  if (typeof left === 'string' && typeof right === 'string') return folded(left) === folded(right);
  if (Array.isArray(left) && Array.isArray(right)) {
    const rest: JsonValue[] = [...(right as readonly JsonValue[])];
    return (
      left.length === right.length &&
      left.every((value: JsonValue) => {
        const index = rest.findIndex((other) => equivalentJson(value, other));
        if (index >= 0) rest.splice(index, 1);
        return index >= 0;
      })
    );
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return left === right;
  const names = Object.keys(left).filter((name) => name !== 'id');
  const others = Object.keys(right).filter((name) => name !== 'id');
  return (
    names.length === others.length &&
    names.every((name) => equivalentJson(left[name] ?? null, right[name] ?? null))
  );
}

function folded(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}
