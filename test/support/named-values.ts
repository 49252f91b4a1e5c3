import { isJsonObject, type JsonObject } from '../../src/fhir/json/json-value.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { objectsOf, textOf } from '../../src/trial/element.ts';

/** The values of an answer by their names, of a Quantity its number; and why metrics are absent. */
export interface NamedValues {
  readonly values: Readonly<Record<string, unknown>>;
  readonly absent: Readonly<Record<string, unknown>>;
}

/** Returns what a Parameters says outside of its parts. */
export function namedValues(answer: Resource): NamedValues {
  const values: Record<string, unknown> = {};
  const absent: Record<string, unknown> = {};
  for (const parameter of objectsOf(answer['parameter'])) {
    const name = textOf(parameter['name']) ?? '';
    if (name === 'absent') {
      const [metric, reason] = objectsOf(parameter['part']);
      absent[textOf(metric?.['valueCode']) ?? ''] = reason?.['valueCode'];
    } else if (!Array.isArray(parameter['part'])) {
      values[name] = valueOf(parameter);
    }
  }
  return { values, absent };
}

/** Returns the parts of every parameter of a name, as values by their names. */
export function namedParts(answer: Resource, name: string): readonly Record<string, unknown>[] {
  return objectsOf(answer['parameter'])
    .filter((parameter) => parameter['name'] === name)
    .map((parameter) =>
      Object.fromEntries(
        objectsOf(parameter['part']).map((part) => [textOf(part['name']) ?? '', valueOf(part)]),
      ),
    );
}

/** Returns the parts of the one parameter of a name. */
export function partsOf(answer: Resource, name: string): Record<string, unknown> {
  return namedParts(answer, name)[0] ?? {};
}

function valueOf(parameter: JsonObject): unknown {
  const value = Object.entries(parameter).find(([name]) => name.startsWith('value'))?.[1];
  if (!isJsonObject(value)) return value;
  return value['value'] ?? value['reference'];
}
