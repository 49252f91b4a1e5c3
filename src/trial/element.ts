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
  const found: { readonly system: string; readonly code: string }[] = [];
  for (const coding of codingsOf(concept)) {
    if (!isJsonObject(coding)) continue;
    const { system, code } = coding;
    if (typeof system === 'string' && typeof code === 'string') found.push({ system, code });
  }
  return found;
}

/** Returns whether a CodeableConcept has a coding of the system; of this one code when it is given. */
export function hasCode(concept: JsonValue | undefined, system: string, code?: string): boolean {
  return codingsOf(concept).some(
    (coding) =>
      isJsonObject(coding) &&
      (code === undefined ? typeof coding['code'] === 'string' : coding['code'] === code) &&
      coding['system'] === system,
  );
}

/** Rules ask for codes of every record: nothing is copied to find them. */
function codingsOf(concept: JsonValue | undefined): readonly JsonValue[] {
  const codings = isJsonObject(concept) ? concept['coding'] : undefined;
  return Array.isArray(codings) ? (codings as readonly JsonValue[]) : [];
}

/** Returns the first of this guide's extensions `h2c-<name>` on an element. */
export function extensionOf(element: JsonObject, name: string): JsonObject | undefined {
  const url = profile(name);
  const extensions = element['extension'];
  if (!Array.isArray(extensions)) return undefined;
  return (extensions as readonly JsonValue[]).find(
    (extension): extension is JsonObject => isJsonObject(extension) && extension['url'] === url,
  );
}
