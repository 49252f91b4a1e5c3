import type { Issue } from '../fhir/operation-outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import { textOf } from '../trial/element.ts';
import { statusChange } from '../trial/subject-status.ts';

/**
 * Returns what the protocol says of the status that a client's write gives a subject: an error for a
 * step that it does not know, a warning where steps were left out. `current` is undefined at create.
 */
export function statusIssues(current: Resource | undefined, next: Resource): readonly Issue[] {
  const [before, after] = [textOf(current?.['status']), textOf(next['status'])];
  if (after === undefined) return [];
  const change = statusChange(before, after);
  if (change === 'kept' || change === 'step') return [];
  const isSkip = change === 'skip';
  const text = isSkip
    ? `Steps of the protocol between ${before ?? ''} and ${after} were left out.`
    : before === undefined
      ? `No subject begins as ${after}: create it as screening, then $enrol brings it on study.`
      : `The protocol has no step from ${before} to ${after}; only $enrol brings a subject on study.`;
  return [
    {
      severity: isSkip ? 'warning' : 'error',
      code: 'business-rule',
      text,
      expression: ['ResearchSubject.status'],
      rule: 'status-transition',
    },
  ];
}
