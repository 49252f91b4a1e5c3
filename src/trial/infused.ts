import { isBy, type AsOf } from './as-of.ts';
import type { Question } from './criterion.ts';
import { firstInfusion, type StartedDose } from './infusion.ts';
import { daysBetween, type LocalDate, type TimePoint } from './local-time.ts';

/** The first infusion of a subject, from which every time of an endpoint counts. */
export interface Infused {
  readonly dose: StartedDose;
  readonly day0: LocalDate;
  readonly asOf: AsOf;
  /**
   * Days from the start of the infusion, with their fraction; whole calendar days when one of the two
   * has no time of day, undefined when the other has no full date.
   */
  daysTo(time: TimePoint): number | undefined;
}

const dayMs = 86_400_000;

/** Returns the first infusion that had begun by the moment; undefined before it. */
export function infusedBy({ trial, records, asOf }: Question): Infused | undefined {
  const dose = firstInfusion(records, trial.zone);
  if (dose === undefined || !isBy(dose.time, asOf)) return undefined;
  return {
    dose,
    day0: dose.date,
    asOf,
    daysTo: (time) => {
      if (time.date === undefined) return undefined;
      return time.hasTime && dose.time.hasTime
        ? (time.start - dose.time.start) / dayMs
        : daysBetween(dose.date, time.date);
    },
  };
}
