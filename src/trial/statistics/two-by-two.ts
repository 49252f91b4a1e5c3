import { logChoose } from './log-choose.ts';

/** The counts of a 2 × 2 table: rows exposed and not, columns event and none. */
export interface TwoByTwo {
  readonly exposedEvent: number;
  readonly exposedNone: number;
  readonly unexposedEvent: number;
  readonly unexposedNone: number;
}

/** Chances that differ by less than this share are the same, only rounded otherwise (as in R). */
const sameChance = 1e-7;

/** Returns the two-sided p of Fisher's exact test: the chance of all tables that are no likelier. */
export function fisherExact(table: TwoByTwo): number {
  const { exposedEvent, exposedNone, unexposedEvent, unexposedNone } = table;
  const exposed = exposedEvent + exposedNone;
  const events = exposedEvent + unexposedEvent;
  const total = exposed + unexposedEvent + unexposedNone;
  const all = logChoose(total, events);
  const chance = (count: number) =>
    Math.exp(logChoose(exposed, count) + logChoose(total - exposed, events - count) - all);
  const limit = chance(exposedEvent) * (1 + sameChance);
  let p = 0;
  const last = Math.min(exposed, events);
  for (let count = Math.max(0, exposed + events - total); count <= last; count++) {
    const one = chance(count);
    if (one <= limit) p += one;
  }
  return Math.min(1, p);
}

/** Returns the coefficient φ; undefined when a row or a column of the table is empty. */
export function phi(table: TwoByTwo): number | undefined {
  const { exposedEvent: a, exposedNone: b, unexposedEvent: c, unexposedNone: d } = table;
  const margins = (a + b) * (c + d) * (a + c) * (b + d);
  return margins === 0 ? undefined : (a * d - b * c) / Math.sqrt(margins);
}
