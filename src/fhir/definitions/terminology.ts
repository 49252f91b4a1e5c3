/** Whether a code is in a value set: `unknown` when that needs content or a filter that is not shipped. */
export type Membership = 'in' | 'out' | 'unknown';

/**
 * Answers questions of codes from shipped value sets and code systems alone.
 *
 * @see https://hl7.org/fhir/R4/terminologies.html
 */
export interface Terminology {
  /** `system` undefined: any system of the value set may define the code (type `code`). `valueSet` is a canonical. */
  membership(valueSet: string, system: string | undefined, code: string): Membership;
  /** The codes of a value set that can be enumerated, for `:in` and the JSON Schema; undefined when it cannot. */
  expansion(valueSet: string): readonly Coding[] | undefined;
  /** Whether the code system defines the code; `unknown` for a system that is not shipped or not complete. */
  definesCode(system: string, code: string): Membership;
  /** The displays that a code has, its own first; none when the system is not shipped whole or has none for it. */
  displays(system: string, code: string): readonly string[];
  /** `code` and every shipped code below it. */
  subsumed(system: string, code: string): readonly string[];
}

/** A code of a code system. */
export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}
