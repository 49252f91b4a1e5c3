import type { JsonObject, JsonValue } from '../fhir/json/json-value.ts';
import type { Resource } from '../fhir/resource.ts';
import type { AsOf } from './as-of.ts';
import type { TrialRecord } from './subject-records.ts';
import { versionedReference } from './subject-records.ts';

/** One parameter of an answer. */
export type OutParameter = JsonObject;

/** Returns the Parameters of an answer: whom it is about, as of when, then what it says. */
export function answerParameters(
  about: { readonly name: 'subject' | 'study'; readonly record: TrialRecord; readonly asOf: AsOf },
  parameters: readonly (OutParameter | undefined)[],
): Resource {
  return {
    resourceType: 'Parameters',
    parameter: [
      { name: about.name, valueReference: { reference: about.record.key } },
      { name: 'asOf', valueDateTime: about.asOf.text },
      ...parameters.filter((parameter) => parameter !== undefined),
    ],
  };
}

/** Returns a parameter with a value; undefined, which is left out, without one. */
export function out(
  name: string,
  type: ValueType,
  value: JsonValue | undefined,
): OutParameter | undefined {
  return value === undefined ? undefined : { name, [`value${type}`]: value };
}

/** The value types of this server's answers. */
export type ValueType =
  | 'Boolean'
  | 'Code'
  | 'Date'
  | 'DateTime'
  | 'Decimal'
  | 'Integer'
  | 'PositiveInt'
  | 'Quantity'
  | 'Reference'
  | 'String';

/** Returns a parameter with parts. */
export function outParts(name: string, parts: readonly (OutParameter | undefined)[]): OutParameter {
  return { name, part: parts.filter((part) => part !== undefined) };
}

/** Returns a parameter with a versioned reference to each record. */
export function outRecords(name: string, records: readonly TrialRecord[]): readonly OutParameter[] {
  return records.map((record) => ({ name, valueReference: versionedReference(record) }));
}

/** Returns `absent` for a metric that has no value; the reason is a code of data-absent-reason. */
export function outAbsent(metric: string, reason: string): OutParameter {
  return outParts('absent', [
    { name: 'metric', valueCode: metric },
    { name: 'reason', valueCode: reason },
  ]);
}

/** Returns a Quantity with a UCUM unit. */
export function ucum(value: number, code: string): JsonObject {
  return { value, unit: code, system: 'http://unitsofmeasure.org', code };
}
