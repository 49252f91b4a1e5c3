import { exact } from './statistics/exact.ts';

/** Responses of RECIST 1.1, as the answers name them. */
export type TumourResponse = 'CR' | 'PR' | 'SD' | 'PD' | 'NE' | 'NON-CR/NON-PD' | 'NED';

/** What the target lesions of one time point measure. */
export interface TargetState {
  /** All non-nodal targets are gone and all nodes below 10 mm. */
  readonly isGone: boolean;
  /** Of all targets, mm; undefined when one is missing. */
  readonly sum: number | undefined;
  /** Of those that were measured, mm. */
  readonly partialSum: number;
}

/** The sums, in mm, that a time point is compared with. */
export interface TargetReference {
  readonly baseline: number;
  /** The smallest before this time point, baseline included. */
  readonly nadir: number;
}

/** RECIST 1.1, 4.3.1: the percentages and the least growth. */
const partialPercent = 30;
const progressionPercent = 20;
const progressionMillimetres = 5;

/**
 * Returns the response of the target lesions.
 *
 * @see https://doi.org/10.1016/j.ejca.2008.10.026 RECIST 1.1, section 4.3.1
 */
export function targetResponse(state: TargetState, reference: TargetReference): TumourResponse {
  if (hasGrown(state.sum ?? state.partialSum, reference.nadir)) return 'PD';
  if (state.sum === undefined) return 'NE';
  if (state.isGone) return 'CR';
  const change = exact(percentOf(state.sum - reference.baseline, reference.baseline));
  return change <= -partialPercent ? 'PR' : 'SD';
}

function hasGrown(sum: number, nadir: number): boolean {
  const growth = exact(sum - nadir);
  return growth >= progressionMillimetres && exact(percentOf(growth, nadir)) >= progressionPercent;
}

/** Returns a change in percent of what it began from; of nothing any growth is without end. */
export function percentOf(change: number, of: number): number {
  if (of === 0) return change === 0 ? 0 : Infinity;
  return (100 * change) / of;
}

/** Returns the response of the non-target lesions by the status of each, undefined of one not seen. */
export function nonTargetResponse(statuses: readonly (string | undefined)[]): TumourResponse {
  if (statuses.includes('unequivocal-progression')) return 'PD';
  if (statuses.includes(undefined)) return 'NE';
  return statuses.every((status) => status === 'absent') ? 'CR' : 'NON-CR/NON-PD';
}

/**
 * Returns the overall response of a time point; a kind of lesion that the subject has not is undefined.
 * Undefined when it has neither.
 *
 * @see https://doi.org/10.1016/j.ejca.2008.10.026 RECIST 1.1, tables 1 and 2
 */
export function overallResponse(
  target: TumourResponse | undefined,
  nonTarget: TumourResponse | undefined,
  hasNewLesion: boolean,
): TumourResponse | undefined {
  if (hasNewLesion || target === 'PD' || nonTarget === 'PD') return 'PD';
  if (target === undefined) return nonTarget;
  if (target !== 'CR') return target;
  return nonTarget === undefined || nonTarget === 'CR' ? 'CR' : 'PR';
}
