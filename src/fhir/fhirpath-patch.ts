import { childAt, placeAt } from './element-place.ts';
import { compileFhirPath } from './fhirpath/compile.ts';
import type { FhirPathEnvironment, TypedValue } from './fhirpath/fhirpath.ts';
import { readPatchOperations, type PatchOperation } from './fhirpath-patch-operation.ts';
import { withoutEmptied } from './json-empty.ts';
import {
  insertItem,
  removeValue,
  replaceValue,
  setMember,
  spanOf,
  type JsonPath,
} from './json-text.ts';
import type { JsonDocument } from './json/json-document.ts';
import { isJsonObject, type JsonArray, type JsonValue } from './json/json-value.ts';
import { failure } from './operation-outcome.ts';
import type { Resource } from './resource.ts';
import { failed, success, type Result } from './result.ts';

/**
 * Returns the text that a FHIRPath Patch makes of `text`; what no operation touches keeps its bytes.
 * Fails `malformed` when the Parameters are no patch, `invalid-request` for a path that does not parse,
 * and `business-rule` when an operation does not apply to this resource.
 *
 * @see https://hl7.org/fhir/R4/fhirpatch.html
 */
export function applyFhirPathPatch(
  text: string,
  patch: JsonDocument,
  environment: FhirPathEnvironment,
): Result<string> {
  const operations = readPatchOperations(patch);
  if (!operations.ok) return operations;
  let patched = text;
  for (const operation of operations.value) {
    const next = apply({ text: patched, operation, environment });
    if (!next.ok) return next;
    patched = next.value;
  }
  return success(patched);
}

interface Step {
  readonly text: string;
  readonly operation: PatchOperation;
  readonly environment: FhirPathEnvironment;
}

function apply(step: Step): Result<string> {
  const { operation, environment, text } = step;
  const resource = JSON.parse(text) as Resource;
  const path = compileFhirPath(operation.path, resource.resourceType, environment);
  if (!path.ok) return path;
  const found = path.value.evaluate({ value: resource, resource });
  if (!found.ok) return refused(step, 'has a path that cannot be evaluated');
  const paths = found.value.map((value) => pathOf(resource, value));
  if (paths.includes(undefined)) return refused(step, 'has a path to what is no element');
  return appliers[operation.type](step, resource, paths as readonly JsonPath[]);
}

type Applier = (step: Step, resource: Resource, paths: readonly JsonPath[]) => Result<string>;

const appliers: Readonly<Record<PatchOperation['type'], Applier>> = {
  add,
  insert,
  delete: remove,
  replace,
  move,
};

function add(step: Step, resource: Resource, paths: readonly JsonPath[]): Result<string> {
  const { text, operation, environment } = step;
  const [at, second] = paths;
  if (at === undefined || second !== undefined) return refused(step, 'needs one element to add to');
  const { definitions } = environment;
  const place = placeAt(definitions, resource, at);
  const { name = '', value } = operation;
  const child = place === undefined ? undefined : childAt(definitions, place, name, value?.type);
  if (child === undefined || value === undefined) return refused(step, 'names no element of R4');
  const json = value.textFor(child.place, definitions);
  if (json === undefined) return refused(step, 'has parts that are no elements of R4');
  const existing = valueAt(resource, [...at, child.name]);
  if (Array.isArray(existing)) {
    return success(insertItem(text, [...at, child.name], existing.length, json));
  }
  return existing === undefined
    ? success(setMember(text, at, child.name, child.isList ? `[${json}]` : json))
    : refused(step, 'adds to an element that is there and does not repeat');
}

function insert(step: Step, resource: Resource, paths: readonly JsonPath[]): Result<string> {
  const { text, operation, environment } = step;
  const list = listOf(paths);
  const { index = -1 } = operation;
  if (list === undefined || index < 0 || index > paths.length) {
    return refused(step, 'has an index outside of the list');
  }
  const place = placeAt(environment.definitions, resource, list);
  const json =
    place === undefined ? undefined : operation.value?.textFor(place, environment.definitions);
  return json === undefined
    ? refused(step, 'has parts that are no elements of R4')
    : success(insertItem(text, list, index, json));
}

