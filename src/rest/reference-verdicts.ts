/**
 * Whether stored versions satisfy profiles. A version never changes, so that under the same definitions
 * it is judged once; the newest verdicts are kept.
 */
export type Verdicts = (sequence: number, canonical: string, judge: () => boolean) => boolean;

/** Verdicts kept; each is a short text and a boolean. */
const verdictsMax = 20_000;

/** Returns verdicts for one set of definitions. */
export function createVerdicts(): Verdicts {
  const known = new Map<string, boolean>();
  return (sequence, canonical, judge) => {
    const name = `${sequence} ${canonical}`;
    const found = known.get(name);
    if (found !== undefined) return found;
    const verdict = judge();
    if (known.size >= verdictsMax) {
      for (const oldest of known.keys()) {
        known.delete(oldest);
        break;
      }
    }
    known.set(name, verdict);
    return verdict;
  };
}
