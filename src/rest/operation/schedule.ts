import type { Failure } from '../../fhir/operation-outcome.ts';
import { success, type Result } from '../../fhir/result.ts';
import { deviationChanges, type DeviationChange } from '../../trial/deviation-changes.ts';
import type { DeviationCode } from '../../trial/deviation.ts';
import { loadSubject } from '../../trial/load-records.ts';
import { studySubjects } from '../../trial/load-subjects.ts';
import { trialPreconditions } from '../../trial/load-trial.ts';
import {
  isOfSite,
  overdueParameters,
  overdueVisits,
  type Moment,
  type SubjectSchedule,
} from '../../trial/overdue-answer.ts';
import { scheduleCarePlan } from '../../trial/schedule-care-plan.ts';
import { timeDeviations } from '../../trial/schedule-deviations.ts';
import { scheduleOf } from '../../trial/schedule.ts';
import type { OperationRow } from '../operation-row.ts';
import type { Interaction, RestContext, RestRequest } from '../rest.ts';
import { commitPrepared, type Prepared } from '../write-prepared.ts';
import { deviationIntents, ownIntent } from './deviation-intents.ts';
import {
  askedOf,
  checkStudy,
  knownRecords,
  recordsOf,
  resourceResponse,
  rowOf,
  type KnownRecords,
} from './trial-operation.ts';
import type { TrialInput } from './trial-input.ts';
import type { OutParameter } from '../../trial/trial-parameters.ts';
import { createPace } from '../write-pace.ts';
import type { WriteOutcome } from '../write-intent.ts';

/** The codes that time alone makes. */
const timeCodes: ReadonlySet<DeviationCode> = new Set(['visit-missed', 'activity-missed']);

const isWrite = ({ method }: RestRequest): boolean => method === 'POST';

/** The row of `$schedule`: a GET answers, a POST also stores the CarePlan and what time has made late. */
export const scheduleOperation: OperationRow = {
  ...rowOf('schedule', 'ResearchSubject'),
  run: async (context, request) => schedule(context, request),
};

const plannedDay0: TrialInput = { name: 'plannedDay0', type: 'date' };

const schedule: Interaction = async (context, request) => {
  const asked = await askedOf(context, request, isWrite(request) ? [plannedDay0] : []);
  if (!asked.ok) return asked;
  if (isWrite(request)) {
    const [, id = ''] = request.path;
    const written = await commitPrepared(
      context,
      { ...request, asServer: true },
      {
        turnKeys: [`ResearchSubject/${id}`],
        prepare: async () => prepareSchedule(context, request),
      },
    );
    if (!written.ok) return written;
    const plan = written.value.find(({ type }) => type === 'CarePlan');
    if (plan?.text !== undefined) return success({ status: 200, headers: {}, body: plan.text });
  }
  const records = await recordsOf(context, request);
  if (!records.ok) return records;
  const question = { ...asked.value, records: records.value };
  return success(resourceResponse(scheduleCarePlan(question, scheduleOf(question))));
};

async function prepareSchedule(
  context: RestContext,
  request: RestRequest,
): Promise<Result<Prepared>> {
  const asked = await askedOf(context, request, [plannedDay0]);
  if (!asked.ok) return asked;
  const known = await knownRecords(context, request);
  if (!known.ok) return known;
  const { records } = known.value;
  const planned = asked.value.inputs.get('plannedDay0');
  const question = {
    ...asked.value,
    records,
    ...(planned === undefined ? {} : { plannedDay0: String(planned) }),
  };
  const found = scheduleOf(question);
  const stored = records.of('subject-schedule').at(-1);
  const plan = ownIntent(context, scheduleCarePlan(question, found), stored);
  if (!plan.ok) return plan;
  const late = prepareLate(context, question, { schedule: found, ...known.value });
  return late.ok ? success({ ...late.value, intents: [plan.value, ...late.value.intents] }) : late;
}

/** The deviations alone, which hold while neither the subject nor the trial changes. */
function prepareLate(
  context: RestContext,
  question: Moment,
  { preconditions, ...one }: SubjectSchedule & KnownRecords,
): Result<Prepared> {
  const intents = deviationIntents(context, lateChanges(context, question, one));
  if (!intents.ok) return intents;
  return success({
    intents: intents.value,
    preconditions: [...preconditions, ...trialPreconditions(question.trial)],
  });
}

function lateChanges(
  context: RestContext,
  question: Moment,
  { records, schedule: found }: SubjectSchedule,
): readonly DeviationChange[] {
  return deviationChanges(
    records.of('deviation'),
    timeDeviations({ ...question, records }, found),
    { codes: timeCodes, identified: context.clock() },
  );
}

/** The row of `$overdue`: a GET answers, a POST also stores what time has made late. */
export const overdueOperation: OperationRow = {
  ...rowOf('overdue', 'ResearchStudy'),
  run: async (context, request) => overdue(context, request),
};

const overdueInputs: readonly TrialInput[] = [{ name: 'site', type: 'string' }];

/**
 * Each subject has a commit of its own: what is written stays, and a repetition writes what is left.
 * Of each subject only the answer is kept, for all records of all subjects may be too many at once.
 */
const overdue: Interaction = async (context, request) => {
  const asked = await askedOf(context, request, overdueInputs);
  if (!asked.ok) return asked;
  const study = checkStudy(request, asked.value.trial);
  if (!study.ok) return study;
  const source = { ...context, access: request.access };
  const subjects = await studySubjects(source);
  if (!subjects.ok) return subjects;
  const site = asked.value.inputs.get('site')?.toString();
  const pace = createPace();
  const visits: OutParameter[] = [];
  for (const subject of subjects.value.filter((one) => isOfSite(one, site))) {
    const records = await loadSubject(source, subject);
    if (!records.ok) return records;
    const question = { ...asked.value, records: records.value };
    const one = { records: records.value, schedule: scheduleOf(question) };
    visits.push(...overdueVisits(question, one));
    if (isWrite(request) && lateChanges(context, question, one).length > 0) {
      const written = await commitOverdue(context, request, subject.key);
      if (!written.ok) return written;
    }
    await pace();
  }
  return success(resourceResponse(overdueParameters(asked.value, visits)));
};

/**
 * Writes what time has made late of one subject, by what is stored then. One who is there no more has
 * nothing written.
 */
async function commitOverdue(
  context: RestContext,
  request: RestRequest,
  subjectKey: string,
): Promise<Result<readonly WriteOutcome[]>> {
  const ofSubject = { ...request, path: subjectKey.split('/') };
  return commitPrepared(
    context,
    { ...request, asServer: true },
    {
      turnKeys: [subjectKey],
      prepare: async () => {
        const asked = await askedOf(context, request, overdueInputs);
        if (!asked.ok) return asked;
        const known = await knownRecords(context, ofSubject);
        if (!known.ok) return isAbsent(known.failure) ? success({ intents: [] }) : known;
        const { records } = known.value;
        const schedule = scheduleOf({ ...asked.value, records });
        return prepareLate(context, asked.value, { schedule, ...known.value });
      },
    },
  );
}

function isAbsent({ kind }: Failure): boolean {
  return kind === 'not-found' || kind === 'gone';
}
