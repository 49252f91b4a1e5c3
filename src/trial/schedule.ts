import type { Question } from './criterion.ts';
import { objectsOf, textOf } from './element.ts';
import { isJsonObject } from '../fhir/json/json-value.ts';
import { dayZero } from './infusion.ts';
import { addDays, type LocalDate } from './local-time.ts';
import { conditionVariables } from './plan-condition.ts';
import type { PlannedVisit, VisitWindow } from './protocol-plan.ts';
import { scheduleEnd } from './study-end.ts';
import { actualVisits, type ActualVisit } from './visit-actual.ts';

/** The states of a visit. */
export type VisitState =
  'planned' | 'due' | 'done' | 'done-out-of-window' | 'overdue' | 'missed' | 'not-applicable';

/** A visit of one subject. */
export interface ScheduledVisit {
  readonly visit: PlannedVisit;
  /** Undefined while neither Day 0 nor a planned one is known. */
  readonly window: VisitWindow | undefined;
  readonly state: VisitState;
  readonly actual: ActualVisit;
  /** Ids of required activities that apply and have no record; none before the window is over. */
  readonly missing: readonly string[];
}

/** The schedule of one subject. */
export interface Schedule {
  /** What the windows are counted from: Day 0, before the first infusion the planned one. */
  readonly day0: LocalDate | undefined;
  readonly isInfused: boolean;
  readonly visits: readonly ScheduledVisit[];
}

/** Returns the schedule of a subject; `plannedDay0` counts before the first infusion. */
export function scheduleOf(question: Question & { readonly plannedDay0?: LocalDate }): Schedule {
  const schedule = visitsOf(question);
  const { day0 } = schedule;
  if (day0 === undefined) return schedule;
  const visits = schedule.visits.map((visit) => ({
    ...visit,
    missing: missingOf(question, visit, day0),
  }));
  return { ...schedule, visits };
}

/** Returns the schedule of a subject without what its visits lack, which takes longer to find. */
export function visitsOf(question: Question & { readonly plannedDay0?: LocalDate }): Schedule {
  const { trial, records, asOf } = question;
  const { day0, isInfused } = anchorOf(question);
  const actual = actualVisits({ ...question, day0 });
  const end = scheduleEnd(records, trial.zone, asOf);
  const windows = day0 === undefined ? [] : trial.plan.windowsAt(day0);
  const starts = windows.map(({ start }) => start).toSorted();
  const visits = trial.plan.visits.map((visit, index): ScheduledVisit => {
    const happened = actual.get(visit.code) ?? nothing;
    const window = windows[index];
    if (window === undefined) {
      return { visit, window, state: 'planned', actual: happened, missing: [] };
    }
    const next = starts.find((start) => start > window.end);
    const state =
      visitedState(window, happened) ??
      (isPastEnd(visit, window, end) ? 'not-applicable' : timeState(question, { window, next }));
    return { visit, window, state, actual: happened, missing: [] };
  });
  return { day0, isInfused, visits };
}

/** Returns what the windows of a subject are counted from, and whether it is the first infusion. */
export function anchorOf(
  question: Question & { readonly plannedDay0?: LocalDate },
): Pick<Schedule, 'day0' | 'isInfused'> {
  const first = dayZero(question.records, question.trial.zone);
  return first !== undefined && first <= question.asOf.date
    ? { day0: first, isInfused: true }
    : { day0: question.plannedDay0 ?? storedDay0(question), isInfused: false };
}

const nothing: ActualVisit = { records: [], settled: new Set(), dated: undefined };

/** What `POST $schedule` kept of a planned Day 0. */
function storedDay0({ records }: Question): LocalDate | undefined {
  const period = records.of('subject-schedule').at(-1)?.resource['period'];
  return isJsonObject(period) ? textOf(period['start'])?.slice(0, 10) : undefined;
}

function visitedState(window: VisitWindow, { dated }: ActualVisit): VisitState | undefined {
  if (dated === undefined) return undefined;
  const isInside = window.start <= dated.date && dated.date <= window.end;
  return isInside ? 'done' : 'done-out-of-window';
}

function isPastEnd(visit: PlannedVisit, window: VisitWindow, end: LocalDate | undefined): boolean {
  return visit.isOptional || (end !== undefined && window.end >= end);
}

interface TimeFacts {
  readonly window: VisitWindow;
  /** When the next window opens. */
  readonly next: LocalDate | undefined;
}

function timeState({ trial, asOf }: Question, { window, next }: TimeFacts): VisitState {
  const { date } = asOf;
  if (date < window.start) return 'planned';
  if (date <= window.end) return 'due';
  const grace = addDays(window.end, trial.parameters.number('PP-19'));
  return date > grace || (next !== undefined && date >= next) ? 'missed' : 'overdue';
}

const late: ReadonlySet<VisitState> = new Set(['done', 'done-out-of-window', 'overdue', 'missed']);

function missingOf(
  question: Question,
  { visit, window, state, actual }: ScheduledVisit,
  day0: LocalDate,
): readonly string[] {
  const isOver = window !== undefined && question.asOf.date > window.end;
  if (window === undefined || !isOver || !late.has(state)) return [];
  const open = visit.activities.filter(
    ({ id, isRequired }) => isRequired && !actual.settled.has(id),
  );
  const isConditional = open.some(({ condition }) => condition !== undefined);
  const variables = isConditional
    ? conditionVariables({ ...question, day0 }, visit, actual.dated?.date ?? window.target)
    : new Map<string, never>();
  return open
    .filter(
      ({ condition }) => condition === undefined || question.trial.holds(condition, variables),
    )
    .map(({ id }) => id);
}

/** Returns the site of a subject. */
export function siteOf({
  records,
}: {
  readonly records: Pick<Question['records'], 'subject'>;
}): string | undefined {
  const extension = objectsOf(records.subject.resource['extension']).find(({ url }) =>
    textOf(url)?.endsWith('/h2c-subject-site'),
  );
  const reference = extension?.['valueReference'];
  return isJsonObject(reference) ? textOf(reference['reference']) : undefined;
}
