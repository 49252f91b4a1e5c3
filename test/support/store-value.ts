import type { Result } from '../../src/fhir/result.ts';

/** Returns the value of a result that must be successful. */
export function value<T>(result: Result<T>): T {
  if (!result.ok) {
    throw new Error(result.failure.issues.map((issue) => issue.text).join(' '));
  }
  return result.value;
}
