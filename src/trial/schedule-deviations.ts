import type { Question } from './criterion.ts';
import type { Deviation } from './deviation.ts';
import { addDays } from './local-time.ts';
import type { Schedule, ScheduledVisit } from './schedule.ts';
import { referenceKey } from './subject-records.ts';

/** Returns the deviations that time alone makes: visits that were missed, activities that a visit lacks. */
export function timeDeviations(question: Question, schedule: Schedule): readonly Deviation[] {
  return schedule.visits.flatMap((scheduled) => {
    const { visit, window, state, missing } = scheduled;
    if (window === undefined) return [];
    if (state === 'missed') {
      const severity = isIntensive(question, scheduled) ? 'moderate' : 'low';
      const detail = `Visit ${visit.code} was missed; its window ended on ${window.end}.`;
      return [
        ofVisit(question, scheduled, { code: 'visit-missed', rule: 'R4/missed', severity, detail }),
      ];
    }
    const isDone = state === 'done' || state === 'done-out-of-window';
    const grace = addDays(window.end, question.trial.parameters.number('PP-19'));
    if (!isDone || missing.length === 0 || question.asOf.date <= grace) return [];
    const detail = `Visit ${visit.code} lacks: ${missing.join(', ')}.`;
    return [
      ofVisit(question, scheduled, {
        code: 'activity-missed',
        rule: 'R4/activity',
        severity: 'low',
        detail,
      }),
    ];
  });
}

interface VisitFinding extends Pick<Deviation, 'code' | 'severity' | 'detail'> {
  readonly rule: string;
}

function ofVisit(
  { records }: Question,
  { visit }: ScheduledVisit,
  finding: VisitFinding,
): Deviation {
  const { rule, ...rest } = finding;
  const { key, resource } = records.subject;
  return {
    ...rest,
    rules: [rule],
    subject: key,
    patient: referenceKey(resource['individual']) ?? '',
    implicated: [key],
    about: visit.code,
    discovery: 'prospective',
  };
}

/** PP-14 is the time around the doses, PP-04 the horizon of the primary endpoint. */
function isIntensive({ trial: { parameters } }: Question, { visit }: ScheduledVisit): boolean {
  const { target = 0, unit = 'd' } = visit.offset ?? {};
  if (unit !== 'd') return false;
  const isAround = target >= parameters.number('PP-14') && target <= parameters.number('PP-14', 1);
  return isAround || target === parameters.number('PP-04');
}

/** Returns the visits whose actual date lies outside their window. */
export function windowDeviations(question: Question, schedule: Schedule): readonly Deviation[] {
  const { key, resource } = question.records.subject;
  return schedule.visits.flatMap(({ visit, window, state, actual: { dated } }) => {
    if (state !== 'done-out-of-window' || dated === undefined || window === undefined) return [];
    return [
      {
        code: 'visit-out-of-window',
        rules: ['R4/window'],
        severity: 'low',
        subject: key,
        patient: referenceKey(resource['individual']) ?? '',
        implicated: [dated.record.key],
        about: dated.record.key,
        detail: `Visit ${visit.code} took place on ${dated.date}; its window is ${window.start} to ${window.end}.`,
        discovery: 'prospective',
      },
    ];
  });
}
