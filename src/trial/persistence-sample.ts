import { isJsonObject } from '../fhir/json/json-value.ts';
import { isBy } from './as-of.ts';
import { codeSystem } from './canonical.ts';
import { compartmentOf, type Compartment } from './compartment.ts';
import type { Question } from './criterion.ts';
import { codesOf, objectsOf } from './element.ts';
import type { Infused } from './infused.ts';
import type { LocalDate, TimePoint } from './local-time.ts';
import { componentOf, interpretation, measured } from './observation-value.ts';
import { recordTime } from './record-time.ts';
import type { TrialRecord } from './subject-records.ts';

/** One evaluable PCR result, as it enters the kinetics. */
export interface PersistenceSample {
  readonly record: TrialRecord;
  readonly target: string;
  readonly method: string;
  readonly compartment: Compartment | undefined;
  readonly collected: TimePoint;
  /** Local date of the collection. */
  readonly date: LocalDate;
  /** Days from the start of the first infusion. */
  readonly time: number;
  /** `{copies}/ug`: what was quantified, half of LLOQ when only detected, 0 when not. */
  readonly value: number;
  readonly isDetected: boolean;
  readonly isQuantified: boolean;
}

/** Returns the PCR results that have a result and had been collected by the moment, in time order. */
export function persistenceSamples(
  question: Question,
  infused: Infused,
): readonly PersistenceSample[] {
  return question.records
    .of('persistence')
    .flatMap((record) => sampleOf(record, question, infused))
    .toSorted((a, b) => a.time - b.time || (a.record.key < b.record.key ? -1 : 1));
}

function sampleOf(
  record: TrialRecord,
  { trial, records, asOf }: Question,
  infused: Infused,
): readonly PersistenceSample[] {
  const { resource } = record;
  const collected = recordTime(record, records, trial.zone);
  const time = collected === undefined ? undefined : infused.daysTo(collected);
  const target = localCode(resource['code'], codeSystem('code'));
  const method = localCode(resource['method'], codeSystem('pcr-method'));
  const level = levelOf(record);
  if (collected?.date === undefined || time === undefined || !isBy(collected, asOf)) return [];
  if (target === undefined || method === undefined || level === undefined) return [];
  const { date } = collected;
  const compartment = compartmentOf(resource, records);
  return [{ record, target, method, compartment, collected, date, time, ...level }];
}

type Level = Pick<PersistenceSample, 'value' | 'isDetected' | 'isQuantified'>;

/** A failed run has no value, and so is no sample. */
function levelOf({ resource }: TrialRecord): Level | undefined {
  const quantity = resource['valueQuantity'];
  const amount = measured(quantity);
  if (amount === undefined || !isJsonObject(quantity)) return undefined;
  if (quantity['comparator'] === undefined) {
    return { value: amount.value, isDetected: true, isQuantified: true };
  }
  const isDetected = objectsOf(resource['interpretation']).some((concept) =>
    codesOf(concept).some(({ system, code }) => system === interpretation && code === 'DET'),
  );
  if (!isDetected) return { value: 0, isDetected: false, isQuantified: false };
  const lloq = componentOf(resource, codeSystem('code'), 'lloq');
  const limit = measured(lloq?.['valueQuantity'])?.value ?? amount.value;
  return { value: limit / 2, isDetected: true, isQuantified: false };
}

function localCode(concept: Parameters<typeof codesOf>[0], system: string): string | undefined {
  return codesOf(concept).find((coding) => coding.system === system)?.code;
}
