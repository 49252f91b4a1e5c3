import { codeSystem } from './canonical.ts';
import { compartmentOf, type Compartment } from './compartment.ts';
import { collectedSamples, type CollectedSample } from './collected-sample.ts';
import type { Question } from './criterion.ts';
import type { Infused } from './infused.ts';
import { codedValue, componentOf, measured } from './observation-value.ts';
import type { TrialRecord } from './subject-records.ts';

/** The subsets whose trend is followed. */
export const subsetCodes = ['tcm', 'tem', 'treg'] as const;

/** One flow cytometry of the gate of all CAR T cells. */
export interface SubsetSample extends CollectedSample {
  readonly compartment: Compartment | undefined;
  /** % of the gate; of a subset that was not measured there is none. */
  readonly percent: ReadonlyMap<string, number>;
  /** Why it does not count; undefined when it does. */
  readonly exclusion: string | undefined;
}

/** The one gate that is followed: percentages of different gates are never mixed. */
const gate = 'car-cd3';
/** Fewer cells than this have no subsets, `/uL`. */
const cellsMin = 1;

/** Returns the samples that had been collected by the moment, in time order. */
export function subsetSamples(question: Question, infused: Infused): readonly SubsetSample[] {
  return collectedSamples(question, infused, 'tcell-subsets', ({ record }) => {
    const parent = componentOf(record.resource, codeSystem('code'), 'parent-gate');
    const named = parent === undefined ? undefined : codedValue(parent, codeSystem('gate'));
    if (named !== undefined && named !== gate) return undefined;
    const numbers = subsetCodes.flatMap((code) => {
      const value = numberOf(record, code);
      return value === undefined ? [] : ([[code, value]] as const);
    });
    const percent: ReadonlyMap<string, number> = new Map(numbers);
    const isEmpty =
      named === undefined || percent.size === 0 || numberOf(record, 'car-of-cd3') === 0;
    const compartment = compartmentOf(record.resource, question.records);
    return { compartment, percent, exclusion: exclusionOf(record, isEmpty) };
  });
}

function numberOf({ resource }: TrialRecord, code: string): number | undefined {
  return measured(componentOf(resource, codeSystem('code'), code)?.['valueQuantity'])?.value;
}

function exclusionOf(record: TrialRecord, isEmpty: boolean): string | undefined {
  const cells = numberOf(record, 'car-count');
  if (cells !== undefined && cells < cellsMin) return 'The count of CAR T cells is below 1 /uL.';
  return isEmpty ? 'The parent gate has no events.' : undefined;
}
