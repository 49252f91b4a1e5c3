import type { StructureDefinition } from '@medplum/fhirtypes';
import type { Definitions } from '../definitions/definitions.ts';
import type { Terminology } from '../definitions/terminology.ts';
import type { JsonObject } from '../json/json-value.ts';
import { elementTree, type ElementNode } from './element-tree.ts';
import { profileSchema } from './json-schema-profile.ts';
import { objectSchema, typeSchema, type SchemaScope } from './json-schema-type.ts';
import { createSnapshot } from './snapshot.ts';

/**
 * Returns the JSON Schema (draft 2020-12) of a type or profile, self-contained: every type that it uses
 * is in `$defs`. `$comment` names the rules that it cannot express; the server checks those too, and
 * refuses whatever the schema refuses. Undefined when the canonical is unknown.
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
  const base = typeSchema(scope, structure.type);
  const parts = [
    base,
    ...(structure.derivation === 'constraint' ? [profileSchema(scope, tree)] : []),
  ];
  fillTypes(scope);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `${structure.url}/$json-schema`,
    title: structure.title ?? structure.name,
    $comment: commentOf(scope, tree),
    allOf: parts,
    $defs: Object.fromEntries(scope.types),
  };
}

function createScope(definitions: Definitions, terminology: Terminology): SchemaScope {
  const scope: SchemaScope = {
    definitions,
    terminology,
    define: (node) => objectSchema(scope, node),
    types: new Map(),
    wanted: [],
    unsaid: new Set(),
    tree: (name) => {
      const structure = definitions.structureDefinition(name);
      return structure && treeOf(definitions, structure);
    },
  };
  return scope;
}

function treeOf(definitions: Definitions, structure: StructureDefinition): ElementNode | undefined {
  if (structure.snapshot !== undefined) {
    return elementTree(structure);
  }
  const made = createSnapshot(definitions, structure);
  return made.ok ? elementTree(made.value) : undefined;
}

/** Types name further types; each is made once. */
function fillTypes(scope: SchemaScope): void {
  for (let type = scope.wanted.pop(); type !== undefined; type = scope.wanted.pop()) {
    if (!scope.types.has(type)) {
      scope.types.set(type, {});
      const made = scope.tree(type);
      scope.types.set(type, made === undefined ? true : scope.define(made));
    }
  }
}

function commentOf(scope: SchemaScope, tree: ElementNode): string {
  const keys = new Set<string>();
  const addKeys = (node: ElementNode) => {
    for (const { key } of node.definition.constraint ?? []) {
      keys.add(key);
    }
    node.children.forEach(addKeys);
    node.slices.forEach(addKeys);
  };
  addKeys(tree);
  return [
    'Not expressed here, and checked by the server: the calendar, references and their targets,',
    'contained and bundled resources, known extensions, narrative, units, codes of bindings that are not listed,',
    `and the invariants ${[...keys].join(', ')}.`,
    ...scope.unsaid,
  ].join(' ');
}
