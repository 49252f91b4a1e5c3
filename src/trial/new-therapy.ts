import { isBy } from './as-of.ts';
import { codeSystem } from './canonical.ts';
import type { Question } from './criterion.ts';
import { hasCode, objectsOf } from './element.ts';
import type { LocalDate } from './local-time.ts';
import { timeOf } from './record-time.ts';
import type { TrialRecord } from './subject-records.ts';

/** Statuses of a therapy that was never taken. */
const notTaken: ReadonlySet<unknown> = new Set(['not-taken', 'intended']);

/** A therapy after Day 0. */
export interface NewTherapy {
  readonly start: LocalDate;
  readonly record: TrialRecord;
}

/** Returns the first anticancer therapy that started after Day 0; undefined when none did. */
export function firstNewTherapy(
  { trial, records, asOf }: Question,
  day0: LocalDate,
): NewTherapy | undefined {
  const therapies = [
    ...records.of('prior-therapy'),
    ...records.of('other-therapy').filter(isAnticancer),
  ];
  return therapies
    .filter(({ resource }) => !notTaken.has(resource['status']))
    .flatMap((record) => {
      const time = timeOf(record.resource, trial.zone);
      if (time === undefined || !isBy(time, asOf)) return [];
      // Of a month alone its first day is the earliest that it can have been.
      return { start: time.date ?? trial.zone.dateAt(time.start), record };
    })
    .filter(({ start }) => start > day0)
    .toSorted((a, b) => (a.start + a.record.key < b.start + b.record.key ? -1 : 1))[0];
}

function isAnticancer({ resource }: TrialRecord): boolean {
  const { category } = resource;
  const concepts = Array.isArray(category) ? objectsOf(category) : [category];
  return concepts.some((concept) => hasCode(concept, codeSystem('therapy-class')));
}
