import type { Resource } from '../fhir/resource.ts';
import type { Question } from './criterion.ts';
import { siteOf, type Schedule, type VisitState } from './schedule.ts';
import { timeDeviations } from './schedule-deviations.ts';
import type { SubjectRecords, TrialRecord } from './subject-records.ts';
import { answerParameters, out, outParts, type OutParameter } from './trial-parameters.ts';

/** The trial at a moment. */
export type Moment = Pick<Question, 'trial' | 'asOf'>;

/** A subject with the schedule that the answer is made of. */
export interface SubjectSchedule {
  readonly records: SubjectRecords;
  readonly schedule: Schedule;
}

const isLate: ReadonlySet<VisitState> = new Set(['overdue', 'missed']);

/** Returns whether a ResearchSubject is of the site; of undefined every one is. */
export function isOfSite(subject: TrialRecord, site: string | undefined): boolean {
  return site === undefined || isSite(siteOf({ records: { subject } }), site);
}

/** A site is named by its reference or its id. */
function isSite(reference: string | undefined, site: string): boolean {
  return reference === site || reference === `Organization/${site}`;
}

/** Returns the answer of `$overdue`, of the visits of all subjects. */
export function overdueParameters(
  { trial, asOf }: Moment,
  visits: readonly OutParameter[],
): Resource {
  return answerParameters({ name: 'study', record: trial.study, asOf }, visits);
}

/** Returns the visits of one subject that `$overdue` lists: late ones, and those whose activities are late. */
export function overdueVisits(
  { trial, asOf }: Moment,
  { records, schedule }: SubjectSchedule,
): readonly OutParameter[] {
  const lacking = new Set(
    timeDeviations({ trial, records, asOf }, schedule).map(({ about: code }) => code),
  );
  const site = siteOf({ records });
  return schedule.visits
    .filter(({ visit, state }) => isLate.has(state) || lacking.has(visit.code))
    .map(({ visit, window, state, missing }) =>
      outParts('visit', [
        out('subject', 'Reference', { reference: records.subject.key }),
        out('site', 'Reference', site === undefined ? undefined : { reference: site }),
        out('code', 'Code', visit.code),
        out('windowStart', 'Date', window?.start),
        out('windowEnd', 'Date', window?.end),
        out('state', 'Code', state),
        ...missing.map((id) => out('missing', 'Code', id)),
      ]),
    );
}
