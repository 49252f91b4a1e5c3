import type { RangeTest } from './plan.ts';

/** Half-open range [low, high); an end that is open is ±Infinity. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * Returns whether the range of a value in a resource satisfies the test: this is what every store
 * computes for dates, numbers and quantities.
 *
 * @see https://hl7.org/fhir/R4/search.html#prefix
 */
export function rangeHolds(test: RangeTest, target: Range): boolean {
  return comparisons[test.prefix](test, target);
}

const contains = (test: Range, target: Range) => test.low <= target.low && target.high <= test.high;

const comparisons: Readonly<Record<RangeTest['prefix'], (test: Range, target: Range) => boolean>> =
  {
    eq: contains,
    ne: (test, target) => !contains(test, target),
    gt: (test, target) => target.high > test.high,
    lt: (test, target) => target.low < test.low,
    ge: (test, target) => contains(test, target) || target.high > test.high,
    le: (test, target) => contains(test, target) || target.low < test.low,
    sa: (test, target) => target.low >= test.high,
    eb: (test, target) => target.high <= test.low,
    ap: (test, target) => target.low < test.high && target.high > test.low,
  };

/** Returns the prefix of a value and what follows it; `eq` when it has none. */
export function splitPrefix(value: string): readonly [prefix: RangeTest['prefix'], rest: string] {
  const prefix = value.slice(0, 2);
  return isPrefix(prefix) ? [prefix, value.slice(2)] : ['eq', value];
}

function isPrefix(text: string): text is RangeTest['prefix'] {
  return Object.hasOwn(comparisons, text);
}
