import type { Question } from './criterion.ts';
import { consentAt, consentSpans, dispositionsOf } from './consent.ts';
import { codeSystem } from './canonical.ts';
import { extensionOf, hasCode, objectsOf, textOf } from './element.ts';
import { isJsonObject, type JsonObject } from '../fhir/json/json-value.ts';
import { enrolmentDate, orderOf } from './enrolment.ts';
import { dosesOf, startedDoses } from './infusion.ts';
import { latestBy } from './latest.ts';
import { readTime, type LocalDate } from './local-time.ts';
import { codedValue, hasLoinc } from './observation-value.ts';
import type { ProtocolPlan } from './protocol-plan.ts';
import { recordTime } from './record-time.ts';
import { referenceKey, type TrialRecord } from './subject-records.ts';
import { toxicityReasons, type GateReason } from './toxicity.ts';

/** Whether a planned dose may be given, and why not. */
export interface Gate {
  readonly decision: 'proceed' | 'hold' | 'stop' | 'not-evaluable';
  readonly reasons: readonly GateReason[];
}

/** Which dose is asked about. */
export interface GateQuestion extends Question {
  readonly day: number;
  readonly cycle: number;
  /** The lot of a dose that is already given; undefined: any lot of the subject's own. */
  readonly lot?: TrialRecord | undefined;
  /** The dose that is judged, which is no dose before itself. */
  readonly dose?: TrialRecord;
}

/** Returns the decision on a dose: what stops before what holds, then what cannot be evaluated. */
export function dosingGate(question: GateQuestion): Gate {
  const blocking = [
    ...toxicityReasons({ ...question, first: firstOfCycle(question) }),
    ...enrolmentReasons(question),
    ...consentReasons(question),
    ...productReasons(question),
  ];
  if (blocking.length > 0) {
    const isStopped = blocking.some(({ effect }) => effect === 'stop');
    return { decision: isStopped ? 'stop' : 'hold', reasons: blocking };
  }
  const open = [...assessmentReasons(question), ...previousDoseReasons(question)];
  return { decision: open.length > 0 ? 'not-evaluable' : 'proceed', reasons: open };
}

/** Returns the days of a cycle on which a dose is planned: those of the visits with an infusion. */
export function plannedDays(plan: ProtocolPlan): readonly number[] {
  return plan.visits
    .filter(({ activities }) => activities.some(({ kind }) => kind === 'infusion'))
    .map(({ offset }) => offset?.target ?? 0)
    .toSorted((a, b) => a - b);
}

function firstOfCycle({ records, trial, cycle, asOf, dose }: GateQuestion) {
  const [first] = startedDoses(records, trial.zone, cycle);
  return first !== undefined && first.time.start <= asOf.at && first.record.key !== dose?.key
    ? first
    : undefined;
}

function reason(
  rule: string,
  records: readonly TrialRecord[],
  detail: string,
): readonly GateReason[] {
  return [{ rule: `R3/${rule}`, effect: 'stop', records, detail }];
}

const onStudy: ReadonlySet<unknown> = new Set([
  'on-study',
  'on-study-intervention',
  'on-study-observation',
  'follow-up',
]);
const offStudy: ReadonlySet<unknown> = new Set(['off-study', 'withdrawn']);

/** Without a date of enrolment, as after an import, the current status decides. */
function enrolmentReasons({ records, trial, asOf }: GateQuestion): readonly GateReason[] {
  const { subject } = records;
  const not = (detail: string) => reason('enrolment', [subject], detail);
  if (orderOf(subject) === undefined) return not('The subject is not enrolled.');
  const { status } = subject.resource;
  const enrolled = readTime(enrolmentDate(subject), trial.zone);
  if (enrolled === undefined) return onStudy.has(status) ? [] : not('The subject is off study.');
  if (enrolled.start > asOf.at) return not('The subject was enrolled later.');
  const left = dispositionsOf(subject).at(-1);
  const isOff = offStudy.has(status) && left !== undefined && left.date < asOf.date;
  return isOff ? not('The subject was off study.') : [];
}

function consentReasons({ records, trial, asOf }: GateQuestion): readonly GateReason[] {
  return consentAt(records, trial.zone, asOf.at) === undefined
    ? reason(
        'consent',
        consentSpans(records, trial.zone).map(({ record }) => record),
        'No consent was in force.',
      )
    : [];
}

function productReasons(question: GateQuestion): readonly GateReason[] {
  const { records } = question;
  if (question.dose !== undefined) {
    const { lot } = question;
    if (lot === undefined) return reason('product', [], 'The lot is not known.');
    const problem = lotProblem(lot, question);
    return problem === undefined
      ? []
      : reason('product', [lot, ...(problem.record ?? [])], problem.detail);
  }
  const lots = records.of('product');
  const isUsable = (lot: TrialRecord) =>
    lot.resource['status'] === 'active' && lotProblem(lot, question) === undefined;
  return lots.some(isUsable)
    ? []
    : reason('product', lots, 'No lot of this patient is active, unexpired and released.');
}

