import { adverseEvent, guideExtension, hasCriterion, isRelated } from './adverse-event.ts';
import type { AsOf } from './as-of.ts';
import { extensionOf, objectsOf, textOf } from './element.ts';
import { addDays, readTime, type LocalDate } from './local-time.ts';
import {
  isInError,
  referenceKey,
  type SubjectRecords,
  type TrialRecord,
} from './subject-records.ts';
import type { Trial } from './trial.ts';

/** The clock of a serious adverse event that is to be reported. */
export interface SaeClock {
  readonly event: TrialRecord;
  readonly start: LocalDate;
  /** Calendar days from the start to the due date. */
  readonly days: number;
  readonly due: LocalDate;
  /** When the complete report of a fatal or life-threatening event is due. */
  readonly completeDue: LocalDate | undefined;
  readonly state: 'open' | 'overdue' | 'closed';
  /** Expectedness or relatedness is missing and was taken as the worse. */
  readonly isQueried: boolean;
}

/** What a version of an event asks for, in ascending urgency. */
type Urgency = 'none' | 'ordinary' | 'urgent';

const order: readonly Urgency[] = ['none', 'ordinary', 'urgent'];
const completeDays = 8;

/** Returns the clock of an event at a moment; undefined when none had started by then. */
export function saeClock(
  record: TrialRecord,
  {
    trial,
    records,
    asOf,
  }: { readonly trial: Trial; readonly records: SubjectRecords; readonly asOf: AsOf },
): SaeClock | undefined {
  const running = runningClock(record, trial, asOf);
  if (running === undefined) return undefined;
  const { start, startedAt, urgency, isStopped } = running;
  const { parameters } = trial;
  const days = parameters.number('PP-16', urgency === 'urgent' ? 0 : 1);
  const due = addDays(start, days);
  const sent = reportSent(record, { trial, records, asOf, startedAt });
  const isClosed = isStopped || sent !== undefined;
  return {
    event: record,
    start,
    days,
    due,
    completeDue: urgency === 'urgent' ? addDays(sent ?? due, completeDays) : undefined,
    state: isClosed ? 'closed' : asOf.date > due ? 'overdue' : 'open',
    isQueried: isQueried(record, trial),
  };
}

interface RunningClock {
  readonly start: LocalDate;
  readonly startedAt: number;
  readonly urgency: Urgency;
  readonly isStopped: boolean;
}

/** Returns whether an event, as it is known now, is to be reported within days. */
export function isReportable(record: TrialRecord, trial: Trial): boolean {
  return urgencyOf(record, trial) !== 'none';
}

/**
 * Follows the versions: what becomes more urgent starts anew, what is reportable no more stops; neither
 * before it was known.
 */
function runningClock(record: TrialRecord, trial: Trial, asOf: AsOf): RunningClock | undefined {
  const versions = [...(record.earlier ?? []).toReversed(), record];
  let clock: RunningClock | undefined;
  let before: Urgency = 'none';
  versions.forEach((version, index) => {
    const urgency = urgencyOf(version, trial);
    if (order.indexOf(urgency) > order.indexOf(before)) {
      const startedAt = awareAt(version, versions[index - 1], trial);
      if (startedAt <= asOf.at) {
        const start = trial.zone.dateAt(startedAt);
        clock = { start, startedAt, urgency, isStopped: false };
      }
    } else if (clock !== undefined && Date.parse(version.lastUpdated) <= asOf.at) {
      clock = {
        ...clock,
        isStopped: urgency === 'none',
        urgency: urgency === 'none' ? clock.urgency : urgency,
      };
    }
    before = urgency;
  });
  return clock;
}

function urgencyOf(version: TrialRecord, { zone }: Trial): Urgency {
  const { resource } = version;
  const { isSerious, suspects } = adverseEvent(version, zone);
  const isExpected =
    guideExtension(resource, 'expected-in-research-study')?.['valueBoolean'] === true;
  const isCaused = suspects.length === 0 || suspects.some(isRelated);
  if (isInError(resource) || !isSerious || isExpected || !isCaused) return 'none';
  return ['C48275', 'C84266'].some((code) => hasCriterion(resource, code)) ? 'urgent' : 'ordinary';
}

/** When the sponsor knew: the receipt, or before it what was said, but not before the version before. */
function awareAt(version: TrialRecord, previous: TrialRecord | undefined, { zone }: Trial): number {
  const received = Date.parse(version.lastUpdated);
  const text = textOf(extensionOf(version.resource, 'sponsor-awareness')?.['valueDateTime']);
  const aware = readTime(text, zone)?.start;
  const least = previous === undefined ? -Infinity : Date.parse(previous.lastUpdated);
  return aware !== undefined && aware < received && aware >= least ? aware : received;
}

interface ReportQuestion {
  readonly trial: Trial;
  readonly records: SubjectRecords;
  readonly asOf: AsOf;
  readonly startedAt: number;
}

/** The local date of the first safety report about the event since its clock started. */
function reportSent(
  event: TrialRecord,
  { trial, records, asOf, startedAt }: ReportQuestion,
): LocalDate | undefined {
  return records
    .of('safety-report')
    .filter(({ resource }) =>
      objectsOf(resource['about']).some((about) => referenceKey(about) === event.key),
    )
    .map(({ resource }) => readTime(textOf(resource['sent']), trial.zone))
    .filter((sent) => sent !== undefined && sent.end > startedAt && sent.start <= asOf.at)
    .flatMap((sent) => sent?.date ?? [])
    .toSorted()[0];
}

function isQueried(record: TrialRecord, { zone }: Trial): boolean {
  const { suspects } = adverseEvent(record, zone);
  const expected = guideExtension(record.resource, 'expected-in-research-study');
  return (
    expected?.['valueBoolean'] === undefined ||
    suspects.length === 0 ||
    suspects.some(({ relatedness }) => relatedness === undefined)
  );
}
