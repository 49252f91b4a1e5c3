import { insertItem, setMember, spanOf } from '../fhir/json-text.ts';
import type { JsonObject } from '../fhir/json/json-value.ts';
import { failure } from '../fhir/operation-outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import { profile, sid } from './canonical.ts';
import { consentAt } from './consent.ts';
import type { Question } from './criterion.ts';
import type { Deviation } from './deviation.ts';
import { extensionOf, objectsOf, textOf } from './element.ts';
import { eligibilityOf } from './eligibility.ts';
import { latestBy } from './latest.ts';
import { withProgress } from './progress.ts';
import { referenceKey, type TrialRecord } from './subject-records.ts';

/** What a site asks when it enrols a subject. */
export interface EnrolmentRequest extends Question {
  /** The dateTime of the enrolment as it is recorded. */
  readonly date: string;
  readonly isOverride: boolean;
  readonly reason: string | undefined;
  /** The highest order number that was ever used. */
  readonly highestOrder: number;
}

/** What an enrolment gives a subject. */
export interface Enrolment {
  readonly order: number;
  /** `H2C-003` */
  readonly subjectNumber: string;
  readonly arm: string;
  readonly date: string;
  readonly consent: TrialRecord;
  readonly deviation: Deviation | undefined;
}

const enrollable: ReadonlySet<unknown> = new Set(['screening', 'eligible', 'pending-on-study']);

/** Returns the order number of a subject; undefined before the enrolment. */
export function orderOf(subject: TrialRecord): number | undefined {
  const order = extensionOf(subject.resource, 'enrolment-order')?.['valuePositiveInt'];
  return typeof order === 'number' ? order : undefined;
}

/** Returns when a subject was enrolled: the start of its progress on study; undefined when it is not said. */
export function enrolmentDate(subject: TrialRecord): string | undefined {
  return objectsOf(subject.resource['extension'])
    .filter(({ url }) => url === profile('progress'))
    .map(({ extension }) => objectsOf(extension))
    .filter((parts) => parts.some((part) => part['valueCode'] === 'on-study'))
    .map((parts) => textOf(parts.find(({ url }) => url === 'start')?.['valueDateTime']))
    .find((start) => start !== undefined);
}

/**
 * Returns what the enrolment of a subject gives it. Fails `business-rule` when the study or the subject
 * takes none, or when a criterion does not hold and the site gave no reason to override it.
 */
export function enrolmentOf(asked: EnrolmentRequest): Result<Enrolment> {
  const { trial, records } = asked;
  const refusal = gateRefusal(asked);
  if (refusal !== undefined && !asked.isOverride) return failed(refusal);
  if (trial.study.resource['status'] !== 'active') {
    return refused('The study is not active; it enrols nobody.', 'ResearchStudy.status');
  }
  if (!enrollable.has(records.subject.resource['status'])) {
    return refused(
      'Only a subject in screening, eligible or pending-on-study is enrolled.',
      'ResearchSubject.status',
    );
  }
  const { zone } = trial;
  const consent =
    consentAt(records, zone, asked.asOf.at) ??
    records.referred(records.subject.resource['consent']) ??
    latestBy(records.of('consent'), records, { zone, asOf: asked.asOf });
  if (consent === undefined) {
    return refused('A subject without a Consent is not enrolled.', 'ResearchSubject.consent');
  }
  const order = asked.highestOrder + 1;
  const arm = armOf(trial.study.resource, order);
  if (arm === undefined) {
    const text = `The allocation of the study has no arm for order number ${order}.`;
    return refused(text, 'ResearchStudy.extension');
  }
  return success({
    order,
    subjectNumber: `H2C-${String(order).padStart(3, '0')}`,
    arm,
    date: asked.date,
    consent,
    deviation: refusal === undefined ? undefined : overrideDeviation(asked),
  });
}

function refused(text: string, expression: string) {
  return failed(failure('business-rule', text, expression));
}

/** Why the gate is closed; undefined when it is open. */
function gateRefusal(question: Question) {
  const { records, trial, asOf } = question;
  if (consentAt(records, trial.zone, asOf.at) === undefined) {
    return failure(
      'business-rule',
      'No consent is in force at the date of the enrolment.',
      'ResearchSubject.consent',
    );
  }
  const { overall, criteria } = eligibilityOf(question);
  if (overall === 'eligible') return undefined;
  const open = criteria
    .filter(({ isAdvisory, state }) => !isAdvisory && (state === 'unmet' || state === 'unknown'))
    .map(({ id, state }) => `${id} is ${state}`);
  const text = `The subject is ${overall}: ${open.join(', ')}.`;
  return failure('business-rule', text, 'ResearchSubject');
}

function overrideDeviation({ records, reason = '' }: EnrolmentRequest): Deviation {
  const { key, resource } = records.subject;
  return {
    code: 'eligibility-override',
    rules: ['R1/override'],
    severity: 'high',
    subject: key,
    patient: referenceKey(resource['individual']) ?? '',
    implicated: [key],
    about: key,
    detail: `Enrolled by override: ${reason}`,
    discovery: 'prospective',
  };
}

/** The allocation row whose range holds the order number. */
function armOf(study: Resource, order: number): string | undefined {
  return objectsOf(study['extension'])
    .filter(({ url }) => url === profile('arm-allocation'))
    .map(({ extension }) => new Map(objectsOf(extension).map((part) => [part['url'], part])))
    .filter((parts) => {
      const from = parts.get('fromOrder')?.['valuePositiveInt'];
      const to = parts.get('toOrder')?.['valuePositiveInt'];
      return typeof from === 'number' && from <= order && (typeof to !== 'number' || order <= to);
    })
    .map((parts) => textOf(parts.get('arm')?.['valueString']))
    .find((arm) => arm !== undefined);
}

/** Returns the text of a subject once enrolled; everything else keeps its bytes. */
export function enrolledSubject(text: string, subject: Resource, enrolment: Enrolment): string {
  const { order, subjectNumber, arm, date, consent } = enrolment;
  const number = { system: sid('subject-number'), value: subjectNumber };
  let next = setMember(text, [], 'status', JSON.stringify('on-study'));
  next = appended(next, 'identifier', number);
  next = appended(next, 'extension', {
    url: profile('enrolment-order'),
    valuePositiveInt: order,
  });
  next = withProgress(next, 'on-study', date);
  next = setMember(next, [], 'assignedArm', JSON.stringify(arm));
  if (subject['actualArm'] === undefined) {
    next = setMember(next, [], 'actualArm', JSON.stringify(arm));
  }
  return subject['consent'] === undefined
    ? setMember(next, [], 'consent', JSON.stringify({ reference: consent.key }))
    : next;
}

/** Returns the text of the group of all enrolled with one more member. */
export function enrolledGroup(text: string, patient: string, date: string): string {
  return appended(text, 'member', {
    entity: { reference: patient },
    period: { start: date },
    inactive: false,
  });
}

function appended(text: string, member: string, item: JsonObject): string {
  if (spanOf(text, [member]) === undefined) {
    return setMember(text, [], member, JSON.stringify([item]));
  }
  const items = (JSON.parse(text) as JsonObject)[member];
  return insertItem(text, [member], Array.isArray(items) ? items.length : 0, JSON.stringify(item));
}
