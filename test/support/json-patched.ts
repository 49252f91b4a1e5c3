import type { JsonArray, JsonObject, JsonValue } from '../../src/fhir/json/json-value.ts';

/** One operation of a JSON Patch; `test` and `copy` are not needed here. */
export interface PatchOperation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

/**
 * Returns a copy of `body` with the operations done, empty arrays and objects included, which the patch of
 * the server takes away. Throws when a place to change does not exist.
 */
export function jsonPatched(body: object, patch: readonly PatchOperation[]): object {
  const copy = structuredClone(body);
  for (const { op, path, from, value } of patch) {
    const moved = from === undefined ? value : take(copy, from);
    if (op === 'remove' || op === 'replace') take(copy, path);
    if (op !== 'remove') put(copy, path, moved as JsonValue);
  }
  return copy;
}

function put(root: object, path: string, value: JsonValue): void {
  const { parent, name } = placeAt(root, path);
  if (!Array.isArray(parent)) Object.assign(parent, { [name]: value });
  else if (name === '-') parent.push(value);
  else parent.splice(Number(name), 0, value);
}

function take(root: object, path: string): JsonValue {
  const { parent, name } = placeAt(root, path);
  const value = Array.isArray(parent) ? parent[Number(name)] : parent[name];
  if (value === undefined) throw new Error(`There is nothing at ${path}.`);
  if (Array.isArray(parent)) parent.splice(Number(name), 1);
  else Reflect.deleteProperty(parent, name);
  return value;
}

type Writable = Record<string, JsonValue> | JsonValue[];

function placeAt(root: object, path: string): { readonly parent: Writable; readonly name: string } {
  const segments = path.split('/').slice(1);
  const name = segments.pop() ?? '';
  let parent = root as JsonObject | JsonArray;
  for (const segment of segments) {
    const next = (parent as JsonObject)[segment];
    if (typeof next !== 'object' || next === null) throw new Error(`There is no ${path}.`);
    parent = next;
  }
  return { parent: parent as Writable, name };
}
