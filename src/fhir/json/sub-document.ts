import type { JsonDocument } from './json-document.ts';
import type { JsonObject } from './json-value.ts';
import { documentOf } from './parse.ts';
import { isScanError, scan } from './scan.ts';

/**
 * Returns the document of a resource inside a Bundle or Parameters (`['entry', 0, 'resource']`),
 * undefined when there is none. Its text is cut out as it came, its tree is the branch of the whole.
 */
export function subDocument(
  document: JsonDocument,
  path: readonly (string | number)[],
): JsonDocument | undefined {
  const span = document.resources?.get(path.join('/'));
  if (span === undefined) return undefined;
  const value = path.reduce<unknown>(
    (node, step) => (node as Record<string | number, unknown>)[step],
    document.value,
  );
  const text = document.text.slice(span.start, span.end);
  // The whole was accepted within its limit of depth, so the part is too.
  const found = scan(text, Infinity);
  return isScanError(found) ? undefined : documentOf(text, value as JsonObject, found);
}
