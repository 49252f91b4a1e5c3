import type { JsonObject } from '../fhir/json/json-value.ts';
import type { Resource } from '../fhir/resource.ts';
import type { AsOf } from './as-of.ts';
import { measureCanonical } from './canonical.ts';
import type { LocalDate } from './local-time.ts';
import { exactInterval } from './statistics/clopper-pearson.ts';
import { versionedReference, type TrialRecord } from './subject-records.ts';
import { ucum } from './trial-parameters.ts';

/** One group of a MeasureReport. */
export type MeasureGroup = JsonObject;

/** What a MeasureReport says, and from what. */
export interface MeasureContent {
  /** `om1` … `om4` */
  readonly measure: string;
  readonly asOf: AsOf;
  /** The Day 0 of each subject; the first begins the period. */
  readonly dayZeros: readonly LocalDate[];
  readonly groups: readonly MeasureGroup[];
  readonly records: readonly TrialRecord[];
}

/** Returns the summary of an endpoint over all subjects, with the version of every record it rests on. */
export function measureReport(content: MeasureContent): Resource {
  const { measure, asOf, dayZeros, groups, records } = content;
  const [start] = dayZeros.toSorted();
  const references = new Set(records.map((record) => versionedReference(record).reference));
  return {
    resourceType: 'MeasureReport',
    status: 'complete',
    type: 'summary',
    measure: measureCanonical(measure),
    period: { ...(start === undefined ? {} : { start }), end: asOf.text },
    ...(groups.length > 0 ? { group: groups } : {}),
    ...(references.size > 0
      ? { evaluatedResource: [...references].toSorted().map((reference) => ({ reference })) }
      : {}),
  };
}

/** Returns a group with a number; one without a number says that there can be none. */
export function scoreGroup(name: string, value: number | undefined, unit?: string): MeasureGroup {
  return { code: { text: name }, measureScore: scoreOf(value, unit) };
}

function scoreOf(value: number | undefined, unit: string | undefined): JsonObject {
  if (value === undefined) {
    const url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
    return { extension: [{ url, valueCode: 'not-applicable' }] };
  }
  return unit === undefined ? { value } : ucum(value, unit);
}

/** A proportion: `count` of `total`. */
export interface Proportion {
  readonly count: number;
  readonly total: number;
}

/** Returns the groups of a proportion: itself, and its exact 95 % limits. */
export function proportionGroups(
  code: JsonObject & { readonly text: string },
  proportion: Proportion,
  stratifiers: readonly JsonObject[] = [],
): readonly MeasureGroup[] {
  const { count, total } = proportion;
  const limits = total === 0 ? undefined : exactInterval(count, total);
  return [
    {
      code,
      ...proportionOf(proportion),
      ...(stratifiers.length > 0 ? { stratifier: stratifiers } : {}),
    },
    scoreGroup(`${code.text} lower95`, limits?.lower),
    scoreGroup(`${code.text} upper95`, limits?.upper),
  ];
}

/** Returns the populations and the score of a proportion, of a group or of a stratum. */
export function proportionOf({ count, total }: Proportion): JsonObject {
  return {
    population: [population('denominator', total), population('numerator', count)],
    measureScore: scoreOf(total === 0 ? undefined : count / total, undefined),
  };
}

function population(code: string, count: number): JsonObject {
  const system = 'http://terminology.hl7.org/CodeSystem/measure-population';
  return { code: { coding: [{ system, code }] }, count };
}
