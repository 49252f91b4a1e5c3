import { cytokineRelease } from './adverse-event.ts';
import { recordsOfActivity } from './activity.ts';
import { correction, transaction, type CohortRequest } from './bundle.ts';
import { addDays, at, daysBetween } from './calendar.ts';
import { courseOf, lastDay, type Course } from './course.ts';
import { random } from './random.ts';
import {
  claims,
  organization,
  patientOf,
  recordIdentifier,
  subjectSearch,
  type CohortResource,
} from './record.ts';
import type { Attendance } from './result.ts';
import { plannedVisits, type PlannedVisit } from './schedule.ts';
import { consent, her2, participation, patient, screening } from './screening.ts';
import { dosesOf, infusion, leukapheresis, product } from './treatment.ts';
import { base, concept, local, systems } from './vocabulary.ts';
import { wardRecords } from './ward.ts';

/** What a cohort is made from; the same options make the same requests. */
export interface CohortOptions {
  readonly subjects: number;
  readonly seed: number;
  /** Consent date of the first subject. */
  readonly start: string;
  /** Nothing later than this date is sent: the data cut. */
  readonly until: string;
  /**
   * How many vital signs and laboratory values are sent: one of each activity, those of the visits (the
   * default), or also the chart of the ward, which doubles the records.
   */
  readonly chart?: Chart;
}

/** A choice of `CohortOptions.chart`. */
export type Chart = (typeof charts)[number];
/** Every `Chart`, the shortest first. */
export const charts = ['one', 'visits', 'ward'] as const;

/** Yields the requests of a synthetic cohort, subject by subject, in the order in which sites send them. */
export function* cohort(options: CohortOptions): Generator<CohortRequest> {
  const visits = plannedVisits();
  for (let index = 0; index < options.subjects; index++) {
    yield* subjectRequests(options, index, visits);
  }
}

/** Yields the requests of the subject `index`, from 0, along the visits of the plan. */
export function* subjectRequests(
  options: CohortOptions,
  index: number,
  visits: readonly PlannedVisit[],
): Generator<CohortRequest> {
  const course = courseOf(index, options.subjects, options.start, random(options.seed, index));
  yield* subject(course, visits, options);
}

function* subject(
  course: Course,
  visits: readonly PlannedVisit[],
  { until, chart = 'visits' }: CohortOptions,
): Generator<CohortRequest> {
  yield transaction(screening(course));
  if (course.outcome === 'screening-failure') {
    const reason = concept(local('disposition'), 'screen-failure');
    const date = addDays(course.consentDate, 5);
    yield correction([participation(course, 'ineligible', { reason, date, epoch: 'screening' })]);
    return;
  }
  if (course.departure !== 'dose-without-enrolment') yield enrolment(course);
  if (course.departure === 'eligibility-lost') yield correction([her2(course, 'NEG')]);
  for (const visit of visits) yield* attend(course, visit, visits, { until, chart });
  if (chart === 'ward') yield* stay(course, until);
  yield* ending(course, until);
}

function enrolment(course: Course): CohortRequest {
  const override = course.departure === 'eligibility-override';
  const date = at(addDays(course.consentDate, 7), '09:00');
  const reason = [
    { name: 'override', valueBoolean: true },
    { name: 'reason', valueString: 'Agreed with the sponsor' },
  ];
  return {
    method: 'POST',
    url: 'ResearchSubject/{id}/$enrol',
    id: subjectSearch(course),
    body: {
      resourceType: 'Parameters',
      parameter: [{ name: 'date', valueDateTime: date }, ...(override ? reason : [])],
    },
  };
}

function* attend(
  course: Course,
  visit: PlannedVisit,
  visits: readonly PlannedVisit[],
  { until, chart }: { readonly until: string; readonly chart: Chart },
): Generator<CohortRequest> {
  const attendance = attendanceOf(course, visit);
  if (!takesPlace(attendance, until)) return;
  const resources = [encounter(attendance), ...treatmentAt(attendance)];
  for (const activity of visit.activities) {
    if (isLeftOut(attendance, activity)) continue;
    const records = recordsOfActivity[activity]?.(attendance) ?? [];
    resources.push(...(chart === 'one' && panels.has(activity) ? records.slice(0, 1) : records));
  }
  yield transaction(resources);
  if (visit.code === lateResult.sentAt) yield lateResults(course, visits);
  yield* toxicity(attendance);
}

/** The ward's chart arrives day by day. */
function* stay(course: Course, until: string): Generator<CohortRequest> {
  if (course.outcome === 'product-failure') return;
  for (let day = 0; addDays(course.day0, day) <= until; day++) {
    const records = wardRecords(course, day);
    if (records.length === 0) return;
    yield transaction(records);
  }
}

function isLeftOut(attendance: Attendance, activity: string): boolean {
  const { course, visit } = attendance;
  const isSkipped = course.departure === 'activity-missed' && visit === 'W8';
  if (isSkipped && activity === 'imaging') return true;
  if (visit === lateResult.visit && activity === lateResult.activity) return true;
  return isUnassessed(attendance, activity);
}

