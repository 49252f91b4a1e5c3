/** What `JSON.parse` returns. */
export type JsonValue = string | number | boolean | null | JsonArray | JsonObject;

/** A JSON array, never changed after it was parsed. */
export type JsonArray = readonly JsonValue[];

/** A JSON object, never changed after it was parsed. */
export interface JsonObject {
  readonly [name: string]: JsonValue | undefined;
}

/** Returns whether `value` is a JSON object, which neither an array nor null is. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
