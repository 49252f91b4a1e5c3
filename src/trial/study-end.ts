import type { AsOf } from './as-of.ts';
import { consentEnd, dispositionsOf, withdrawal } from './consent.ts';
import { hasCode, textOf } from './element.ts';
import { readTime, type LocalDate, type TimePoint, type Zone } from './local-time.ts';
import { ncit, snomed } from './observation-value.ts';
import { recordTime } from './record-time.ts';
import type { SubjectRecords } from './subject-records.ts';

const off: ReadonlySet<unknown> = new Set(['off-study', 'withdrawn']);

/** Returns the date of death that is known at a moment; undefined of one who lives, or of whom nothing is known. */
export function deathDate(records: SubjectRecords, zone: Zone, asOf: AsOf): LocalDate | undefined {
  // Of a month alone its first day is the earliest that it can have been.
  const dateIn = (time: TimePoint | undefined) => time?.date ?? (time && zone.dateAt(time.start));
  const deceased = dateIn(readTime(textOf(records.patient?.resource['deceasedDateTime']), zone));
  const seen = records
    .of('vital-status')
    .filter(({ resource }) => hasCode(resource['valueCodeableConcept'], snomed, '419099009'))
    .map((record) => dateIn(recordTime(record, records, zone)));
  const dispositions = dispositionsOf(records.subject)
    .filter(({ reason }) => hasCode(reason, ncit, 'C28554'))
    .map(({ date }) => date);
  return earliestBy([deceased, ...seen, ...dispositions], asOf);
}

/**
 * Returns the date after which nothing is planned any more: death, withdrawal of consent, or the end of
 * the participation. Undefined while the schedule goes on; to stop the treatment does not end it.
 */
export function scheduleEnd(
  records: SubjectRecords,
  zone: Zone,
  asOf: AsOf,
): LocalDate | undefined {
  const { subject } = records;
  const left = off.has(subject.resource['status'])
    ? dispositionsOf(subject).at(-1)?.date
    : undefined;
  const revoked = consentEnd(records, zone);
  const withdrawn = withdrawal(records)?.date;
  return earliestBy([deathDate(records, zone, asOf), left, revoked, withdrawn], asOf);
}

function earliestBy(dates: readonly (LocalDate | undefined)[], asOf: AsOf): LocalDate | undefined {
  return dates
    .filter((date) => date !== undefined)
    .filter((date) => date <= asOf.date)
    .toSorted()[0];
}
