/** Natural logarithms of n!, to the largest cohort. */
const logFactorials = [0];
for (let n = 1; n <= 5_000; n++) logFactorials.push((logFactorials[n - 1] ?? 0) + Math.log(n));

function logFactorial(n: number): number {
  return logFactorials[n] ?? NaN;
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/** Pr(X ≥ x) of a binomial. */
function upperTail(x: number, n: number, p: number): number {
  if (p <= 0) return x <= 0 ? 1 : 0;
  if (p >= 1) return 1;
  let sum = 0;
  for (let k = x; k <= n; k++) {
    sum += Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log(1 - p));
  }
  return sum;
}

/** Exact (Clopper–Pearson) 95 % limits, by bisection of the binomial tails. */
export function clopperPearson(x: number, n: number): readonly [number, number] {
  const lower = x === 0 ? 0 : bisect((p) => upperTail(x, n, p) - 0.025);
  const upper = x === n ? 1 : bisect((p) => upperTail(x + 1, n, p) - 0.975);
  return [lower, upper];
}

/** The root of a rising function between 0 and 1. */
function bisect(rising: (p: number) => number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Two-sided Fisher exact p: the tables that are no more likely than the one observed. */
export function fisher(a: number, b: number, c: number, d: number): number {
  const [row, column, total] = [a + b, a + c, a + b + c + d];
  const logP = (x: number) =>
    logChoose(row, x) + logChoose(total - row, column - x) - logChoose(total, column);
  const observed = logP(a);
  let sum = 0;
  for (let x = Math.max(0, column - (total - row)); x <= Math.min(row, column); x++) {
    if (logP(x) <= observed + 1e-9) sum += Math.exp(logP(x));
  }
  return Math.min(1, sum);
}

/** φ of a 2 × 2 table; undefined with a zero margin. */
export function phi(a: number, b: number, c: number, d: number): number | undefined {
  const margins = (a + b) * (c + d) * (a + c) * (b + d);
  return margins === 0 ? undefined : (a * d - b * c) / Math.sqrt(margins);
}

/** Spearman's ρ with mid-ranks; undefined where one side does not vary. */
export function spearman(pairs: readonly (readonly [number, number])[]): number | undefined {
  const x = midRanks(pairs.map(([value]) => value));
  const y = midRanks(pairs.map(([, value]) => value));
  const mean = (pairs.length + 1) / 2;
  const moment = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, one, index) => sum + (one - mean) * ((b[index] ?? 0) - mean), 0);
  const spread = Math.sqrt(moment(x, x) * moment(y, y));
  return spread === 0 ? undefined : moment(x, y) / spread;
}

function midRanks(values: readonly number[]): readonly number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

/** A time of observation, in days, and whether the event ended it. */
export interface Survival {
  readonly time: number;
  readonly event: boolean;
}

/** S(t) and its log(−log) 95 % limits, which are absent at 1 and 0. */
export interface SurvivalAt {
  readonly survival: number;
  readonly limits: readonly [number, number] | undefined;
}

/** The Kaplan–Meier estimate at a time. */
export function kaplanMeier(observed: readonly Survival[], day: number): SurvivalAt {
  let survival = 1;
  let variance = 0;
  for (const time of eventTimes(observed).filter((one) => one <= day)) {
    const n = observed.filter((one) => one.time >= time).length;
    const d = observed.filter((one) => one.time === time && one.event).length;
    survival *= 1 - d / n;
    variance += d / (n * (n - d));
  }
  if (survival >= 1 || survival <= 0) return { survival, limits: undefined };
  const half = (1.959963984540054 * Math.sqrt(variance)) / Math.log(survival);
  const limits = [survival ** Math.exp(-half), survival ** Math.exp(half)].toSorted(
    (a, b) => a - b,
  );
  return { survival, limits: [limits[0] ?? 0, limits[1] ?? 1] };
}

/** The smallest time with S(t) ≤ 0.5; undefined when it is not reached. */
export function medianSurvival(observed: readonly Survival[]): number | undefined {
  return eventTimes(observed).find((time) => kaplanMeier(observed, time).survival <= 0.5);
}

function eventTimes(observed: readonly Survival[]): readonly number[] {
  const times = observed.filter(({ event }) => event).map(({ time }) => time);
  return [...new Set(times)].toSorted((a, b) => a - b);
}

/** Pr(p > 0.30) after x of n, from Beta(1,1), by Simpson's rule over the density. */
export function posteriorAbove(p0: number, x: number, n: number): number {
  const steps = 20_000;
  const log = logFactorial(n + 1) - logFactorial(x) - logFactorial(n - x);
  const density = (p: number) =>
    p >= 1
      ? x === n
        ? Math.exp(log)
        : 0
      : Math.exp(log + x * Math.log(p) + (n - x) * Math.log(1 - p));
  const width = (1 - p0) / steps;
  let sum = density(p0) + density(1);
  for (let step = 1; step < steps; step++) sum += density(p0 + step * width) * (step % 2 ? 4 : 2);
  return (sum * width) / 3;
}

/** The geometric mean; undefined of nothing. */
export function geometricMean(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** The median; undefined of nothing. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? sorted[Math.floor(middle)]
    : sorted.length === 0
      ? undefined
      : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
