import { logChoose } from './log-choose.ts';

/** The limits of an interval of confidence. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** Half of what a two-sided 95 % interval leaves out. */
const tailShare = 0.025;

/**
 * Returns the exact 95 % interval of a proportion, `count` of `total`: the proportions of which a
 * count at least (at most) as large as this has a chance of 2.5 %.
 *
 * @see https://doi.org/10.1093/biomet/26.4.404 Clopper and Pearson, 1934
 */
export function exactInterval(count: number, total: number): Interval {
  const share = count / total;
  return {
    lower: count === 0 ? 0 : bisect((p) => tail(count, total, p) < tailShare, 0, share),
    upper:
      count === total ? 1 : bisect((p) => tail(total - count, total, 1 - p) >= tailShare, share, 1),
  };
}

/** Returns where a condition that holds from `low` on stops holding, to the last bit. */
function bisect(holds: (at: number) => boolean, low: number, high: number): number {
  let [below, above] = [low, high];
  for (;;) {
    const middle = (below + above) / 2;
    if (middle <= below || middle >= above) return middle;
    if (holds(middle)) below = middle;
    else above = middle;
  }
}

/** Returns the chance of `count` or more of `total`, each with the chance `p`, `p` being below the share. */
function tail(count: number, total: number, p: number): number {
  const logarithm =
    logChoose(total, count) + count * Math.log(p) + (total - count) * Math.log1p(-p);
  let term = Math.exp(logarithm);
  let sum = term;
  for (let index = count; index < total && term > sum * Number.EPSILON; index++) {
    term *= ((total - index) / (index + 1)) * (p / (1 - p));
    sum += term;
  }
  return sum;
}
