import type { Failure, Issue } from '../fhir/operation-outcome.ts';

/**
 * Returns the issues as those of the entry at `place` (`Bundle.entry[3]`): what an expression names in
 * the resource is named in the Bundle. Without a place they stay as they are.
 */
export function placed(issues: readonly Issue[], place: string | undefined): readonly Issue[] {
  if (place === undefined) return issues;
  return issues.map((issue) => ({
    ...issue,
    expression: issue.expression?.map((expression) =>
      expression.startsWith(place)
        ? expression
        : `${place}.resource${expression.replace(/^[A-Za-z]+/u, '')}`,
    ) ?? [place],
  }));
}

/** Returns one failure of all the issues; its kind is that of the first. Undefined without failures. */
export function combined(failures: readonly Failure[]): Failure | undefined {
  const first = failures[0];
  return first === undefined
    ? undefined
    : { kind: first.kind, issues: failures.flatMap((failure) => failure.issues) };
}
