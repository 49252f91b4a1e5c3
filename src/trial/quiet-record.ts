import { consentSpans } from './consent.ts';
import type { Question } from './criterion.ts';
import { storedCode, storedKey } from './deviation.ts';
import { isSafetyAssessment } from './dosing-gate.ts';
import { objectsOf } from './element.ts';
import { startedDoses } from './infusion.ts';
import type { LocalDate, TimePoint } from './local-time.ts';
import { windowOf } from './protocol-plan.ts';
import { recordTime } from './record-time.ts';
import { anchorOf } from './schedule.ts';
import { kindOf, type RecordKind, type TrialRecord } from './subject-records.ts';
import { isEjectionFraction } from './toxicity.ts';
import { visitOf } from './visit-attribution.ts';

/** Kinds of which a new record mostly changes no judgement. */
const quietKinds: ReadonlySet<RecordKind> = new Set([
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

/** Of these a new record may say that what another visit lacks is no longer asked for. */
const endingKinds: ReadonlySet<RecordKind> = new Set(['persistence', 'vital-status']);

/**
 * Returns whether a new record, which is among the records already and which no other had named, surely
 * changes no judgement: the gate of no dose reads it, it is later than the consent, it lies in the window
 * of its visit, and no deviation of a visit waits for it.
 */
export function isQuiet(record: TrialRecord, question: Question): boolean {
  const { records, trial } = question;
  const { zone } = trial;
  const kind = kindOf(record.resource, trial.terminology, (reference) =>
    records.referred(reference),
  );
  if (kind === undefined) return true;
  const time = recordTime(record, records, zone);
  if (!quietKinds.has(kind) || time === undefined) return false;
  const isGated = isReadByGate(record);
  if (isGated && startedDoses(records, zone).some((dose) => dose.time.end > time.start)) {
    return false;
  }
  return (
    consentSpans(records, zone).some((consent) => consent.start <= time.start) &&
    isQuietAtVisit({ record, time, mayEnd: isGated || endingKinds.has(kind) }, question)
  );
}

interface DatedRecord {
  readonly record: TrialRecord;
  readonly time: TimePoint;
  /** Whether what another visit lacks may depend on it. */
  readonly mayEnd: boolean;
}

function isQuietAtVisit(
  { record, time: { date }, mayEnd }: DatedRecord,
  question: Question,
): boolean {
  const { records, trial } = question;
  const { day0, isInfused } = anchorOf(question);
  const code = visitOf(record, records, { trial, day0 });
  const open = openVisits(question, day0);
  if (date === undefined || open === 'unknown' || open.codes.has(code)) return false;
  if (open.isLate && mayEnd) return false;
  const visit = trial.plan.visits.find((planned) => planned.code === code);
  // Of a planned Day 0 no visit is out of its window.
  if (day0 === undefined || !isInfused || visit === undefined) return true;
  const window = windowOf(visit, day0);
  return window.start <= date && date <= window.end;
}

/** A result that the gate reads, and that is not later than a dose, may change what is said of the dose. */
function isReadByGate(record: TrialRecord): boolean {
  return isSafetyAssessment(record) || isEjectionFraction(record);
}

/** What is said of visits and still holds. */
interface OpenVisits {
  readonly codes: ReadonlySet<string>;
  /** Whether a visit, or an activity of one, is said to be missed. */
  readonly isLate: boolean;
}

/** A visit that was late is told by its code, one out of its window by the record that dates it. */
function openVisits(
  { records, trial }: Question,
  day0: LocalDate | undefined,
): OpenVisits | 'unknown' {
  const codes = new Set<string>();
  let isLate = false;
  for (const { resource } of records.of('deviation')) {
    if (resource['status'] !== 'final') continue;
    const deviation = storedCode(resource);
    if (deviation === 'visit-missed' || deviation === 'activity-missed') {
      isLate = true;
      codes.add(storedKey(resource)?.split(':').at(-1) ?? '');
    } else if (deviation === 'visit-out-of-window') {
      const record = records.referred(objectsOf(resource['implicated'])[0]);
      if (record === undefined) return 'unknown';
      codes.add(visitOf(record, records, { trial, day0 }));
    }
  }
  return { codes, isLate };
}
