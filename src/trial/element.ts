import { isJsonObject, type JsonObject, type JsonValue } from '../fhir/json/json-value.ts';
import { profile } from './canonical.ts';

/** Returns the objects of an array element; none when it is absent or malformed. */
export function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** Returns the strings of an array element; none when it is absent or malformed. */
export function stringsOf(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Returns a string element, undefined when it is none. */
export function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Returns the codings of a CodeableConcept that have both system and code, in their order. */
export function codesOf(
  concept: JsonValue | undefined,
): readonly { readonly system: string; readonly code: string }[] {
  if (!isJsonObject(concept)) return [];
  return objectsOf(concept['coding']).flatMap((coding) => {
    const [system, code] = [textOf(coding['system']), textOf(coding['code'])];
    return system !== undefined && code !== undefined ? [{ system, code }] : [];
  });
}

/** Returns whether a CodeableConcept has a coding of the system; of this one code when it is given. */
export function hasCode(concept: JsonValue | undefined, system: string, code?: string): boolean {
  return codesOf(concept).some(
    (coding) => coding.system === system && (code === undefined || coding.code === code),
  );
}

/** Returns the first of this guide's extensions `h2c-<name>` on an element. */
export function extensionOf(element: JsonObject, name: string): JsonObject | undefined {
  const url = profile(name);
  return objectsOf(element['extension']).find((extension) => extension['url'] === url);
}
