import type { JsonObject } from '../fhir/json/json-value.ts';
import type { Resource } from '../fhir/resource.ts';
import { codeSystem, profile } from './canonical.ts';
import type { Question } from './criterion.ts';
import type { Schedule, ScheduledVisit, VisitState } from './schedule.ts';

const statuses: Readonly<Record<VisitState, string>> = {
  planned: 'not-started',
  due: 'scheduled',
  done: 'completed',
  'done-out-of-window': 'completed',
  overdue: 'on-hold',
  missed: 'stopped',
  'not-applicable': 'cancelled',
};

/** Returns the CarePlan of a schedule, without id. */
export function scheduleCarePlan({ trial, records }: Question, schedule: Schedule): Resource {
  return {
    resourceType: 'CarePlan',
    meta: { profile: [profile('subject-schedule')] },
    instantiatesCanonical: [trial.plan.canonical],
    status: 'active',
    intent: 'plan',
    subject: records.subject.resource['individual'],
    ...(schedule.day0 === undefined ? {} : { period: { start: schedule.day0 } }),
    supportingInfo: [{ reference: records.subject.key }],
    activity: schedule.visits.map(activityOf),
  };
}

function activityOf({ visit, window, state, actual, missing }: ScheduledVisit): JsonObject {
  const progress = [
    ...(actual.dated === undefined ? [] : [{ time: actual.dated.date, text: 'done' }]),
    ...(missing.length === 0 ? [] : [{ text: `missing: ${missing.join(', ')}` }]),
  ];
  return {
    ...(actual.records.length === 0
      ? {}
      : { outcomeReference: actual.records.map(({ key }) => ({ reference: key })) }),
    ...(progress.length === 0 ? {} : { progress }),
    detail: {
      kind: 'Appointment',
      code: {
        coding: [{ system: codeSystem('visit'), code: visit.code, display: visit.title }],
      },
      status: statuses[state],
      statusReason: { text: state },
      ...(window === undefined
        ? {}
        : {
            scheduledPeriod: { start: window.start, end: window.end },
            description: window.target,
          }),
    },
  };
}
