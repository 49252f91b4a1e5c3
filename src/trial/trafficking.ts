import { isBy } from './as-of.ts';
import { compartmentOf } from './compartment.ts';
import type { Question } from './criterion.ts';
import { infusedBy } from './infused.ts';
import { persistenceSamples, type PersistenceSample } from './persistence-sample.ts';
import {
  persistencePoints,
  persistenceSeries,
  persistenceTargets,
  type PersistencePoint,
} from './persistence-series.ts';
import { kineticsOf } from './persistence.ts';
import { recordTime } from './record-time.ts';

/** A tumour sample, and the blood that was drawn nearest to it; undefined when none was near enough. */
export interface TraffickingPair {
  readonly tumour: PersistenceSample;
  readonly blood: PersistencePoint | undefined;
}

/** A blood sample, and the largest value that its series reached; undefined when none was quantified. */
export interface BloodShare {
  readonly target: string;
  readonly method: string;
  readonly blood: PersistencePoint;
  readonly cmax: number | undefined;
}

/** What can be said of one subject: pairs where there is a tumour sample, else shares of Cmax. */
export interface Trafficking {
  readonly pairs: readonly TraffickingPair[];
  readonly bloodShares: readonly BloodShare[];
}

/** Returns the pairs or the shares of a subject; neither before the first infusion. */
export function traffickingOf(question: Question): Trafficking {
  const infused = infusedBy(question);
  if (infused === undefined) return { pairs: [], bloodShares: [] };
  const samples = persistenceSamples(question, infused);
  if (hasTumourRecord(question)) return { pairs: pairsOf(question, samples), bloodShares: [] };
  const bloodShares = persistenceTargets.flatMap((target) => {
    const series = persistenceSeries(samples, target);
    const { method, points } = series;
    if (method === undefined) return [];
    const cmax = kineticsOf(series, { question, infused }).peak?.value;
    return points.map((blood) => ({ target, method, blood, cmax }));
  });
  return { pairs: [], bloodShares };
}

/** Also a run that failed is one: blood alone stands for a tumour only where none was taken. */
function hasTumourRecord({ trial, records, asOf }: Question): boolean {
  return records
    .of('persistence')
    .some(
      (record) =>
        compartmentOf(record.resource, records) === 'tumour' &&
        isBy(recordTime(record, records, trial.zone), asOf),
    );
}

function pairsOf(
  { trial }: Question,
  samples: readonly PersistenceSample[],
): readonly TraffickingPair[] {
  const daysMax = trial.parameters.number('PP-08');
  return samples
    .filter(({ compartment }) => compartment === 'tumour')
    .map((tumour) => {
      const points = persistencePoints(
        samples.filter(
          ({ compartment, target, method }) =>
            compartment === 'blood' && target === tumour.target && method === tumour.method,
        ),
      );
      const distance = (point: PersistencePoint) => Math.abs(point.time - tumour.time);
      // Sorting keeps the order of time: of two at the same distance the earlier comes first.
      const [nearest] = points.toSorted((a, b) => distance(a) - distance(b));
      const isNear = nearest !== undefined && distance(nearest) <= daysMax;
      return { tumour, blood: isNear ? nearest : undefined };
    });
}
