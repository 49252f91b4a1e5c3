import type { AsOf } from './as-of.ts';
import type { SubjectRecords, TrialRecord } from './subject-records.ts';
import type { Trial } from './trial.ts';

/** What was found about one criterion. */
export interface Criterion {
  /** `E1` … `E6`, `G1` … `G5` */
  readonly id: string;
  readonly state: CriterionState;
  /** Listed, never decisive. */
  readonly isAdvisory: boolean;
  readonly evidence: readonly TrialRecord[];
  readonly detail?: string;
}

/** The states of a criterion. */
export type CriterionState = 'met' | 'unmet' | 'unknown' | 'not-applicable';

/** What a rule reads of one subject at a moment. */
export interface Question {
  readonly trial: Trial;
  readonly records: SubjectRecords;
  readonly asOf: AsOf;
}
