import type { StructureDefinition } from '@medplum/fhirtypes';
import type { Definitions } from '../definitions/definitions.ts';
import type { Terminology } from '../definitions/terminology.ts';
import type { JsonObject } from '../json/json-value.ts';
import { elementTree, type ElementNode } from './element-tree.ts';
import { profileSchema } from './json-schema-profile.ts';
import { type SchemaScope } from './json-schema-scope.ts';
import { typeSchema } from './json-schema-type.ts';
import { createSnapshot } from './snapshot.ts';

/**
 * Returns the JSON Schema (draft 2020-12) of a type or profile, self-contained: every type, value set
 * and profile that it uses is in `$defs`. `$comment` names the rules that it cannot express; the server
 * checks those too, and refuses whatever the schema refuses. Undefined when the canonical is unknown.
 *
 * @see https://hl7.org/fhir/R4/json.html
 */
export function jsonSchema(
  definitions: Definitions,
  terminology: Terminology,
  canonical: string,
): JsonObject | undefined {
  const structure = definitions.structureDefinition(canonical);
  const tree = structure && treeOf(definitions, structure);
  if (structure === undefined || tree === undefined) {
    return undefined;
  }
  const scope = createScope(definitions, terminology);
  const allOf = [typeSchema(scope, structure.type), profileSchema(scope, canonical)];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `${structure.url}/$json-schema`,
    title: structure.title ?? structure.name,
    $comment: commentOf(scope, tree),
    allOf: allOf.filter((schema) => schema !== true),
    $defs: Object.fromEntries(scope.parts),
  };
}

function createScope(definitions: Definitions, terminology: Terminology): SchemaScope {
  return {
    definitions,
    terminology,
    parts: new Map(),
    unsaid: new Set(),
    tree: (name) => {
      const structure = definitions.structureDefinition(name);
      return structure && treeOf(definitions, structure);
    },
  };
}

function treeOf(definitions: Definitions, structure: StructureDefinition): ElementNode | undefined {
  if (structure.snapshot !== undefined) {
    return elementTree(structure);
  }
  const made = createSnapshot(definitions, structure);
  return made.ok ? elementTree(made.value) : undefined;
}

/** `ele-1` and `ext-1` are expressed. */
const expressed: ReadonlySet<string> = new Set(['ele-1', 'ext-1']);

function commentOf(scope: SchemaScope, tree: ElementNode): string {
  const keys = new Set<string>();
  const addKeys = (node: ElementNode) => {
    for (const { key } of node.definition.constraint ?? []) {
      if (!expressed.has(key)) {
        keys.add(key);
      }
    }
    node.children.forEach(addKeys);
    node.slices.forEach(addKeys);
  };
  addKeys(tree);
  return [
    'Not expressed here, and checked by the server: the calendar, what references lead to,',
    'contained and bundled resources, extensions that the profile does not name, narrative, units,',
    'codes that are not listed,',
    `and the invariants ${[...keys].join(', ')}.`,
    ...scope.unsaid,
  ].join(' ');
}
