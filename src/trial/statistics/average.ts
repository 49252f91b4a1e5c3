/** Returns the middle of numbers, of an even count the mean of the two in the middle; undefined of none. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}

/** Returns the geometric mean of positive numbers, the same in whatever order; undefined of none. */
export function geometricMean(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [first] = sorted;
  if (first === undefined) return undefined;
  // One value is its own mean, to the last digit.
  if (first === sorted.at(-1)) return first;
  const logarithms = sorted.reduce((sum, value) => sum + Math.log(value), 0);
  return Math.exp(logarithms / sorted.length);
}
