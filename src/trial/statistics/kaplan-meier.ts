import type { Interval } from './clopper-pearson.ts';

/** How long something was followed, and whether it ended by the event. */
export interface FollowUp {
  readonly time: number;
  readonly event: boolean;
}

/** What is known of survival from a time on. */
export interface SurvivalStep {
  readonly time: number;
  readonly survival: number;
  /** By Greenwood's variance and log(−log); undefined where survival is 1 or 0. */
  readonly interval?: Interval;
}

/** The standard normal quantile of 97.5 %. */
const z = 1.959963984540054;

/**
 * Returns the steps of the Kaplan–Meier estimate in the order of time, the first at time 0 with
 * survival 1. What is censored at the time of an event was still at risk.
 */
export function kaplanMeier(followUps: readonly FollowUp[]): readonly SurvivalStep[] {
  const steps: SurvivalStep[] = [{ time: 0, survival: 1 }];
  const byTime = Map.groupBy(
    followUps.toSorted((a, b) => a.time - b.time),
    ({ time }) => time,
  );
  let atRisk = followUps.length;
  let survival = 1;
  let greenwood = 0;
  for (const [time, ended] of byTime) {
    const events = ended.filter(({ event }) => event).length;
    if (events > 0) {
      survival *= 1 - events / atRisk;
      greenwood += events / (atRisk * (atRisk - events));
      steps.push({ time, survival, ...limits(survival, greenwood) });
    }
    atRisk -= ended.length;
  }
  return steps;
}

function limits(survival: number, greenwood: number): { readonly interval?: Interval } {
  if (survival <= 0 || survival >= 1) return {};
  const spread = (z * Math.sqrt(greenwood)) / Math.log(survival);
  return {
    interval: {
      lower: survival ** Math.exp(-spread),
      upper: survival ** Math.exp(spread),
    },
  };
}

/** Returns the step that holds at a time. */
export function survivalAt(steps: readonly SurvivalStep[], time: number): SurvivalStep {
  return steps.findLast((step) => step.time <= time) ?? { time: 0, survival: 1 };
}

/** Returns the earliest time at which survival is one half or less; undefined when it never is. */
export function medianSurvival(steps: readonly SurvivalStep[]): number | undefined {
  // 1 − 1/2 is exact; a product of shares may miss it by rounding.
  return steps.find(({ survival }) => survival <= 0.5 + Number.EPSILON)?.time;
}
