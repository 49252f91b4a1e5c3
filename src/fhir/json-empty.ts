import { isIn, itemsAt, membersAt, removeValue, spanOf, type JsonPath } from './json-text.ts';

/**
 * Returns the text without each array and object at `paths` that is empty, and without what becomes
 * empty by that; the root stays. FHIR's JSON has no empty ones, and a patch that removes the last item
 * means the element. What is empty elsewhere stays for validation to judge.
 *
 * @see https://hl7.org/fhir/R4/json.html
 */
export function withoutEmptied(text: string, paths: readonly JsonPath[]): string {
  let pruned = text;
  let pending = paths;
  for (let at = pending[0]; at !== undefined; at = pending[0]) {
    const path = at;
    const rest = pending.slice(1);
    if (path.length > 0 && isEmptyAt(pruned, path)) {
      pruned = removeValue(pruned, path);
      pending = [...afterRemoval(rest, path), path.slice(0, -1)];
    } else pending = rest;
  }
  return pruned;
}

/** Returns whether an array or object without items is at `path`. */
export function isEmptyAt(text: string, path: JsonPath): boolean {
  const start = spanOf(text, path)?.start;
  return start !== undefined && (membersAt(text, start) ?? itemsAt(text, start))?.length === 0;
}

/** Returns where `paths` lead once the value at `removed` is gone; those into it lead nowhere. */
export function afterRemoval(paths: readonly JsonPath[], removed: JsonPath): readonly JsonPath[] {
  return paths.filter((path) => !isIn(path, removed)).map((path) => shifted(path, removed, -1));
}

/** Returns where `paths` lead once an item was inserted in an array at `inserted`. */
export function afterInsertion(
  paths: readonly JsonPath[],
  inserted: JsonPath,
): readonly JsonPath[] {
  return paths.map((path) => shifted(path, inserted, 1));
}

/** A path through the same array, behind the item at `changed`, leads through another index. */
function shifted(path: JsonPath, changed: JsonPath, by: 1 | -1): JsonPath {
  const depth = changed.length - 1;
  const [step, index] = [path[depth], changed[depth]];
  const isBehind =
    typeof step === 'number' &&
    typeof index === 'number' &&
    step >= index &&
    isIn(path, changed.slice(0, -1));
  return isBehind ? [...path.slice(0, depth), step + by, ...path.slice(depth + 1)] : path;
}
