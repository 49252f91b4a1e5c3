import type { JsonObject } from '../src/fhir/json/json-value.ts';
import type { Resource } from '../src/fhir/resource.ts';

/** A parameter of a Parameters resource. */
export interface Parameter extends JsonObject {
  readonly name: string;
  readonly part?: readonly Parameter[];
}

/** Returns the parameters of a Parameters resource; none for anything else. */
export function parametersOf(resource: Resource | undefined): readonly Parameter[] {
  return resource?.resourceType === 'Parameters'
    ? ((resource['parameter'] ?? []) as readonly Parameter[])
    : [];
}

/** Returns the value of the first parameter of the name as people read it (`21,400 copies/µg`). */
export function valueOf(parameters: readonly Parameter[], name: string): string | undefined {
  const parameter = parameters.find((one) => one.name === name);
  const [, value] = Object.entries(parameter ?? {}).find(([key]) => key.startsWith('value')) ?? [];
  if (value === undefined) return undefined;
  if (typeof value === 'number') return rounded(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object') return value;
  const { value: number, code = '' } = value as { readonly value?: number; readonly code?: string };
  return number === undefined
    ? JSON.stringify(value)
    : `${rounded(number)} ${units.get(code) ?? code}`;
}

const units = new Map([
  ['{copies}/ug', 'copies/µg'],
  ['{copies}/ug.d', 'copies/µg × days'],
  ['d', 'days'],
]);

/** Returns a number as people read it: thousands apart, one decimal at most. */
export function rounded(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 1 });
}
