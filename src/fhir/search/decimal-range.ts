import type { Range } from './range-test.ts';

/** A decimal as it was written: its value and the implicit range of its precision. */
export interface DecimalRange extends Range {
  readonly value: number;
}

/**
 * Returns the value and the implicit range of a decimal: half a unit of its last digit on either side,
 * so `100` is [99.5, 100.5) and `5.40e-3` is [0.005395, 0.005405). As in the specification's example,
 * `1e2` is [95, 105): an exponent adds one significant digit to a whole number. Undefined when the text
 * is no decimal or longer than 64 characters.
 *
 * @see https://hl7.org/fhir/R4/search.html#number
 */
export function decimalRange(text: string): DecimalRange | undefined {
  const match = text.length > decimalLengthMax ? null : decimal.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', power = '0'] = match;
  const exponent = Number(power) - fraction.length;
  const isWholeWithPower = fraction === '' && Number(power) > 0;
  const digits = BigInt(sign + whole + fraction) * (isWholeWithPower ? 100n : 10n);
  const last = exponent - (isWholeWithPower ? 2 : 1);
  return {
    value: Number(text),
    low: Number(`${String(digits - 5n)}e${last}`),
    high: Number(`${String(digits + 5n)}e${last}`),
  };
}

const decimalLengthMax = 64;
const decimal = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/u;

/** Returns the smallest half-open range that holds the number. */
export function pointRange(value: number): Range {
  return { low: value, high: value + (Math.abs(value) * Number.EPSILON || Number.MIN_VALUE) };
}
