import { consentSpans } from './consent.ts';
import { storedCode, storedKey } from './deviation.ts';
import { isSafetyAssessment } from './dosing-gate.ts';
import { extensionOf, objectsOf } from './element.ts';
import { dayZero, startedDoses } from './infusion.ts';
import type { RecordNeed } from './load-records.ts';
import type { LocalDate } from './local-time.ts';
import { windowOf } from './protocol-plan.ts';
import { timeOf } from './record-time.ts';
import type { RecordKind, SubjectRecords, TrialRecord } from './subject-records.ts';
import type { Trial } from './trial.ts';
import { isEjectionFraction } from './toxicity.ts';
import { visitOf } from './visit-attribution.ts';

/** Kinds of which a new record mostly changes no judgement. */
export const quietKinds: ReadonlySet<RecordKind> = new Set([
  'ecog',
  'host-immunity',
  'ie-toxicity',
  'measurement',
  'persistence',
  'pregnancy',
  'specimen',
  'study-visit',
  'tcell-subsets',
  'vital-status',
]);

/** What must be read to tell. */
export const quietNeed: RecordNeed = Object.freeze({
  types: ['Consent', 'DetectedIssue', 'MedicationAdministration'],
});

/** Stored ones of these codes may be repaired by any record of their visit. */
const visitCodes: ReadonlySet<string> = new Set([
  'visit-out-of-window',
  'visit-missed',
  'activity-missed',
]);

/**
 * Returns whether a new record of `quietKinds` surely changes no judgement, so that the other records
 * need not be read: the gate of no dose reads it, it is later than the consent, it lies in the window of
 * its visit, and no deviation of a visit waits for it.
 */
export function isQuiet(record: TrialRecord, records: SubjectRecords, trial: Trial): boolean {
  const { zone } = trial;
  const time = timeOf(record.resource, zone);
  if (time?.date === undefined || isOfEncounter(record)) return false;
  const { date, start } = time;
  if (isReadByGate(record)) {
    const doses = startedDoses(records, zone);
    if (doses.some((dose) => dose.time.end > start)) return false;
  }
  const consents = consentSpans(records, zone);
  if (!consents.some((consent) => consent.start <= start)) return false;
  const day0 = dayZero(records, zone);
  const code = visitOf(record, records, { trial, day0 });
  const open = openVisits(records, { trial, day0 });
  if (open === 'unknown' || open.has(code)) return false;
  if (day0 === undefined) return true;
  const visit = trial.plan.visits.find((planned) => planned.code === code);
  if (visit === undefined) return true;
  const window = windowOf(visit, day0);
  return window.start <= date && date <= window.end;
}

/** A result that the gate reads, and that is not later than a dose, may change what is said of the dose. */
function isReadByGate(record: TrialRecord): boolean {
  return isSafetyAssessment(record) || isEjectionFraction(record);
}

/** A visit that was late is told by its code, one out of its window by the record that dates it. */
function openVisits(
  records: SubjectRecords,
  context: { readonly trial: Trial; readonly day0: LocalDate | undefined },
): ReadonlySet<string> | 'unknown' {
  const open = new Set<string>();
  for (const { resource } of records.of('deviation')) {
    if (resource['status'] !== 'final' || !visitCodes.has(storedCode(resource) ?? '')) continue;
    const about = storedKey(resource)?.split(':').at(-1) ?? '';
    if (!about.includes('/')) {
      open.add(about);
      continue;
    }
    const [focal] = objectsOf(resource['implicated']);
    const record = records.referred(focal);
    if (record === undefined) return 'unknown';
    open.add(visitOf(record, records, context));
  }
  return open;
}

/** Its visit is that of an Encounter, which was not read. */
function isOfEncounter({ resource }: TrialRecord): boolean {
  const isNamed = extensionOf(resource, 'visit') !== undefined;
  return !isNamed && resource['encounter'] !== undefined;
}
