import { codeSystem } from './canonical.ts';
import type { Question } from './criterion.ts';
import {
  derivedFromKeys,
  lesionMeasurements,
  lesionsOf,
  type Lesion,
  type LesionMeasurement,
} from './lesion.ts';
import { addDays, type LocalDate } from './local-time.ts';
import { codedValue } from './observation-value.ts';
import {
  isSameTimePoint,
  recordedResponses,
  responseOf,
  responsesOf,
  type DatedRecord,
  type RecordedResponse,
} from './response-assessment.ts';
import type { TrialRecord } from './subject-records.ts';
import {
  nonTargetResponse,
  overallResponse,
  percentOf,
  targetResponse,
  type TargetState,
  type TumourResponse,
} from './tumour-response.ts';

/** One time point after Day 0: what was recorded, and what the measurements say. */
export interface Assessment extends RecordedResponse {
  /** Undefined when nothing was measured, or no baseline is known. */
  readonly recomputed: TumourResponse | undefined;
  readonly percentChangeFromBaseline: number | undefined;
  readonly percentChangeFromNadir: number | undefined;
  /** What was measured at this time point. */
  readonly measurements: readonly TrialRecord[];
}

/** The lesions as they were before Day 0. */
export interface Baseline {
  readonly targets: readonly Lesion[];
  /** mm; undefined without target lesions that were measured. */
  readonly sum: number | undefined;
  readonly hasLesion: boolean;
  readonly records: readonly TrialRecord[];
}

/**
 * RECIST 1.1, 3.2.1 and 4.2: a scan older than this is no baseline; so many target lesions are followed,
 * so many of one organ.
 *
 * @see https://doi.org/10.1016/j.ejca.2008.10.026
 */
const baselineDays = 28;
const targetsMax = 5;
const targetsPerOrganMax = 2;

/** Returns what is known of the lesions before Day 0. */
export function baselineOf(question: Question, day0: LocalDate): Baseline {
  const lesions = lesionsOf(question);
  const isBaseline = ({ date }: { readonly date: LocalDate }) =>
    date < day0 && date >= addDays(day0, -baselineDays);
  const measurements = lesionMeasurements(question, lesions).filter(isBaseline);
  const targets: Lesion[] = [];
  for (const lesion of lesions.filter(({ role }) => role === 'target')) {
    const isMeasured = sizeOf(lesion, measurements) !== undefined;
    const inOrgan = targets.filter(({ organ }) => organ === lesion.organ).length;
    if (isMeasured && targets.length < targetsMax && inOrgan < targetsPerOrganMax) {
      targets.push(lesion);
    }
  }
  const recorded = recordedResponses(question)
    .filter(isBaseline)
    .findLast(({ sumOfDiameters }) => sumOfDiameters !== undefined)?.sumOfDiameters;
  const sum = targets.length > 0 ? stateOf(targets, measurements).sum : recorded;
  const hasLesion = sum !== undefined || lesions.some(({ role }) => role !== 'new');
  return { targets, sum, hasLesion, records: measurements.map(({ record }) => record) };
}

/** Returns the time points after Day 0, in the order of their dates. */
export function assessmentsOf(
  question: Question,
  day0: LocalDate,
  baseline: Baseline = baselineOf(question, day0),
): readonly Assessment[] {
  const lesions = lesionsOf(question);
  const measurements = lesionMeasurements(question, lesions).filter(({ date }) => date > day0);
  const assessments: Assessment[] = [];
  let nadir = baseline.sum;
  for (const recorded of recordedResponses(question).filter(({ date }) => date > day0)) {
    const own = measurementsOf(recorded, measurements);
    const state = targetState(recorded, own, baseline);
    const sum = state?.sum;
    const target =
      baseline.sum === undefined || nadir === undefined || state === undefined
        ? undefined
        : targetResponse(state, { baseline: baseline.sum, nadir });
    const point = { question, recorded, own, lesions };
    const overall = overallResponse(target, nonTargetOf(point), hasNewLesion(point));
    // Targets whose baseline is not known can only have progressed.
    const isKnown = state === undefined ? own.length > 0 : target !== undefined;
    assessments.push({
      ...recorded,
      sumOfDiameters: sum,
      recomputed: isKnown || overall === 'PD' ? overall : undefined,
      percentChangeFromBaseline: changeFrom(baseline.sum, sum),
      percentChangeFromNadir: changeFrom(nadir, sum),
      measurements: own.map(({ record }) => record),
    });
    if (sum !== undefined && nadir !== undefined) nadir = Math.min(nadir, sum);
  }
  return assessments;
}

