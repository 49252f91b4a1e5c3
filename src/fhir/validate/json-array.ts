import type { JsonArray, JsonValue } from '../json/json-value.ts';

/** Returns whether a JSON value is an array, keeping the type of its items. */
export function isJsonArray(value: JsonValue | undefined): value is JsonArray {
  return Array.isArray(value);
}

/** Returns the items of an array, none of any other value. */
export function itemsOf(value: JsonValue | undefined): JsonArray {
  return isJsonArray(value) ? value : [];
}
