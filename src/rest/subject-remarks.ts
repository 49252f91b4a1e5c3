import type { Issue } from '../fhir/operation-outcome.ts';
import type { Question } from '../trial/criterion.ts';
import { remarksOn } from '../trial/record-remark.ts';
import type { TrialRecord } from '../trial/subject-records.ts';

/** Warns, by the keys of written records, where they disagree with the other records of their subject. */
export function remarkIssues(
  question: Question,
  written: readonly TrialRecord[],
): ReadonlyMap<string, readonly Issue[]> {
  const issues = new Map<string, readonly Issue[]>();
  for (const record of written) {
    const remarks = remarksOn(record, question);
    if (remarks.length === 0) continue;
    issues.set(
      record.key,
      remarks.map((remark) => ({
        severity: 'warning',
        code: 'business-rule',
        text: remark.text,
        expression: [remark.expression],
        rule: remark.rule,
      })),
    );
  }
  return issues;
}
