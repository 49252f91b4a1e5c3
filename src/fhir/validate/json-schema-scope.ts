import type { Definitions } from '../definitions/definitions.ts';
import type { Terminology } from '../definitions/terminology.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { ElementNode } from './element-tree.ts';

/** A schema: an object, or true where anything goes, false where nothing does. */
export type Schema = JsonObject | boolean;

/** What the parts of one schema share while it is made. */
export interface SchemaScope {
  readonly definitions: Definitions;
  readonly terminology: Terminology;
  readonly tree: (canonicalOrType: string) => ElementNode | undefined;
  /** `$defs`: types, elements that others repeat, profiles of types, value sets, slices. */
  readonly parts: Map<string, Schema>;
  /** Sentences on what could not be said. */
  readonly unsaid: Set<string>;
}

/** An element of a profile, and the same one as the base types define it. */
export interface Place {
  readonly node: ElementNode;
  readonly base: ElementNode;
  /** The tree of the base type, which content references are of. */
  readonly root: ElementNode;
}

/** Returns a reference to a part of the schema, which is made when it is not there yet. */
export function partOf(scope: SchemaScope, name: string, make: () => Schema): Schema {
  if (!scope.parts.has(name)) {
    // A part may refer to itself.
    scope.parts.set(name, true);
    scope.parts.set(name, make());
  }
  return { $ref: `#/$defs/${name}` };
}

/** Returns the schema that demands all of `schemas`. */
export function joined(schemas: readonly Schema[]): Schema {
  const needed = schemas.filter((schema) => schema !== true);
  const [only = true] = needed;
  return needed.length < 2 ? only : { allOf: needed };
}