/** Activities of which one value shows that they took place. */
const panels: ReadonlySet<string> = new Set(['vitals', 'labs', 'cytokines', 'cardiac-markers']);

/** The laboratory needs a week for the cytokines of day 7: they arrive after a later visit. */
const lateResult = { visit: 'D7', activity: 'cytokines', sentAt: 'D14' };

function lateResults(course: Course, visits: readonly PlannedVisit[]): CohortRequest {
  const visit = visits.find(({ code }) => code === lateResult.visit);
  const attendance = visit === undefined ? undefined : onTarget(course, visit);
  const records = attendance && recordsOfActivity[lateResult.activity]?.(attendance);
  return transaction(records ?? []);
}

function onTarget(course: Course, visit: PlannedVisit): Attendance {
  const date = visit.target(course.day0);
  return { course, visit: visit.code, date, day: daysBetween(course.day0, date) };
}

/** A held vital sign and grade on day 1 makes the next dose one without a safety assessment. */
function isUnassessed({ course, visit }: Attendance, activity: string): boolean {
  return (
    course.departure === 'safety-assessment-missing' &&
    (visit === 'D0' || visit === 'D1') &&
    (activity === 'vitals' || activity === 'iec-tox')
  );
}

function attendanceOf(course: Course, visit: PlannedVisit): Attendance {
  const { before, after } = visit.tolerance;
  const slack = visit.code === 'SCR' || visit.code === 'APH' ? 0 : Math.min(before, after, 5);
  const late = course.departure === 'visit-out-of-window' && visit.code === 'D14' ? after + 2 : 0;
  const shift = late > 0 ? late : course.seed.integer(-slack, slack);
  const date = addDays(visit.target(course.day0), shift);
  return { course, visit: visit.code, date, day: daysBetween(course.day0, date) };
}

function takesPlace({ course, visit, date, day }: Attendance, until: string): boolean {
  if (date > until || day > lastDay(course)) return false;
  if (visit === 'LD') return false;
  if (course.outcome === 'product-failure' && day >= 0) return false;
  return !(course.departure === 'visit-missed' && visit === 'W12');
}

function treatmentAt({ course, visit, date }: Attendance): readonly CohortResource[] {
  if (visit === 'APH') return [leukapheresis(course, date)];
  if (visit === 'PRE') return product(course, date);
  const doses = dosesOf(course).filter((dose) => `D${dose.plannedDay}` === visit);
  return doses.map((dose) => infusion(course, dose));
}

function* toxicity({ course, visit }: Attendance): Generator<CohortRequest> {
  const { crs } = course;
  if (crs === undefined) return;
  if (visit === (crs.day <= 0 ? 'D0' : crs.day === 1 ? 'D1' : 'D4')) {
    yield transaction([cytokineRelease(course, crs, false)]);
  }
  if (visit === 'D14') yield correction([cytokineRelease(course, crs, true)]);
}

function encounter({ course, visit, date }: Attendance): CohortResource {
  return {
    resourceType: 'Encounter',
    meta: claims('study-visit'),
    identifier: [recordIdentifier(course, `visit-${visit.toLowerCase()}`)],
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    type: [concept(local('visit'), visit)],
    subject: patientOf(course),
    period: { start: at(date, '08:00'), end: at(date, '16:00') },
    serviceProvider: organization(course.site),
  };
}

function* ending(course: Course, until: string): Generator<CohortRequest> {
  const on = (day: number) => addDays(course.day0, day);
  if (course.outcome === 'product-failure') {
    const reason = concept(local('disposition'), 'product-failure');
    yield leaving(course, 'off-study', { reason, date: on(0), epoch: 'treatment' });
  } else if (course.deathDay !== undefined && on(course.deathDay) <= until) {
    const date = on(course.deathDay);
    yield correction([patient(course, date)]);
    const reason = concept(systems.ncit, 'C28554');
    // Who was never enrolled has no study to be off.
    const status = course.departure === 'dose-without-enrolment' ? 'withdrawn' : 'off-study';
    yield leaving(course, status, { reason, date, epoch: 'follow-up' });
  } else if (course.withdrawalDay !== undefined && on(course.withdrawalDay) <= until) {
    const reason = concept(systems.ncit, 'C49634');
    const date = on(course.withdrawalDay);
    yield correction([consent(course, 'inactive')]);
    yield leaving(course, 'withdrawn', { reason, date, epoch: 'follow-up' });
  } else if (course.departure === 'order-gap') {
    const url = `ResearchSubject?identifier=${base}/sid/screening-number|SCR-${course.number}`;
    yield { method: 'DELETE', url };
  }
}

function leaving(course: Course, status: string, disposition: Parameters<typeof participation>[2]) {
  return correction([participation(course, status, disposition)]);
}
