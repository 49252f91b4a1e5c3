import { isBy } from './as-of.ts';
import { consentEnd } from './consent.ts';
import type { Question } from './criterion.ts';
import { plannedDays } from './dosing-gate.ts';
import { dayZero, dosesOf, firstInfusion } from './infusion.ts';
import { addDays, type LocalDate } from './local-time.ts';
import type { PlannedVisit } from './protocol-plan.ts';
import { isAhead } from './subject-status.ts';
import type { TrialRecord } from './subject-records.ts';
import type { Trial } from './trial.ts';
import { actualVisits } from './visit-actual.ts';
import { visitOf } from './visit-attribution.ts';

/** What the records of a subject say that its status should be. */
export interface Milestone {
  readonly status: string;
  /** The date or dateTime of what happened. */
  readonly since: string;
  /** What happened, as a sentence. */
  readonly reason: string;
}

/**
 * Returns the milestones of the study that a subject has reached at a moment, in their order: the first
 * infusion, the last planned dose, the end of the intensive follow-up, the end of the consent. The
 * server proposes their status; the site sets it. Without `isDated` one that time alone has reached is
 * said to be since then, even if it was reached before.
 */
export function milestonesOf(
  question: Question,
  { isDated }: { readonly isDated: boolean } = { isDated: true },
): readonly Milestone[] {
  const first = firstInfusion(question.records, question.trial.zone);
  if (first === undefined || !isBy(first.time, question.asOf)) return withdrawn(question);
  return [
    {
      status: 'on-study-intervention',
      since: first.time.text,
      reason: 'The first infusion was started.',
    },
    ...lastDose(question),
    ...followUp(question, { day0: first.date, isDated }),
    ...withdrawn(question),
  ];
}

/**
 * Returns the status that is due by the furthest milestone when the subject's own lags behind it;
 * undefined when it does not.
 */
export function laggingStatus(question: Question): Milestone | undefined {
  const { status } = question.records.subject.resource;
  if (typeof status !== 'string' || left.has(status)) return undefined;
  // Most subjects are in the last status that follows from visits, of which there are many.
  const reached = isAhead('follow-up', status)
    ? milestonesOf(question, { isDated: false })
    : withdrawn(question);
  return reached.filter((due) => due.status === 'withdrawn' || isAhead(due.status, status)).at(-1);
}

/** Returns whether a record of the subject is one that a milestone rests on. */
export function bearsOnStatus(record: TrialRecord, { trial, records }: Question): boolean {
  const { resourceType } = record.resource;
  if (bearing.has(resourceType)) return true;
  const day0 = dayZero(records, trial.zone);
  if (day0 === undefined) return false;
  return visitOf(record, records, { trial, day0 }) === closingVisit(trial, day0)?.code;
}

const bearing: ReadonlySet<string> = new Set([
  'Consent',
  'Encounter',
  'MedicationAdministration',
  'ResearchSubject',
]);

/** Statuses that nothing follows. */
const left: ReadonlySet<string> = new Set([
  'ineligible',
  'not-registered',
  'off-study',
  'withdrawn',
]);

const settled: ReadonlySet<unknown> = new Set(['completed', 'stopped', 'not-done']);

/** The last dose that the plan has was given, or it is known that it will not be. */
function lastDose({ records, trial }: Question): readonly Milestone[] {
  const day = plannedDays(trial.plan).at(-1);
  const dose = dosesOf(records, trial.zone).find(
    ({ cycle, plannedDay, record }) =>
      cycle === 1 && plannedDay === day && settled.has(record.resource['status']),
  );
  if (dose?.time === undefined) return [];
  const reason = 'The last planned dose was given or cancelled.';
  return [{ status: 'on-study-observation', since: dose.time.text, reason }];
}

function followUp(
  question: Question,
  { day0, isDated }: { readonly day0: LocalDate; readonly isDated: boolean },
): readonly Milestone[] {
  const { trial, asOf } = question;
  const closing = closingVisit(trial, day0)?.code ?? '';
  const over = addDays(day0, trial.parameters.number('PP-05') + 1);
  const passed = over <= asOf.date ? over : undefined;
  const done =
    passed !== undefined && !isDated
      ? undefined
      : actualVisits({ ...question, day0 }).get(closing)?.dated?.date;
  const since = [done, passed].filter((date) => date !== undefined).toSorted()[0];
  const reason = 'The intensive follow-up is over.';
  return since === undefined ? [] : [{ status: 'follow-up', since, reason }];
}

/** The visit that ends the intensive follow-up: the end of the horizon, PP-04, lies in its window. */
function closingVisit({ plan, parameters }: Trial, day0: LocalDate): PlannedVisit | undefined {
  const horizon = addDays(day0, parameters.number('PP-04'));
  const index = plan
    .windowsAt(day0)
    .findIndex(({ start, end }) => start <= horizon && horizon <= end);
  return plan.visits[index];
}

function withdrawn({ records, trial, asOf }: Question): readonly Milestone[] {
  const since = consentEnd(records, trial.zone);
  return since === undefined || since > asOf.date
    ? []
    : [{ status: 'withdrawn', since, reason: 'The consent was withdrawn.' }];
}
