import type { Issue } from '../fhir/operation-outcome.ts';
import type { Question } from '../trial/criterion.ts';
import { bearsOnStatus, laggingStatus } from '../trial/status-milestone.ts';
import type { TrialRecord } from '../trial/subject-records.ts';

/**
 * Warns, at the first of the written records that bears on it, that the status of a subject lags behind
 * what its records say: the server proposes the status, the site sets it.
 */
export function lagIssues(
  question: Question,
  written: readonly TrialRecord[],
): ReadonlyMap<string, readonly Issue[]> {
  const record = written.find((one) => bearsOnStatus(one, question));
  const due = record === undefined ? undefined : laggingStatus(question);
  if (record === undefined || due === undefined) return new Map();
  const { resourceType } = record.resource;
  const isSubject = resourceType === 'ResearchSubject';
  const issue: Issue = {
    severity: 'warning',
    code: 'business-rule',
    text: `The status of the subject lags. ${due.reason} Set it to ${due.status}.`,
    expression: [isSubject ? 'ResearchSubject.status' : resourceType],
    rule: 'status-lags',
  };
  return new Map([[record.key, [issue]]]);
}
