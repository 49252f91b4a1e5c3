import { choiceType } from './choice-type.ts';
import type { Definitions } from './definitions/definitions.ts';
import { childAt, type ElementPlace } from './element-place.ts';
import { spanOf, type JsonPath } from './json-text.ts';
import type { JsonDocument } from './json/json-document.ts';
import {
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
} from './json/json-value.ts';
import { failure } from './operation-outcome.ts';
import { failed, success, type Result } from './result.ts';

/** One operation of a FHIRPath Patch; the numbers are those that its type needs. */
export interface PatchOperation {
  readonly position: number;
  readonly type: 'add' | 'insert' | 'delete' | 'replace' | 'move';
  readonly path: string;
  readonly name?: string;
  readonly value?: PatchValue;
  readonly index?: number;
  readonly source?: number;
  readonly destination?: number;
}

/** The value of an operation: of a type, or given part by part for an element that has no type of its own. */
export interface PatchValue {
  /** `dateTime` of `valueDateTime`; undefined when it is given in parts. */
  readonly type?: string;
  /** Its JSON text as an element at `place`; undefined when a part is no element there. */
  textFor(place: ElementPlace, definitions: Definitions): string | undefined;
}

/**
 * Returns the operations of the Parameters of a FHIRPath Patch, in their order. Fails `malformed`.
 *
 * @see https://hl7.org/fhir/R4/fhirpatch.html#concept
 */
export function readPatchOperations(patch: JsonDocument): Result<readonly PatchOperation[]> {
  const parameters = partsOf(patch.value, 'parameter');
  const operations: PatchOperation[] = [];
  for (const [position, parameter] of parameters.entries()) {
    const operation = readOperation(patch.text, parameter, position);
    if (operation === undefined) {
      return failed(
        failure('malformed', `Parameter ${position} is no operation of a FHIRPath Patch.`),
      );
    }
    operations.push(operation);
  }
  return parameters.length === 0
    ? failed(failure('malformed', 'A FHIRPath Patch has at least one operation.'))
    : success(operations);
}

const types = ['add', 'insert', 'delete', 'replace', 'move'] as const;

function readOperation(
  text: string,
  parameter: JsonObject,
  position: number,
): PatchOperation | undefined {
  const parts = partsOf(parameter, 'part');
  const part = (name: string) => parts.find((one) => one['name'] === name);
  const type = types.find((one) => one === part('type')?.['valueCode']);
  const path = part('path')?.['valueString'];
  if (parameter['name'] !== 'operation' || type === undefined || typeof path !== 'string') {
    return undefined;
  }
  const name = part('name')?.['valueString'];
  const at = parts.findIndex((one) => one['name'] === 'value');
  const value = parts[at];
  return {
    position,
    type,
    path,
    ...(typeof name === 'string' ? { name } : {}),
    ...(value !== undefined
      ? { value: valueOf(text, value, ['parameter', position, 'part', at]) }
      : {}),
    ...integers(part),
  };
}

function integers(part: (name: string) => JsonObject | undefined) {
  const entries = (['index', 'source', 'destination'] as const).flatMap((name) => {
    const value = part(name)?.['valueInteger'];
    return typeof value === 'number' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(entries) as Pick<PatchOperation, 'index' | 'source' | 'destination'>;
}

function valueOf(text: string, part: JsonObject, path: JsonPath): PatchValue {
  const member = Object.keys(part).find((name) => /^value[A-Z]/u.test(name));
  if (member !== undefined) {
    const span = spanOf(text, [...path, member]);
    const json = span === undefined ? undefined : text.slice(span.start, span.end);
    return { type: choiceType(member.slice('value'.length)), textFor: () => json };
  }
  return {
    textFor: (place, definitions) => partsText(text, { part, path, place, definitions }),
  };
}

interface Parts {
  readonly part: JsonObject;
  readonly path: JsonPath;
  readonly place: ElementPlace;
  readonly definitions: Definitions;
}

/** The object that parts make: one member for each name, an array where the element repeats. */
function partsText(text: string, { part, path, place, definitions }: Parts): string | undefined {
  const members = new Map<string, { readonly isList: boolean; readonly values: string[] }>();
  for (const [index, one] of partsOf(part, 'part').entries()) {
    const value = valueOf(text, one, [...path, 'part', index]);
    const name = one['name'];
    const child =
      typeof name === 'string' ? childAt(definitions, place, name, value.type) : undefined;
    const json = child === undefined ? undefined : value.textFor(child.place, definitions);
    if (child === undefined || json === undefined) return undefined;
    const member = members.get(child.name) ?? { isList: child.isList, values: [] };
    members.set(child.name, member);
    member.values.push(json);
  }
  const texts = [...members].map(([name, { isList, values }]) => {
    const list = values.join(',');
    return `${JSON.stringify(name)}:${isList ? `[${list}]` : list}`;
  });
  return texts.length === 0 ? undefined : `{${texts.join(',')}}`;
}

function partsOf(value: JsonObject, name: string): readonly JsonObject[] {
  const parts: JsonValue | undefined = value[name];
  return Array.isArray(parts) ? (parts as JsonArray).filter(isJsonObject) : [];
}
