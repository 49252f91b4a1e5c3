import type { Question } from './criterion.ts';
import { infusedBy, type Infused } from './infused.ts';
import { studyDay } from './infusion.ts';
import type { LocalDate } from './local-time.ts';
import { persistenceSamples } from './persistence-sample.ts';
import {
  persistenceSeries,
  persistenceTargets,
  type PersistencePoint,
  type PersistenceSeries,
} from './persistence-series.ts';
import type { TrialRecord } from './subject-records.ts';
import { interpolate, trapezoidArea, type CurvePoint } from './statistics/trapezoid.ts';

/** How the cells of one subject rose and fell in blood; times in days, amounts in `{copies}/ug`. */
export interface Persistence {
  readonly series: PersistenceSeries;
  readonly day0: LocalDate;
  /** The first infusion, from which time counts. */
  readonly dose: TrialRecord;
  /** The largest quantified value after the infusion. */
  readonly peak: PersistencePoint | undefined;
  /** AUC0–28, `{copies}/ug` · day. */
  readonly auc: number | undefined;
  readonly lastDetected: PersistencePoint | undefined;
  readonly isEngrafted: boolean;
  /** Undefined when too little was measured to say. */
  readonly outcome: Outcome | undefined;
  /** The first of the results that confirm the loss; with outcome `lost` only. */
  readonly loss: PersistencePoint | undefined;
  /** With every outcome. */
  readonly duration: Duration | undefined;
}

/** What became of the cells. */
export type Outcome = 'persisting' | 'unconfirmed' | 'lost' | 'never-engrafted';

/** How long cells were seen, in days, and whether their loss ended it. */
export interface Duration {
  readonly days: number;
  readonly event: boolean;
}

/** Returns the kinetics of a target; undefined before the first infusion. */
export function persistenceOf(
  question: Question,
  target: string = persistenceTargets[0],
): Persistence | undefined {
  const infused = infusedBy(question);
  if (infused === undefined) return undefined;
  return kineticsOf(persistenceSeries(persistenceSamples(question, infused), target), {
    question,
    infused,
  });
}

/** Returns the kinetics of a series. */
export function kineticsOf(
  series: PersistenceSeries,
  { question, infused }: { readonly question: Question; readonly infused: Infused },
): Persistence {
  const { parameters } = question.trial;
  const after = series.points.filter(({ time }) => time > 0);
  const engraftmentDays = parameters.number('PP-11');
  const early = after.filter(({ time }) => time <= engraftmentDays);
  const lastDetected = after.findLast(({ isDetected }) => isDetected);
  const fate = fateOf({ after, lastDetected, evaluable: early.length }, parameters.number('PP-07'));
  const kinetics = {
    series,
    day0: infused.day0,
    dose: infused.dose.record,
    peak: peakOf(after),
    auc: areaTo28(series.points),
    lastDetected,
    isEngrafted: early.some(({ isDetected }) => isDetected),
    ...fate,
  };
  return { ...kinetics, duration: durationOf(kinetics, parameters.number('PP-06')) };
}

/** The earliest of the largest. */
function peakOf(after: readonly PersistencePoint[]): PersistencePoint | undefined {
  return after
    .filter(({ isQuantified }) => isQuantified)
    .reduce<PersistencePoint | undefined>(
      (peak, point) => (peak === undefined || point.value > peak.value ? point : peak),
      undefined,
    );
}

/** R7: the end of AUC0–28, which its name says, and from when on a last sample stands for it. */
const areaDays = 28;
const carriedFrom = 25;

function areaTo28(points: readonly PersistencePoint[]): number | undefined {
  const before = points.findLast(({ time }) => time <= 0);
  const curve: CurvePoint[] = [{ time: 0, value: before?.value ?? 0 }];
  curve.push(...points.filter(({ time }) => time > 0 && time <= areaDays));
  const last = curve.at(-1) ?? { time: 0, value: 0 };
  if (last.time === areaDays) return trapezoidArea(curve);
  const next = points.find(({ time }) => time > areaDays);
  if (next === undefined && last.time < carriedFrom) return undefined;
  const value = next === undefined ? last.value : interpolate(last, next, areaDays);
  return trapezoidArea([...curve, { time: areaDays, value }]);
}

/** R7: so many samples in the first weeks, none of them detected, say that cells never engrafted. */
const evaluableEnough = 2;

function fateOf(
  seen: {
    readonly after: readonly PersistencePoint[];
    readonly lastDetected: PersistencePoint | undefined;
    readonly evaluable: number;
  },
  confirmingDays: number,
): Pick<Persistence, 'outcome' | 'loss'> {
  const { after, lastDetected } = seen;
  if (lastDetected === undefined) {
    const outcome = seen.evaluable >= evaluableEnough ? 'never-engrafted' : undefined;
    return { outcome, loss: undefined };
  }
  const negatives = after.filter(({ time }) => time > lastDetected.time);
  const [first] = negatives;
  if (first === undefined) return { outcome: 'persisting', loss: undefined };
  const isConfirmed = negatives.some(({ time }) => time - first.time >= confirmingDays);
  return isConfirmed
    ? { outcome: 'lost', loss: first }
    : { outcome: 'unconfirmed', loss: undefined };
}

function durationOf(
  { day0, outcome, loss, lastDetected }: Omit<Persistence, 'duration'>,
  horizonDays: number,
): Duration | undefined {
  if (outcome === 'never-engrafted') return { days: 0, event: true };
  const until = loss ?? lastDetected;
  if (outcome === undefined || until === undefined) return undefined;
  const days = studyDay(until.date, day0);
  return days > horizonDays
    ? { days: horizonDays, event: false }
    : { days, event: loss !== undefined };
}
