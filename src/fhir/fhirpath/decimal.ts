import { Big } from 'big.js';
import type { NumberTexts } from '../json/json-document.ts';
import type { Item } from './item.ts';

/** Digits after the point that a division keeps; the specification asks for 8. */
const quotientDigits = 16;

// A constructor of its own, so that its settings are nobody else's.
const Decimal = Big();
Decimal.DP = quotientDigits;
Decimal.RM = Decimal.roundHalfUp;
Decimal.NE = -40;
Decimal.PE = 40;

/** Returns the digits of a number as they were written, or as JavaScript prints it. */
export function textOf(item: Item, numberTexts: NumberTexts | undefined): string {
  if (item.text !== undefined) return item.text;
  const { parent, name, value } = item;
  const written =
    parent === undefined || name === undefined ? undefined : numberTexts?.get(parent)?.get(name);
  return written ?? plain(String(Number(value)));
}

function plain(text: string): string {
  return text.includes('e') ? new Decimal(text).toFixed() : text;
}

/** Returns how many digits stand after the point. */
export function decimalDigits(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

/** Returns how many digits stand after the point, zeros at the end left out. */
export function significantDigits(text: string): number {
  return text.includes('.') ? decimalDigits(text.replace(/\.?0*$/, '')) : 0;
}

/** Returns the number rounded to so many digits after the point, a half away from zero. */
export function roundHalfUp(text: string, digits: number): string {
  return new Decimal(text).toFixed(digits);
}

/** Returns the number cut to so many digits, towards `direction`: down (-1) or up (1). */
export function roundTowards(text: string, digits: number, direction: -1 | 1): string {
  const number = new Decimal(text);
  const cut = number.round(digits, Decimal.roundDown);
  const step = new Decimal(10).pow(-digits);
  if (direction < 0 && number.lt(cut)) return cut.minus(step).toFixed(digits);
  if (direction > 0 && number.gt(cut)) return cut.plus(step).toFixed(digits);
  return cut.toFixed(digits);
}

/** Returns the sum, difference or product, exactly. */
export function calculate(operator: '+' | '-' | '*', left: string, right: string): string {
  const a = new Decimal(left);
  const b = new Decimal(right);
  if (operator === '+') return a.plus(b).toFixed();
  return operator === '-' ? a.minus(b).toFixed() : a.times(b).toFixed();
}

/** Returns the quotient to 16 digits, its whole part, or the rest; undefined for a division by zero. */
export function divide(
  operator: '/' | 'div' | 'mod',
  left: string,
  right: string,
): string | undefined {
  const a = new Decimal(left);
  const b = new Decimal(right);
  if (b.eq(0)) return undefined;
  if (operator === '/') return a.div(b).toFixed();
  if (operator === 'mod') return a.mod(b).toFixed();
  return a.minus(a.mod(b)).div(b).toFixed(0);
}
