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

/** Returns the value of the first parameter of the name as people read it (`21400 {copies}/ug`). */
export function valueOf(parameters: readonly Parameter[], name: string): string | undefined {
  const parameter = parameters.find((one) => one.name === name);
  const [, value] = Object.entries(parameter ?? {}).find(([key]) => key.startsWith('value')) ?? [];
  if (value === undefined) return undefined;
  if (typeof value !== 'object') return String(value);
  const { value: number, code } = value as { readonly value?: number; readonly code?: string };
  return number === undefined ? JSON.stringify(value) : `${number} ${code ?? ''}`;
}