function remove(step: Step, _resource: Resource, paths: readonly JsonPath[]): Result<string> {
  const [at, second] = paths;
  if (second !== undefined) return refused(step, 'deletes more than one element');
  if (at === undefined) return success(step.text);
  if (at.length === 0) return refused(step, 'deletes the whole resource');
  return success(withoutEmptied(withoutElement(step.text, at), [at.slice(0, -1)]));
}

function replace(step: Step, resource: Resource, paths: readonly JsonPath[]): Result<string> {
  const { text, operation, environment } = step;
  const [at, second] = paths;
  if (at === undefined || second !== undefined)
    return refused(step, 'needs one element to replace');
  const { definitions } = environment;
  const { value } = operation;
  const target = choiceTarget(step, resource, at);
  const place = target?.place ?? placeAt(definitions, resource, at);
  const json = place === undefined ? undefined : value?.textFor(place, definitions);
  if (json === undefined) return refused(step, 'has parts that are no elements of R4');
  return success(
    target === undefined
      ? replaceValue(text, at, json)
      : setMember(withoutElement(text, at), at.slice(0, -1), target.name, json),
  );
}

/** A choice that gets a value of another type has another name in JSON. */
function choiceTarget({ operation, environment }: Step, resource: Resource, at: JsonPath) {
  const { definitions } = environment;
  const parent = placeAt(definitions, resource, at.slice(0, -1));
  const name = at.at(-1);
  if (parent === undefined || typeof name !== 'string') return undefined;
  const choice = childAt(definitions, parent, name)?.choice;
  const type = operation.value?.type;
  const target =
    choice === undefined || type === undefined
      ? undefined
      : childAt(definitions, parent, choice, type);
  return target?.name === name ? undefined : target;
}

function move(step: Step, _resource: Resource, paths: readonly JsonPath[]): Result<string> {
  const { text, operation } = step;
  const list = listOf(paths);
  const { source = -1, destination = -1 } = operation;
  const span = list === undefined ? undefined : spanOf(text, [...list, source]);
  if (list === undefined || span === undefined || destination < 0 || destination >= paths.length) {
    return refused(step, 'has an index outside of the list');
  }
  const without = removeValue(text, [...list, source]);
  return success(insertItem(without, list, destination, text.slice(span.start, span.end)));
}

/** The array that all the paths lead into. */
function listOf(paths: readonly JsonPath[]): JsonPath | undefined {
  const first = paths[0];
  if (first === undefined || typeof first.at(-1) !== 'number') return undefined;
  const list = first.slice(0, -1);
  const isOne = paths.every((path) => path.slice(0, -1).join('/') === list.join('/'));
  return isOne ? list : undefined;
}

/** The value and, of a primitive, its sibling with id and extensions. */
function withoutElement(text: string, path: JsonPath): string {
  const name = path.at(-1);
  const sibling = [...path.slice(0, -1), `_${String(name)}`];
  const kept = spanOf(text, path) === undefined ? text : removeValue(text, path);
  return spanOf(kept, sibling) === undefined ? kept : removeValue(kept, sibling);
}

function pathOf(resource: Resource, { value, parent, name }: TypedValue): JsonPath | undefined {
  if (value === resource) return [];
  if (parent === undefined || name === undefined) return undefined;
  const above = pathTo(resource, parent);
  return above === undefined ? undefined : [...above, name];
}

function pathTo(value: JsonValue, wanted: object): JsonPath | undefined {
  if (value === wanted) return [];
  const children: readonly (readonly [string | number, JsonValue | undefined])[] = Array.isArray(
    value,
  )
    ? [...(value as JsonArray).entries()]
    : isJsonObject(value)
      ? Object.entries(value)
      : [];
  for (const [step, child] of children) {
    const below = child === undefined ? undefined : pathTo(child, wanted);
    if (below !== undefined) return [step, ...below];
  }
  return undefined;
}

function valueAt(resource: Resource, path: JsonPath): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((value, step) => {
    if (typeof step === 'number') {
      return Array.isArray(value) ? (value as JsonArray)[step] : undefined;
    }
    return isJsonObject(value) ? value[step] : undefined;
  }, resource);
}

function refused({ operation }: Step, why: string): Result<never> {
  return failed(
    failure('business-rule', `Operation ${operation.position} (${operation.type}) ${why}.`),
  );
}
