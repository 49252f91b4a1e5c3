/** Two measures of one thing. */
export type Pair = readonly [x: number, y: number];

/** Returns Spearman's ρ, tied values sharing their middle rank; undefined when a measure never changes. */
export function spearman(pairs: readonly Pair[]): number | undefined {
  const xs = midRanks(pairs.map(([x]) => x));
  const ys = midRanks(pairs.map(([, y]) => y));
  const mean = (pairs.length + 1) / 2;
  let [sxy, sxx, syy] = [0, 0, 0];
  // Ranks are halves: these sums are exact, so the order of the pairs cannot matter.
  for (const [index, x] of xs.entries()) {
    const [dx, dy] = [x - mean, (ys[index] ?? mean) - mean];
    sxy += dx * dy;
    sxx += dx * dx;
    syy += dy * dy;
  }
  return sxx === 0 || syy === 0 ? undefined : sxy / Math.sqrt(sxx * syy);
}

function midRanks(values: readonly number[]): readonly number[] {
  const sorted = values.toSorted((a, b) => a - b);
  const ranks = new Map<number, number>();
  for (let first = 0; first < sorted.length;) {
    const value = sorted[first] ?? 0;
    let next = first + 1;
    while (next < sorted.length && sorted[next] === value) next++;
    ranks.set(value, (first + 1 + next) / 2);
    first = next;
  }
  return values.map((value) => ranks.get(value) ?? 0);
}
