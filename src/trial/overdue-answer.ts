import type { Resource } from '../fhir/resource.ts';
import type { AsOf } from './as-of.ts';
import { scheduleOf, siteOf, type Schedule, type VisitState } from './schedule.ts';
import { timeDeviations } from './schedule-deviations.ts';
import type { SubjectRecords, TrialRecord } from './subject-records.ts';
import type { Trial } from './trial.ts';
import { answerParameters, out, outParts, type OutParameter } from './trial-parameters.ts';

/** What `$overdue` is asked; `site` is the Organization whose subjects are listed, none: all. */
export interface OverdueQuestion {
  readonly trial: Trial;
  readonly subjects: readonly SubjectRecords[];
  readonly asOf: AsOf;
  readonly site: string | undefined;
}

/** The schedules that an answer is made of. */
export interface SubjectSchedule {
  readonly records: SubjectRecords;
  readonly schedule: Schedule;
}

const isLate: ReadonlySet<VisitState> = new Set(['overdue', 'missed']);

/** Returns the schedules of the subjects of the site. */
export function schedulesOf({
  trial,
  subjects,
  asOf,
  site,
}: OverdueQuestion): readonly SubjectSchedule[] {
  return subjects
    .filter(({ subject }) => isOfSite(subject, site))
    .map((records) => ({ records, schedule: scheduleOf({ trial, records, asOf }) }));
}

/** Returns whether a ResearchSubject is of the site; of undefined every one is. */
export function isOfSite(subject: TrialRecord, site: string | undefined): boolean {
  return site === undefined || isSite(siteOf({ records: { subject } }), site);
}

/** A site is named by its reference or its id. */
function isSite(reference: string | undefined, site: string): boolean {
  return reference === site || reference === `Organization/${site}`;
}

/** Returns the answer of `$overdue`: late visits, and visits whose activities are late. */
export function overdueAnswer(
  question: Pick<OverdueQuestion, 'trial' | 'asOf'>,
  schedules: readonly SubjectSchedule[],
): Resource {
  return overdueParameters(
    question,
    schedules.flatMap((one) => overdueVisits(question, one)),
  );
}

/** As `overdueAnswer`, of the visits of all subjects. */
export function overdueParameters(
  { trial, asOf }: Pick<OverdueQuestion, 'trial' | 'asOf'>,
  visits: readonly OutParameter[],
): Resource {
  return answerParameters({ name: 'study', record: trial.study, asOf }, visits);
}

/** Returns the visits of one subject that `$overdue` lists. */
export function overdueVisits(
  { trial, asOf }: Pick<OverdueQuestion, 'trial' | 'asOf'>,
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
