import { isJsonObject, type JsonObject, type JsonValue } from '../src/fhir/json/json-value.ts';

const nobodyReads = new Set(['text', 'contact', 'meta', 'mapping']);
const proseOfElement = new Set([
  'definition',
  'comment',
  'requirements',
  'alias',
  'mapping',
  'example',
  'xpath',
]);
const proseOfConcept = new Set(['definition', 'language', 'use']);

/** Returns the definition without narrative, mappings and the prose that no code and no message reads. */
export function compact(definition: JsonObject): JsonObject {
  const kept = without(definition, nobodyReads);
  const { differential, snapshot, ...rest } = kept;
  // The snapshot says all that the differential does; two examples have the differential alone.
  if (isJsonObject(snapshot)) return { ...rest, snapshot: pruned(snapshot, proseOfElement) };
  if (isJsonObject(differential)) {
    return { ...rest, differential: pruned(differential, proseOfElement) };
  }
  return definition['concept'] === undefined
    ? kept
    : { ...kept, concept: pruned(definition['concept'], proseOfConcept) };
}

function without(object: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.has(name)));
}

function pruned(value: JsonValue | undefined, names: ReadonlySet<string>): JsonValue | undefined {
  if (Array.isArray(value)) {
    return (value as readonly JsonValue[]).map((item) => pruned(item, names) ?? null);
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(without(value, names)).map(([name, member]) => [name, pruned(member, names)]),
  );
}
