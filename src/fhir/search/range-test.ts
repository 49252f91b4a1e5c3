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
  const isContained = test.low <= target.low && target.high <= test.high;
  switch (test.prefix) {
    case 'eq':
      return isContained;
    case 'ne':
      return !isContained;
    case 'gt':
      return target.high > test.high;
    case 'lt':
      return target.low < test.low;
    case 'ge':
      return isContained || target.high > test.high;
    case 'le':
      return isContained || target.low < test.low;
    case 'sa':
      return target.low >= test.high;
    case 'eb':
      return target.high <= test.low;
    case 'ap':
      return target.low < test.high && target.high > test.low;
  }
}

/** The prefixes of ordered parameters. */
export const prefixes: ReadonlySet<string> = new Set([
  'eq',
  'ne',
  'gt',
  'lt',
  'ge',
  'le',
  'sa',
  'eb',
  'ap',
]);

/** Returns the prefix of a value and what follows it; `eq` when it has none. */
export function splitPrefix(value: string): readonly [prefix: RangeTest['prefix'], rest: string] {
  const prefix = value.slice(0, 2);
  return prefixes.has(prefix) ? [prefix as RangeTest['prefix'], value.slice(2)] : ['eq', value];
}
