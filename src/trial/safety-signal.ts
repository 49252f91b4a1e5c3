import {
  adverseEvent,
  adverseEventsOf,
  isTreatmentRelated,
  onsetDate,
  termGroup,
} from './adverse-event.ts';
import type { AsOf } from './as-of.ts';
import { codeSystem } from './canonical.ts';
import { hasCode } from './element.ts';
import { firstInfusion } from './infusion.ts';
import { addDays, daysBetween } from './local-time.ts';
import { codedValue, interpretation } from './observation-value.ts';
import { recordTime } from './record-time.ts';
import { logChoose } from './statistics/log-choose.ts';
import type { SubjectRecords, TrialRecord } from './subject-records.ts';
import { toxicityReasons } from './toxicity.ts';
import type { Trial } from './trial.ts';

/** Whether enrolment should pause: advice, which changes nothing. */
export interface SafetySignal {
  readonly advice: 'continue' | 'pause-enrolment';
  /** Subjects whose window of dose-limiting toxicity has passed, or who had one. */
  readonly n: number;
  readonly dlt: number;
  /** Undefined for too few subjects. */
  readonly boundary: number | undefined;
  readonly reasons: readonly SignalReason[];
}

/** Why enrolment should pause. */
export interface SignalReason {
  readonly rule: string;
  readonly records: readonly TrialRecord[];
}

/** What is asked of the whole study. */
export interface SignalQuestion {
  readonly trial: Trial;
  readonly subjects: readonly SubjectRecords[];
  readonly asOf: AsOf;
}

/** Returns the signal of the study at a moment. */
export function safetySignal(question: SignalQuestion): SafetySignal {
  const { trial, subjects } = question;
  const toxicities = subjects.map((records) => doseLimiting(question, records));
  const events = toxicities.flatMap((found) => found ?? []);
  const dlt = toxicities.filter((found) => found !== undefined && found.length > 0).length;
  const n = toxicities.filter((found) => found !== undefined).length;
  const boundary = boundaryOf(trial, n);
  const reasons = [
    ...(boundary !== undefined && dlt >= boundary
      ? [{ rule: 'R12/boundary', records: events }]
      : []),
    ...reason(
      'R12/grade-5',
      gradeRecords(question, 5, () => true),
    ),
    ...reason(
      'R12/rcl',
      subjects.flatMap((records) => competentVirus(question, records)),
    ),
    ...reason(
      'R12/organ-grade-4',
      gradeRecords(question, 4, (group) => group === 'pulmonary' || group === 'cardiac'),
    ),
  ];
  return {
    advice: reasons.length > 0 ? 'pause-enrolment' : 'continue',
    n,
    dlt,
    boundary,
    reasons,
  };
}

function reason(rule: string, records: readonly TrialRecord[]): readonly SignalReason[] {
  return records.length === 0 ? [] : [{ rule, records }];
}

const stopRules: ReadonlySet<string> = new Set(
  ['UT-1', 'UT-2', 'UT-3', 'UT-4', 'UT-5', 'UT-6', 'UT-8'].map((rule) => `R3/${rule}`),
);

/**
 * The adverse events of a subject that are dose-limiting; undefined when its window is still open
 * without one. PP-14: first and last day of the window.
 */
function doseLimiting(
  { trial, asOf }: SignalQuestion,
  records: SubjectRecords,
): readonly TrialRecord[] | undefined {
  const first = firstInfusion(records, trial.zone);
  if (first === undefined || first.time.start > asOf.at) return undefined;
  const [from, to] = [trial.parameters.number('PP-14'), trial.parameters.number('PP-14', 1)];
  const isInside = (record: TrialRecord) => {
    const { onset } = adverseEvent(record, trial.zone);
    const day =
      onset === undefined ? undefined : daysBetween(first.date, onsetDate(onset, first.date));
    return day !== undefined && day >= from && day <= to;
  };
  const found = toxicityReasons({ trial, records, asOf, first })
    .filter(({ rule, effect }) => effect === 'stop' && stopRules.has(rule))
    .flatMap((one) => one.records)
    .filter((record) => record.resource.resourceType === 'AdverseEvent' && isInside(record));
  const isOver = asOf.date > addDays(first.date, to);
  return found.length > 0 || isOver ? [...new Set(found)] : undefined;
}

/** PP-13: prior a and b, p0, posterior probability, smallest n. */
function boundaryOf({ parameters }: Trial, n: number): number | undefined {
  const [a, b, p0, probability, least] = [0, 1, 2, 3, 4].map((index) =>
    parameters.number('PP-13', index),
  ) as [number, number, number, number, number];
  if (n < least) return undefined;
  for (let x = 0; x <= n; x++) {
    if (exceeds(p0, a + x, b + n - x) >= probability) return x;
  }
  return undefined;
}

/**
 * Returns the probability that a proportion with the distribution Beta(alpha, beta) exceeds p, for whole
 * parameters: that of fewer than alpha successes in alpha + beta - 1 trials.
 */
export function exceeds(p: number, alpha: number, beta: number): number {
  const trials = alpha + beta - 1;
  let sum = 0;
  for (let k = 0; k < alpha; k++) {
    sum += Math.exp(logChoose(trials, k) + k * Math.log(p) + (trials - k) * Math.log1p(-p));
  }
  return sum;
}

function gradeRecords(
  { trial, subjects, asOf }: SignalQuestion,
  least: number,
  isWanted: (group: ReturnType<typeof termGroup>) => boolean,
): readonly TrialRecord[] {
  return subjects.flatMap((records) => {
    return adverseEventsOf(records, trial.zone)
      .filter(({ grade = 0, onset }) => grade >= least && (onset?.start ?? Infinity) <= asOf.at)
      .filter((event) => isTreatmentRelated(event) && isWanted(termGroup(event, trial)))
      .map(({ record }) => record);
  });
}

/** Confirmed: two positive results on different days, or one and a positive co-culture. */
function competentVirus(
  { trial, asOf }: SignalQuestion,
  records: SubjectRecords,
): readonly TrialRecord[] {
  const positive = records.of('rcl').flatMap((record) => {
    const time = recordTime(record, records, trial.zone);
    const isPositive = codedValue(record.resource, interpretation) === 'POS';
    return isPositive && time !== undefined && time.start <= asOf.at
      ? [{ record, date: time.date }]
      : [];
  });
  const days = new Set(positive.map(({ date }) => date));
  const hasCulture = positive.some(({ record }) =>
    hasCode(record.resource['method'], codeSystem('rcl-method'), 'coculture'),
  );
  return days.size > 1 || (hasCulture && positive.length > 1)
    ? positive.map(({ record }) => record)
    : [];
}
