import type { PersistenceSample } from './persistence-sample.ts';
import { geometricMean } from './statistics/average.ts';
import type { LocalDate } from './local-time.ts';
import type { TrialRecord } from './subject-records.ts';

/** What one collection of blood says: its replicates together. */
export interface PersistencePoint {
  /** Days from the start of the first infusion. */
  readonly time: number;
  readonly date: LocalDate;
  /** When it was collected, as the record says it. */
  readonly collected: string;
  /** `{copies}/ug`, as it enters the kinetics. */
  readonly value: number;
  readonly isDetected: boolean;
  readonly isQuantified: boolean;
  readonly records: readonly TrialRecord[];
}

/** The results of one target by one method, never mixed. */
export interface PersistenceSeries {
  readonly target: string;
  /** Undefined when nothing was measured. */
  readonly method: string | undefined;
  readonly points: readonly PersistencePoint[];
}

/** The targets of PCR, the default first. */
export const persistenceTargets = ['persist-tcrz-cd137', 'persist-tcrz'] as const;

/** The methods in the order in which a series is looked for. */
const methods = ['rt-pcr-rna', 'qpcr-gdna', 'ddpcr-gdna'];

/** So many samples after the infusion make a method good enough. */
const samplesEnough = 3;

/**
 * Returns the series of a target in blood: of the first method with enough samples after the infusion,
 * else of the one with most.
 */
export function persistenceSeries(
  samples: readonly PersistenceSample[],
  target: string,
): PersistenceSeries {
  const blood = samples.filter(
    (sample) => sample.compartment === 'blood' && sample.target === target,
  );
  const candidates = methods
    .map((method) => {
      const points = persistencePoints(blood.filter((sample) => sample.method === method));
      return { target, method, points, count: points.filter(({ time }) => time > 0).length };
    })
    .filter(({ points }) => points.length > 0);
  const most = candidates.toSorted((a, b) => b.count - a.count)[0];
  const chosen = candidates.find(({ count }) => count >= samplesEnough) ?? most;
  return { target, method: chosen?.method, points: chosen?.points ?? [] };
}

/** Returns the collections of one target and method, in the order of their samples. */
export function persistencePoints(
  samples: readonly PersistenceSample[],
): readonly PersistencePoint[] {
  return [...Map.groupBy(samples, ({ time }) => time).values()].flatMap((replicates) => {
    const [first] = replicates;
    if (first === undefined) return [];
    const quantified = replicates.filter(({ isQuantified }) => isQuantified);
    const detected = replicates.filter(({ isDetected }) => isDetected);
    const values = (quantified.length > 0 ? quantified : detected).map(({ value }) => value);
    return {
      time: first.time,
      date: first.date,
      collected: first.collected.text,
      value: geometricMean(values) ?? 0,
      isDetected: detected.length > 0,
      isQuantified: quantified.length > 0,
      records: replicates.map(({ record }) => record),
    };
  });
}
