import type { AsOf } from './as-of.ts';
import type { Question } from './criterion.ts';
import type { SubjectRecords } from './subject-records.ts';
import type { Trial } from './trial.ts';

/** What an endpoint reads of all subjects at a moment. */
export interface StudyQuestion {
  readonly trial: Trial;
  readonly subjects: readonly SubjectRecords[];
  readonly asOf: AsOf;
}

/** Returns the question of each subject. */
export function questionsOf({ trial, subjects, asOf }: StudyQuestion): readonly Question[] {
  return subjects.map((records) => ({ trial, records, asOf }));
}

/** Returns what a rule says of those subjects of whom it says something. */
export function foundOf<T>(
  question: StudyQuestion,
  rule: (question: Question) => T | undefined,
): readonly T[] {
  return questionsOf(question)
    .map(rule)
    .filter((found) => found !== undefined);
}
