import { bestResponseOf } from './best-response.ts';
import type { Question } from './criterion.ts';
import type { TumourResponse } from './tumour-response.ts';
import type { TrialRecord } from './subject-records.ts';

/** An investigator's overall response that its measurements do not give. */
export interface ResponseConflict {
  readonly record: TrialRecord;
  readonly recorded: TumourResponse;
  readonly recomputed: TumourResponse;
}

/** Returns the assessments of which the recorded response stands against the recomputed one (R6). */
export function responseConflicts(question: Question): readonly ResponseConflict[] {
  const assessments = bestResponseOf(question)?.assessments ?? [];
  return assessments.flatMap(({ record, response, recomputed }) =>
    recomputed === undefined || recomputed === response
      ? []
      : [{ record, recorded: response, recomputed }],
  );
}
