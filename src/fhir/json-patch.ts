import {
  insertItem,
  isIn,
  removeValue,
  replaceValue,
  setMember,
  spanOf,
  type JsonPath,
} from './json-text.ts';
import { afterInsertion, afterRemoval, isEmptyAt, withoutEmptied } from './json-empty.ts';
import { isSameJson } from './json-same.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json/json-value.ts';
import { failure } from './operation-outcome.ts';
import { failed, success, type Result } from './result.ts';

/**
 * Returns the text that the patch makes of `text`; what no operation touches keeps its bytes, and
 * values of the patch are taken as they were written. Both are valid JSON. Arrays and objects that
 * removals empty are removed at the end, since FHIR's JSON has none.
 * Fails `malformed` when the patch is not one, `business-rule` when it does not apply to this text.
 *
 * @see https://hl7.org/fhir/R4/http.html#patch
 * @see https://www.rfc-editor.org/rfc/rfc6902
 */
export function applyJsonPatch(text: string, patch: string): Result<string> {
  const operations = JSON.parse(patch) as JsonValue;
  if (!Array.isArray(operations)) return malformed('A JSON Patch is an array of operations.');
  let patched: Patched = { text, emptied: [] };
  for (const [index, operation] of (operations as readonly JsonValue[]).entries()) {
    const step = readOperation(operation, patch, index);
    if (!step.ok) return step;
    const next = applyOperation(patched, step.value);
    if (!next.ok) return next;
    patched = next.value;
  }
  return success(withoutEmptied(patched.text, patched.emptied));
}

/** The text after some operations, and where they have removed the last that was in an array or object. */
interface Patched {
  readonly text: string;
  readonly emptied: readonly JsonPath[];
}

/** An operation whose pointers are split; `value` is JSON text. */
interface Operation {
  readonly name: string;
  readonly index: number;
  readonly path: readonly string[];
  readonly from: readonly string[];
  readonly value: string;
}

const needsValue: readonly string[] = ['add', 'replace', 'test'];
const needsFrom: readonly string[] = ['move', 'copy'];

function readOperation(operation: JsonValue, patch: string, index: number): Result<Operation> {
  if (!isJsonObject(operation)) return malformed(`Operation ${index} is not an object.`);
  const name = operation['op'];
  if (typeof name !== 'string' || ![...needsValue, ...needsFrom, 'remove'].includes(name)) {
    return malformed(
      `Operation ${index} has an op that is none of add, remove, replace, move, copy, test.`,
    );
  }
  const path = readPointer(operation['path']);
  if (path === undefined) return malformed(`Operation ${index} has no JSON Pointer as path.`);
  const from = needsFrom.includes(name) ? readPointer(operation['from']) : [];
  if (from === undefined) return malformed(`Operation ${index} has no JSON Pointer as from.`);
  const span = spanOf(patch, [index, 'value']);
  if (needsValue.includes(name) && span === undefined) {
    return malformed(`Operation ${index} has no value.`);
  }
  const value = span === undefined ? '' : patch.slice(span.start, span.end);
  return success({ name, index, path, from, value });
}

