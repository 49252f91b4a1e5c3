import { isJsonObject, type JsonObject, type JsonValue } from '../fhir/json/json-value.ts';
import { profile } from './canonical.ts';
import { objectsOf, textOf } from './element.ts';

/** One row of the protocol parameters: its values as elements (`valueQuantity` …), in their order. */
export interface ProtocolParameter {
  readonly id: string;
  readonly values: readonly ParameterValue[];
  readonly detail: string;
}

/** The element name (`valueInteger`) and what it holds. */
export interface ParameterValue {
  readonly element: string;
  readonly value: JsonValue;
}

/** The protocol parameters of one version of their resource. */
export interface ProtocolParameters {
  readonly rows: readonly ProtocolParameter[];
  /** The number of a value (a Quantity's in its own unit); throws when the resource has none there. */
  number(id: string, index?: number): number;
  /** The strings of a row, in their order. */
  texts(id: string): readonly string[];
}

/** Returns the protocol parameters that a Basic resource holds. */
export function readProtocolParameters(basic: JsonObject): ProtocolParameters {
  const rows = objectsOf(basic['extension'])
    .filter(({ url }) => url === profile('protocol-parameter'))
    .flatMap(rowOf);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const valuesOf = (id: string) => byId.get(id)?.values.map(({ value }) => value) ?? [];
  return {
    rows,
    number: (id, index = 0) => {
      const value = valuesOf(id).flatMap(numberOf)[index];
      if (value === undefined) throw new Error(`The protocol parameter ${id} has no number.`);
      return value;
    },
    texts: (id) => valuesOf(id).filter((value) => typeof value === 'string'),
  };
}

function numberOf(value: JsonValue): readonly number[] {
  const inner = isJsonObject(value) ? value['value'] : value;
  return typeof inner === 'number' ? [inner] : [];
}

function rowOf(extension: JsonObject): readonly ProtocolParameter[] {
  const parts = objectsOf(extension['extension']);
  const id = textOf(parts.find(({ url }) => url === 'id')?.['valueCode']);
  if (id === undefined) return [];
  const detail = textOf(parts.find(({ url }) => url === 'detail')?.['valueString']) ?? '';
  const values = parts.filter(({ url }) => url === 'value').flatMap(valueOf);
  return [{ id, values, detail }];
}

function valueOf(part: JsonObject): readonly ParameterValue[] {
  return Object.entries(part).flatMap(([element, value]) =>
    element.startsWith('value') && value !== undefined ? [{ element, value }] : [],
  );
}
