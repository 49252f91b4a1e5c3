import { isJsonObject, type JsonObject } from '../../src/fhir/json/json-value.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { objectsOf, textOf } from '../../src/trial/element.ts';

/**
 * Returns what a Parameters says as plain data: a value (of a Quantity its number, of a Reference its
 * text), an object for parts, an array where a name repeats, `absent` by metric.
 */
export function answerValues(answer: Resource): Record<string, unknown> {
  const { absent, ...values } = valuesOf(objectsOf(answer['parameter']));
  const missing = (absent === undefined ? [] : [absent].flat()) as Record<string, unknown>[];
  const entries = missing.map(({ metric, reason }) => [metric, reason] as const);
  return { ...values, absent: Object.fromEntries(entries) as Record<string, unknown> };
}

function valuesOf(parameters: readonly JsonObject[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const parameter of parameters) {
    const name = textOf(parameter['name']) ?? '';
    const value = valueOf(parameter);
    const known = values[name];
    if (known === undefined) values[name] = value;
    else values[name] = Array.isArray(known) ? [...(known as unknown[]), value] : [known, value];
  }
  return values;
}

function valueOf(parameter: JsonObject): unknown {
  if (Array.isArray(parameter['part'])) return valuesOf(objectsOf(parameter['part']));
  const value = Object.entries(parameter).find(([name]) => name.startsWith('value'))?.[1];
  if (!isJsonObject(value)) return value;
  return value['value'] ?? value['reference'];
}
