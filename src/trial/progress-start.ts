import { dispositionsOf } from './consent.ts';
import type { Question } from './criterion.ts';
import { textOf } from './element.ts';
import { readTime } from './local-time.ts';
import { lastProgress } from './progress.ts';
import { milestonesOf } from './status-milestone.ts';

/**
 * Returns since when a subject is in the state that a site gives it now: since what brings a subject
 * there by the protocol, when that is known and not before the state that went before; else since now.
 */
export function progressStart(question: Question): string {
  const { records, trial, asOf } = question;
  const status = textOf(records.subject.resource['status']) ?? '';
  const known = leaving.has(status)
    ? dispositionsOf(records.subject).at(-1)?.date
    : milestonesOf(question).find((milestone) => milestone.status === status)?.since;
  const [time, before] = [known, lastProgress(records.subject.resource)].map((text) =>
    readTime(text, trial.zone),
  );
  const isAfter = time !== undefined && (before === undefined || before.start < time.end);
  return isAfter && time.start <= asOf.at ? time.text : asOf.text;
}

const leaving: ReadonlySet<string> = new Set(['ineligible', 'off-study', 'withdrawn']);
