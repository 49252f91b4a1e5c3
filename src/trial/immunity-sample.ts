import { isJsonObject, type JsonObject } from '../fhir/json/json-value.ts';
import { codeSystem } from './canonical.ts';
import { collectedSamples, type CollectedSample } from './collected-sample.ts';
import type { Question } from './criterion.ts';
import { codesOf } from './element.ts';
import type { Infused } from './infused.ts';
import { codedValue, componentOf, interpretation, measured } from './observation-value.ts';

/** What one assay says of one sample. */
export interface ImmunitySample extends CollectedSample {
  readonly assay: string;
  /** `POS`, `NEG`; undefined when indeterminate or not given. */
  readonly verdict: 'POS' | 'NEG' | undefined;
  /** Of an antibody the titre, of ELISpot the net SFU per million cells. */
  readonly level: number | undefined;
  /** The level is below a first dilution. */
  readonly isBelow: boolean;
}

/** The assays of the humoral response. */
export const antibodyAssays = ['host-ab-anti-murine-her2', 'host-hama'] as const;
/** The assay of the cellular response. */
export const cellularAssay = 'host-cell-elispot';

/** Returns the samples that had been collected by the moment, in time order. */
export function immunitySamples(question: Question, infused: Infused): readonly ImmunitySample[] {
  return collectedSamples(question, infused, 'host-immunity', ({ record: { resource } }) => {
    const assay = codesOf(resource['code']).find(
      ({ system }) => system === codeSystem('code'),
    )?.code;
    if (assay === undefined) return undefined;
    const verdict = verdictOf(codedValue(resource, interpretation));
    const level = assay === cellularAssay ? netSpots(resource) : titre(resource);
    return { assay, verdict, level: level?.value, isBelow: level?.isBelow === true };
  });
}

function verdictOf(code: string | undefined): ImmunitySample['verdict'] {
  return code === 'POS' || code === 'NEG' ? code : undefined;
}

interface Level {
  readonly value: number;
  readonly isBelow: boolean;
}

function titre(resource: JsonObject): Level | undefined {
  return levelOf(componentOf(resource, codeSystem('code'), 'titre'));
}

function netSpots(resource: JsonObject): Level | undefined {
  const spots = levelOf(componentOf(resource, codeSystem('code'), 'elispot-sfu'));
  const background = levelOf(componentOf(resource, codeSystem('code'), 'elispot-background'));
  return spots === undefined
    ? undefined
    : { value: spots.value - (background?.value ?? 0), isBelow: spots.isBelow };
}

function levelOf(component: JsonObject | undefined): Level | undefined {
  const quantity = component?.['valueQuantity'];
  const amount = measured(quantity);
  if (amount === undefined || !isJsonObject(quantity)) return undefined;
  return { value: amount.value, isBelow: quantity['comparator'] === '<' };
}

/** Returns whether a sample says anything. */
export function isEvaluable({ verdict, level }: ImmunitySample): boolean {
  return verdict !== undefined || level !== undefined;
}
