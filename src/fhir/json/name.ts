import type { JsonValue } from './json-value.ts';

/** Names that would reach an object's prototype when a tree is copied carelessly. */
export const forbiddenNames: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
]);

/**
 * Returns how many members the objects of a tree have, NaN when one of them has a forbidden name. The text
 * of the tree has as many, unless a name occurs twice in one object.
 */
export function memberCountOf(value: JsonValue | undefined): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value as readonly JsonValue[]) count += memberCountOf(item);
    return count;
  }
  const object = value as { readonly [name: string]: JsonValue };
  for (const name in object) {
    if (forbiddenNames.has(name)) return NaN;
    count += 1 + memberCountOf(object[name]);
  }
  return count;
}
