import { codeSystem } from './canonical.ts';
import { plannedDays } from './dosing-gate.ts';
import { eligibilityOf } from './eligibility.ts';
import { extensionOf, hasCode, objectsOf } from './element.ts';
import { enrolmentDate, orderOf } from './enrolment.ts';
import { dosesOf, firstInfusion, startedDoses } from './infusion.ts';
import { readAsOf } from './as-of.ts';
import { latestBy } from './latest.ts';
import { daysBetween } from './local-time.ts';
import { codedValue } from './observation-value.ts';
import { recordTime } from './record-time.ts';
import type { SignalQuestion } from './safety-signal.ts';
import { referenceKey, type SubjectRecords, type TrialRecord } from './subject-records.ts';

/** How many subjects came how far, and what became of the doses. */
export interface Feasibility {
  readonly counts: Readonly<Record<FeasibilityCount, number>>;
  /** Days from the apheresis of the lot to Day 0, one for each infused subject whose lot says so. */
  readonly daysToInfusion: readonly number[];
}

/** The counts in the order of the answer. */
export const feasibilityCounts = [
  'screened',
  'eligible',
  'enrolled',
  'apheresed',
  'released',
  'infused',
  'infusedAll',
  'dosesGiven',
  'dosesHeldForToxicity',
  'dosesNotGivenOther',
] as const;

/** A name of `feasibilityCounts`. */
export type FeasibilityCount = (typeof feasibilityCounts)[number];

/** Returns the feasibility of the study at a moment. */
export function feasibilityOf(question: SignalQuestion): Feasibility {
  const { subjects } = question;
  const number = (isOne: (records: SubjectRecords) => boolean) => subjects.filter(isOne).length;
  const doses = subjects.flatMap((records) => dosesBy(question, records));
  const held = doses.filter(({ record }) => record.resource['status'] === 'not-done');
  const toxic = held.filter(({ record }) =>
    objectsOf(record.resource['statusReason']).some((reason) =>
      hasCode(reason, codeSystem('not-done'), 'unacceptable-toxicity'),
    ),
  );
  const wanted = plannedDays(question.trial.plan);
  return {
    counts: {
      screened: number(({ subject }) => !unscreened.has(subject.resource['status'])),
      eligible: number((records) => isEligible(question, records)),
      enrolled: number(({ subject }) => isEnrolled(question, subject)),
      apheresed: number((records) => isApheresed(question, records)),
      released: number((records) => isReleased(question, records)),
      infused: number((records) => givenDays(question, records, undefined).size > 0),
      infusedAll: number((records) => {
        const given = givenDays(question, records, 1);
        return wanted.every((day) => given.has(day));
      }),
      dosesGiven: doses.filter(({ isStarted }) => isStarted).length,
      dosesHeldForToxicity: toxic.length,
      dosesNotGivenOther: held.length - toxic.length,
    },
    daysToInfusion: subjects.flatMap((records) => daysToInfusion(question, records) ?? []),
  };
}

const unscreened: ReadonlySet<unknown> = new Set(['candidate', 'potential-candidate']);

/** As of the enrolment, before it as of the moment that is asked. */
function isEligible({ trial, asOf }: SignalQuestion, records: SubjectRecords): boolean {
  const date = enrolmentDate(records.subject);
  const enrolled = date === undefined ? undefined : readAsOf(date, trial.zone);
  const at = enrolled !== undefined && enrolled.at < asOf.at ? enrolled : asOf;
  return eligibilityOf({ trial, records, asOf: at }).overall === 'eligible';
}

function isEnrolled({ trial, asOf }: SignalQuestion, subject: TrialRecord): boolean {
  if (orderOf(subject) === undefined) return false;
  const date = enrolmentDate(subject);
  const enrolled = date === undefined ? undefined : readAsOf(date, trial.zone);
  return enrolled === undefined || enrolled.date <= asOf.date;
}

function isBy({ trial, asOf }: SignalQuestion, records: SubjectRecords) {
  return (record: TrialRecord) =>
    (recordTime(record, records, trial.zone)?.start ?? -Infinity) <= asOf.at;
}

function isApheresed(question: SignalQuestion, records: SubjectRecords): boolean {
  return records
    .of('procedure')
    .filter(isBy(question, records))
    .some(
      ({ resource }) =>
        resource['status'] === 'completed' &&
        hasCode(resource['code'], codeSystem('code'), 'leukapheresis'),
    );
}

function isReleased(question: SignalQuestion, records: SubjectRecords): boolean {
  const patient = referenceKey(records.subject.resource['individual']);
  const { asOf, trial } = question;
  const tests = records.of('product-release');
  const focusOf = ({ resource }: TrialRecord) => objectsOf(resource['focus']).map(referenceKey);
  const lots = new Set(tests.flatMap(focusOf));
  return [...lots].some((key) => {
    const lot = key === undefined ? undefined : records.referred({ reference: key })?.resource;
    const donor = lot && extensionOf(lot, 'autologous-donor')?.['valueReference'];
    const own = tests.filter((test) => focusOf(test).includes(key));
    const latest = latestBy(own, records, { zone: trial.zone, asOf });
    const verdict = latest && codedValue(latest.resource, codeSystem('release'));
    const isReleased = verdict === 'released' || verdict === 'released-by-exception';
    return referenceKey(donor) === patient && isReleased;
  });
}

function dosesBy({ trial, asOf }: SignalQuestion, records: SubjectRecords) {
  return dosesOf(records, trial.zone).filter(({ time }) => (time?.start ?? -Infinity) <= asOf.at);
}

function givenDays(
  { trial, asOf }: SignalQuestion,
  records: SubjectRecords,
  cycle: number | undefined,
): ReadonlySet<number> {
  const given = startedDoses(records, trial.zone, cycle).filter(
    ({ time }) => time.start <= asOf.at,
  );
  return new Set(given.map(({ plannedDay }) => plannedDay));
}

function daysToInfusion(question: SignalQuestion, records: SubjectRecords): number | undefined {
  const { zone } = question.trial;
  const first = firstInfusion(records, zone);
  if (first === undefined || first.time.start > question.asOf.at) return undefined;
  const lot = records.referred(first.record.resource['medicationReference']);
  const source = lot && extensionOf(lot.resource, 'source-apheresis')?.['valueReference'];
  const apheresis = records.referred(source);
  const date = apheresis && recordTime(apheresis, records, zone)?.date;
  return date === undefined ? undefined : daysBetween(date, first.date);
}
