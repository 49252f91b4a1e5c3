import type { JsonObject, JsonValue } from '../src/fhir/json/json-value.ts';

const nobodyReads = new Set([
  'text',
  'contact',
  'meta',
  'differential',
  'mapping',
  'publisher',
  'date',
]);
const proseOfElement = new Set([
  'definition',
  'comment',
  'requirements',
  'alias',
  'mapping',
  'example',
  'xpath',
]);
const proseOfConcept = new Set(['definition', 'designation']);

/** Returns the definition without narrative, mappings and the prose that no code and no message reads. */
export function compact(definition: JsonObject): JsonObject {
  const kept = without(definition, nobodyReads);
  const snapshot = definition['snapshot'] as JsonObject | undefined;
  if (snapshot !== undefined) {
    return { ...kept, snapshot: without(snapshot, proseOfElement, 'deep') };
  }
  return definition['concept'] === undefined
    ? kept
    : { ...kept, concept: pruned(definition['concept'], proseOfConcept) };
}

function without(object: JsonObject, names: ReadonlySet<string>, depth?: 'deep'): JsonObject {
  return Object.fromEntries(
    Object.entries(object)
      .filter(([name]) => !names.has(name))
      .map(([name, value]) => [name, depth === 'deep' ? pruned(value, names) : value]),
  );
}

function pruned(value: JsonValue | undefined, names: ReadonlySet<string>): JsonValue | undefined {
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).map((one) => pruned(one, names) ?? null);
  if (typeof value !== 'object' || value === null) return value;
  return without(value as JsonObject, names, 'deep');
}
