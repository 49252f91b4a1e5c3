import { isJsonObject } from '../fhir/json/json-value.ts';
import { codeSystem } from './canonical.ts';
import { compartmentOf, type Compartment } from './compartment.ts';
import { collectedSamples, type CollectedSample } from './collected-sample.ts';
import type { Question } from './criterion.ts';
import { codesOf, objectsOf } from './element.ts';
import type { Infused } from './infused.ts';
import { componentOf, interpretation, measured } from './observation-value.ts';
import type { TrialRecord } from './subject-records.ts';

/** One evaluable PCR result, as it enters the kinetics. */
export interface PersistenceSample extends CollectedSample {
  readonly target: string;
  readonly method: string;
  readonly compartment: Compartment | undefined;
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
  return collectedSamples(question, infused, 'persistence', ({ record }) => {
    const { resource } = record;
    const target = localCode(resource['code'], codeSystem('code'));
    const method = localCode(resource['method'], codeSystem('pcr-method'));
    const level = levelOf(record);
    if (target === undefined || method === undefined || level === undefined) return undefined;
    const compartment = compartmentOf(resource, question.records);
    return { target, method, compartment, ...level };
  });
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