/** Why a lot must not be given, and the test that says so where one does. */
interface LotProblem {
  readonly detail: string;
  readonly record?: readonly TrialRecord[];
}

/** Why a lot must not be given to this patient at this time; undefined when it may. */
function lotProblem(lot: TrialRecord, question: GateQuestion): LotProblem | undefined {
  const { records, trial, asOf } = question;
  const donor = referenceKey(extensionOf(lot.resource, 'autologous-donor')?.['valueReference']);
  if (donor !== referenceKey(records.subject.resource['individual'])) {
    return { detail: 'The donor of the lot is another patient.' };
  }
  if (isExpired(lot, question)) return { detail: 'The lot had expired.' };
  const tests = records
    .of('product-release')
    .filter(({ resource }) =>
      objectsOf(resource['focus']).some((focus) => referenceKey(focus) === lot.key),
    );
  const release = latestBy(tests, records, { zone: trial.zone, asOf });
  const verdict =
    release === undefined ? undefined : codedValue(release.resource, codeSystem('release'));
  return verdict === 'released' || verdict === 'released-by-exception'
    ? undefined
    : { detail: 'The lot was not released.', record: release === undefined ? [] : [release] };
}

/** A lot may be used until its expiry, of a date the whole day. */
function isExpired({ resource }: TrialRecord, { trial, asOf }: GateQuestion): boolean {
  const { batch } = resource;
  const text = isJsonObject(batch) ? textOf(batch['expirationDate']) : undefined;
  const expiry = readTime(text, trial.zone);
  return expiry !== undefined && expiry.end <= asOf.at;
}

const hourMs = 3_600_000;

/** What must have been assessed before a later dose of a cycle. */
const assessments: readonly (readonly [name: string, isIt: (record: TrialRecord) => boolean])[] = [
  ['temperature', ({ resource }) => hasLoinc(resource, ['8310-5'])],
  ['blood pressure', ({ resource }) => hasLoinc(resource, ['85354-9'])],
  ['oxygen saturation', ({ resource }) => hasLoinc(resource, ['2708-6', '59408-5'])],
  ['CRS grade', ({ resource }) => hasCode(resource['code'], codeSystem('code'), 'crs-grade')],
  ['ICANS grade', ({ resource }) => hasCode(resource['code'], codeSystem('code'), 'icans-grade')],
];

/** Whether the record is one of the results without which a later dose is not evaluable. */
export function isSafetyAssessment(record: TrialRecord): boolean {
  return assessments.some(([, isIt]) => isIt(record));
}

/** PP-18: the age of the assessment in hours. */
function assessmentReasons(question: GateQuestion): readonly GateReason[] {
  const { records, trial, asOf, day } = question;
  if (isFirstDay(question) || !plannedDays(trial.plan).includes(day)) return [];
  const since = asOf.at - trial.parameters.number('PP-18') * hourMs;
  const recent = [...records.of('measurement'), ...records.of('ie-toxicity')].filter((record) => {
    const time = recordTime(record, records, trial.zone);
    return time !== undefined && time.start <= asOf.at && time.end > since;
  });
  const missing = assessments
    .filter(([, isIt]) => !recent.some((record) => isIt(record) && hasResult(record.resource)))
    .map(([name]) => name);
  return missing.length === 0
    ? []
    : [
        {
          rule: 'R3/assessment',
          effect: 'not-evaluable',
          records: [],
          detail: `Not assessed in time: ${missing.join(', ')}.`,
        },
      ];
}

/** A record that only says why there is no value assesses nothing. */
function hasResult(observation: JsonObject): boolean {
  return [observation, ...objectsOf(observation['component'])].some((element) =>
    Object.keys(element).some((name) => name.startsWith('value')),
  );
}

function previousDoseReasons(question: GateQuestion): readonly GateReason[] {
  const { records, trial, asOf, day, cycle } = question;
  const days = plannedDays(trial.plan);
  const previous = days[days.indexOf(day) - 1];
  if (previous === undefined) return [];
  const isKnown = dosesOf(records, trial.zone).some((dose) => {
    if (dose.cycle !== cycle || dose.plannedDay !== previous) return false;
    const isSettled = dose.isStarted || dose.record.resource['status'] === 'not-done';
    return isSettled && isBefore(dose.date, asOf.date);
  });
  return isKnown
    ? []
    : [
        {
          rule: 'R3/previous-dose',
          effect: 'not-evaluable',
          records: [],
          detail: `The dose of day ${previous} is neither given nor not done.`,
        },
      ];
}

function isFirstDay({ trial, day }: GateQuestion): boolean {
  return plannedDays(trial.plan)[0] === day;
}

function isBefore(date: LocalDate | undefined, limit: LocalDate): boolean {
  return date === undefined || date <= limit;
}