function readPointer(pointer: JsonObject[string]): readonly string[] | undefined {
  if (pointer === '') return [];
  if (typeof pointer !== 'string' || !/^(?:\/(?:[^/~]|~[01])*)+$/u.test(pointer)) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function applyOperation(patched: Patched, operation: Operation): Result<Patched> {
  const { name, path, value } = operation;
  switch (name) {
    case 'add':
      return add(patched, operation, value);
    case 'remove':
      return remove(patched, operation, path);
    case 'replace': {
      const at = locate(patched.text, path);
      return at === undefined ? noValue(operation) : success(replaced(patched, at, value));
    }
    case 'test':
      return test(patched, operation);
    default:
      return transfer(patched, operation);
  }
}

/** Moves or copies: the digits of the value go with it. */
function transfer(patched: Patched, operation: Operation): Result<Patched> {
  const { name, path, from } = operation;
  const { text } = patched;
  const source = locate(text, from);
  const span = source === undefined ? undefined : spanOf(text, source);
  if (span === undefined) return noValue(operation);
  const moved = text.slice(span.start, span.end);
  if (name === 'copy') return add(patched, operation, moved);
  if (path.length > from.length && from.every((token, index) => path[index] === token)) {
    return unprocessable(operation, 'moves a value into itself');
  }
  if (path.join('/') === from.join('/')) return success(patched);
  const without = remove(patched, operation, from);
  return without.ok ? add(without.value, operation, moved) : without;
}

function add(patched: Patched, operation: Operation, value: string): Result<Patched> {
  const { text, emptied } = patched;
  const token = operation.path.at(-1);
  if (token === undefined) return success({ text: value, emptied: [] });
  const parent = locate(text, operation.path.slice(0, -1));
  const container = parent === undefined ? undefined : valueAt(text, parent);
  if (parent === undefined || container === undefined) return noValue(operation);
  if (isJsonObject(container)) {
    const at = [...parent, token];
    return success({
      text: setMember(text, parent, token, value),
      emptied: emptied.filter((path) => !isIn(path, at)),
    });
  }
  if (!Array.isArray(container)) return noValue(operation);
  const index = token === '-' ? container.length : arrayIndex(token);
  return index === undefined || index > container.length
    ? noValue(operation)
    : success({
        text: insertItem(text, parent, index, value),
        emptied: afterInsertion(emptied, [...parent, index]),
      });
}

function remove(
  { text, emptied }: Patched,
  operation: Operation,
  path: readonly string[],
): Result<Patched> {
  const at = locate(text, path);
  if (at === undefined) return noValue(operation);
  if (at.length === 0) return unprocessable(operation, 'removes the whole resource');
  const removed = removeValue(text, at);
  const parent = at.slice(0, -1);
  const left = afterRemoval(emptied, at);
  return success({ text: removed, emptied: isEmptyAt(removed, parent) ? [...left, parent] : left });
}

/** What the client puts in the place of something is judged as it is. */
function replaced({ text, emptied }: Patched, at: JsonPath, value: string): Patched {
  return {
    text: replaceValue(text, at, value),
    emptied: emptied.filter((path) => !isIn(path, at)),
  };
}

function test(patched: Patched, operation: Operation): Result<Patched> {
  const { text } = patched;
  const at = locate(text, operation.path);
  const found = at === undefined ? undefined : valueAt(text, at);
  return found !== undefined && isSameJson(found, JSON.parse(operation.value) as JsonValue)
    ? success(patched)
    : unprocessable(operation, 'tests for another value than the resource has');
}

/** Turns a pointer's tokens into the steps of an existing value: an index where the parent is an array. */
function locate(text: string, tokens: readonly string[]): JsonPath | undefined {
  const path: (string | number)[] = [];
  for (const token of tokens) {
    const span = spanOf(text, path);
    const isArray = span !== undefined && text[span.start] === '[';
    const step = isArray ? arrayIndex(token) : token;
    if (step === undefined) return undefined;
    path.push(step);
  }
  return spanOf(text, path) === undefined ? undefined : path;
}

function arrayIndex(token: string): number | undefined {
  return /^(?:0|[1-9][0-9]{0,8})$/u.test(token) ? Number(token) : undefined;
}

function valueAt(text: string, path: JsonPath): JsonValue | undefined {
  const span = spanOf(text, path);
  return span === undefined
    ? undefined
    : (JSON.parse(text.slice(span.start, span.end)) as JsonValue);
}

function malformed(text: string): Result<never> {
  return failed(failure('malformed', text));
}

function noValue(operation: Operation): Result<never> {
  return unprocessable(operation, 'points to an element that the resource does not have');
}

function unprocessable({ name, index }: Operation, why: string): Result<never> {
  return failed(failure('business-rule', `Operation ${index} (${name}) ${why}.`));
}
