import type { CodeIndex } from './code-index.ts';
import type { Coding, Membership } from './terminology.ts';

/** A value set that was compiled once. */
export interface CompiledValueSet {
  readonly membership: (system: string | undefined, code: string) => Membership;
  /** Undefined when the codes cannot be enumerated. */
  readonly expansion: () => readonly Coding[] | undefined;
}

/** Where a value set finds what it includes. */
export interface Contents {
  readonly indexOf: (system: string) => CodeIndex | undefined;
  readonly valueSetOf: (canonical: string) => CompiledValueSet | undefined;
}
