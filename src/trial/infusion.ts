import type { Resource } from '../fhir/resource.ts';
import { extensionOf, objectsOf } from './element.ts';
import { daysBetween, type LocalDate, type TimePoint, type Zone } from './local-time.ts';
import { timeOf } from './record-time.ts';
import type { SubjectRecords, TrialRecord } from './subject-records.ts';

/** A planned dose as it was recorded, given or not. */
export interface Dose {
  readonly record: TrialRecord;
  readonly time: TimePoint | undefined;
  /** Local date of its start; undefined when no full date is known. */
  readonly date: LocalDate | undefined;
  readonly cycle: number;
  readonly infusionNumber: number;
  readonly plannedDay: number;
  readonly isStarted: boolean;
}

/** A dose that was actually started. */
export interface StartedDose extends Dose {
  readonly time: TimePoint;
  readonly date: LocalDate;
}

const startedStatus: ReadonlySet<unknown> = new Set(['in-progress', 'completed', 'stopped']);

/** Returns the doses of a subject by their time; those without one come last. */
export function dosesOf(records: SubjectRecords, zone: Zone): readonly Dose[] {
  return records
    .of('infusion')
    .map((record) => doseOf(record, zone))
    .toSorted((a, b) => (a.time?.start ?? Infinity) - (b.time?.start ?? Infinity));
}

/** Returns the dose that a MedicationAdministration records. */
export function doseOf(record: TrialRecord, zone: Zone): Dose {
  const { resource } = record;
  const time = timeOf(resource, zone);
  return {
    record,
    time,
    date: time?.date,
    cycle: detailNumber(resource, 'cycle', 'valuePositiveInt') ?? 1,
    infusionNumber: detailNumber(resource, 'infusionNumber', 'valuePositiveInt') ?? 1,
    plannedDay: detailNumber(resource, 'plannedDay', 'valueInteger') ?? 0,
    isStarted: startedStatus.has(resource['status']),
  };
}

function detailNumber(resource: Resource, url: string, element: string): number | undefined {
  const parts = objectsOf(extensionOf(resource, 'infusion-detail')?.['extension']);
  const value = parts.find((part) => part['url'] === url)?.[element];
  return typeof value === 'number' ? value : undefined;
}

/** Returns the doses of a cycle (none: of all cycles) that were started, by their time. */
export function startedDoses(
  records: SubjectRecords,
  zone: Zone,
  cycle?: number,
): readonly StartedDose[] {
  return dosesOf(records, zone).filter(
    (dose): dose is StartedDose =>
      dose.isStarted &&
      dose.time !== undefined &&
      dose.date !== undefined &&
      (cycle === undefined || dose.cycle === cycle),
  );
}

/** Returns the first started dose of cycle 1, whose local date is Day 0; undefined before it. */
export function firstInfusion(records: SubjectRecords, zone: Zone): StartedDose | undefined {
  return startedDoses(records, zone, 1)[0];
}

/** Returns Day 0, the local date of the first started dose of cycle 1; undefined before it. */
export function dayZero(records: SubjectRecords, zone: Zone): LocalDate | undefined {
  return firstInfusion(records, zone)?.date;
}

/** Returns the study day of a local date, Day 0 being day 0. */
export function studyDay(date: LocalDate, day0: LocalDate): number {
  return daysBetween(day0, date);
}