function changeFrom(from: number | undefined, sum: number | undefined): number | undefined {
  if (from === undefined || sum === undefined) return undefined;
  const change = percentOf(sum - from, from);
  return Number.isFinite(change) ? change : undefined;
}

/** Those that it names, and those of its day or visit; of one lesion the latest comes last. */
function measurementsOf(
  recorded: RecordedResponse,
  measurements: readonly LesionMeasurement[],
): readonly LesionMeasurement[] {
  const named = derivedFromKeys(recorded.record);
  return measurements.filter((one) => named.has(one.record.key) || isSameTimePoint(one, recorded));
}

function targetState(
  recorded: RecordedResponse,
  own: readonly LesionMeasurement[],
  { targets, sum }: Baseline,
): TargetState | undefined {
  if (own.some(({ lesion }) => targets.some(({ key }) => key === lesion.key)))
    return stateOf(targets, own);
  const { sumOfDiameters } = recorded;
  if (sumOfDiameters !== undefined) {
    return { isGone: sumOfDiameters === 0, sum: sumOfDiameters, partialSum: sumOfDiameters };
  }
  const isMissed = sum !== undefined && own.length > 0;
  return isMissed ? { isGone: false, sum: undefined, partialSum: 0 } : undefined;
}

/** RECIST 1.1, 4.3.1: a node below this is normal, mm. */
const nodeNormalBelow = 10;

function stateOf(
  targets: readonly Lesion[],
  measurements: readonly LesionMeasurement[],
): TargetState {
  const sizes = targets.map((lesion) => ({ lesion, size: sizeOf(lesion, measurements) }));
  const known = sizes.flatMap(({ size }) => (size === undefined ? [] : [size]));
  const partialSum = known.reduce((sum, size) => sum + size, 0);
  return {
    isGone: sizes.every(({ lesion, size }) => size !== undefined && isGone(lesion, size)),
    sum: known.length === targets.length ? partialSum : undefined,
    partialSum,
  };
}

function isGone({ isNodal }: Lesion, millimetres: number): boolean {
  return isNodal ? millimetres < nodeNormalBelow : millimetres === 0;
}

function sizeOf(lesion: Lesion, measurements: readonly LesionMeasurement[]): number | undefined {
  return measurements.findLast((one) => one.lesion === lesion || one.lesion.key === lesion.key)
    ?.millimetres;
}

interface TimePoint {
  readonly question: Question;
  readonly recorded: RecordedResponse;
  readonly own: readonly LesionMeasurement[];
  readonly lesions: readonly Lesion[];
}

const nonTargetTest = 'C94535';
const newLesionTest = 'C103420';

function nonTargetOf(point: TimePoint): TumourResponse | undefined {
  const nonTargets = point.lesions.filter(({ role }) => role === 'non-target');
  const statuses = nonTargets.map((lesion) => statusOf(lesion, point.own));
  if (statuses.some((status) => status !== undefined)) return nonTargetResponse(statuses);
  const recorded = recordOfPoint(point, nonTargetTest);
  if (recorded !== undefined) return responseOf(recorded.record);
  return nonTargets.length > 0 ? 'NE' : undefined;
}

function statusOf(lesion: Lesion, own: readonly LesionMeasurement[]): string | undefined {
  const latest = own.findLast((one) => one.lesion.key === lesion.key);
  if (latest?.millimetres === undefined) return latest?.status;
  return isGone(lesion, latest.millimetres) ? 'absent' : 'present';
}

function hasNewLesion(point: TimePoint): boolean {
  const isSeen = point.own.some(
    ({ lesion, status, millimetres }) =>
      lesion.role === 'new' &&
      ((status !== undefined && status !== 'absent') || (millimetres ?? 0) > 0),
  );
  const recorded = recordOfPoint(point, newLesionTest)?.record.resource;
  const status =
    recorded === undefined ? undefined : codedValue(recorded, codeSystem('lesion-status'));
  return isSeen || (status !== undefined && status !== 'absent');
}

function recordOfPoint({ question, recorded }: TimePoint, code: string): DatedRecord | undefined {
  return responsesOf(question, code).findLast((one) => isSameTimePoint(one, recorded));
}
