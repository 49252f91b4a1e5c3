import { recordsOfActivity } from './activity.ts';
import { addDays, at } from './calendar.ts';
import type { Course } from './course.ts';
import { recordIdentifier, type CohortResource } from './record.ts';
import { visitExtension } from './vocabulary.ts';

/** The last study day that a subject spends on the ward. */
const wardDayLast = 28;

/** When vital signs are taken on the ward: at each of the three shifts, and before the night. */
const rounds = ['06:30', '12:30', '18:30', '22:30'] as const;

/** When blood is drawn on the ward. */
const bloodTime = '06:00';

/**
 * Returns what the ward charts on one study day: vital signs four times and laboratory values once, at
 * no visit of the plan. Empty after day 28, when the subject has gone home.
 */
export function wardRecords(course: Course, day: number): readonly CohortResource[] {
  if (day < 0 || day > wardDayLast) return [];
  const attendance = { course, visit: 'UNS', date: addDays(course.day0, day), day };
  const taken = (activity: string, time: string) =>
    (recordsOfActivity[activity]?.(attendance) ?? []).map((record) =>
      charted(record, {
        course,
        name: `${activity}-${day}-${time}`,
        when: at(attendance.date, time),
      }),
    );
  return [...rounds.flatMap((time) => taken('vitals', time)), ...taken('labs', bloodTime)];
}

interface Charted {
  readonly course: Course;
  readonly name: string;
  readonly when: string;
}

/** Several records of one day differ by their time and their identifier. */
function charted(record: CohortResource, { course, name, when }: Charted): CohortResource {
  const code = JSON.stringify(record['code']);
  const loinc = /"code":"([^"]+)"/u.exec(code)?.[1] ?? '';
  return {
    ...record,
    extension: [visitExtension('UNS')],
    identifier: [recordIdentifier(course, `ward-${name.replace(':', '')}-${loinc}`)],
    effectiveDateTime: when,
  };
}
