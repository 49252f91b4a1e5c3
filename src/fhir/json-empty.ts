import { removeValue, type JsonPath } from './json-text.ts';
import type { JsonValue } from './json/json-value.ts';

/**
 * Returns the text without the arrays and objects that are empty: FHIR's JSON has none, and a patch that
 * removes the last item means the element.
 *
 * @see https://hl7.org/fhir/R4/json.html
 */
export function withoutEmpty(text: string): string {
  let cleaned = text;
  for (;;) {
    const path = emptyPath(JSON.parse(cleaned) as JsonValue);
    if (path === undefined || path.length === 0) return cleaned;
    cleaned = removeValue(cleaned, path);
  }
}

function emptyPath(value: JsonValue): JsonPath | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const children: readonly (readonly [string | number, JsonValue])[] = Array.isArray(value)
    ? (value as readonly JsonValue[]).map((item, index) => [index, item] as const)
    : (Object.entries(value) as readonly (readonly [string, JsonValue])[]);
  if (children.length === 0) return [];
  for (const [step, child] of children) {
    const below = emptyPath(child);
    if (below !== undefined) return [step, ...below];
  }
  return undefined;
}
