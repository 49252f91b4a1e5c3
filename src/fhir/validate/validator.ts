import type { JsonDocument } from '../json/json-document.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { Issue } from '../operation-outcome.ts';

/**
 * Validates content alone: pure, all findings at once, compiled for each profile on first use.
 *
 * @see https://hl7.org/fhir/R4/validation.html
 */
export interface Validator {
  /**
   * Validates against base R4, each profile that `meta.profile` claims, and `demanded` (canonicals).
   * Expressions start with the resource's type (`Observation.component[1].value.ofType(Quantity)`).
   */
  validate(document: JsonDocument, demanded?: readonly string[]): Validation;
  /**
   * The same as `validate`, for documents that may be large: it awaits `pace` between the entries of a
   * Bundle, so that the caller can let others go on.
   */
  validatePaced(
    document: JsonDocument,
    pace: Pace,
    demanded?: readonly string[],
  ): Promise<Validation>;
  /** The same for a tree without its text, as an operation makes it. */
  validateTree(tree: JsonObject, demanded?: readonly string[]): Validation;
  /** In words why resources cannot be held to the profile, or not to all of it; empty when they can. */
  profileProblems(canonical: string): readonly string[];
}

/** Resolves when the work that calls it may go on. */
export type Pace = () => Promise<void>;

/** What validation found, and what it could not decide from the content alone. */
export interface Validation {
  readonly issues: readonly Issue[];
  readonly references: readonly ReferenceDemand[];
}

/**
 * A reference that leaves the resource, and what the profiles demand of its target. The target's type
 * was already checked where the reference names it. `targetProfiles` empty: any resource of the types.
 */
export interface ReferenceDemand {
  readonly expression: string;
  readonly reference: string;
  readonly targetTypes: readonly string[];
  /** Satisfying one of them is enough; base R4 types are not listed. */
  readonly targetProfiles: readonly string[];
  /** The profile that demands it. */
  readonly profile: string;
}

/** Whether an issue refuses a resource: errors and fatal ones do, warnings are stored with it. */
export function refuses(issue: Issue): boolean {
  return issue.severity === 'error' || issue.severity === 'fatal';
}
