import type { Definitions } from '../definitions/definitions.ts';
import type { Terminology } from '../definitions/terminology.ts';
import type { JsonObject } from '../json/json-value.ts';
import { jsonNames, type ElementNode } from './element-tree.ts';
import { primitiveSchema } from './json-schema-primitive.ts';

/** A schema: an object, or true where anything goes, false where nothing does. */
export type Schema = JsonObject | boolean;

/** What the parts of one schema share while it is made. */
export interface SchemaScope {
  readonly definitions: Definitions;
  readonly terminology: Terminology;
  readonly tree: (canonicalOrType: string) => ElementNode | undefined;
  /** `$defs`: by type, or by the path of an element that others repeat. */
  readonly types: Map<string, Schema>;
  /** Types that are referred to and perhaps not made yet. */
  readonly wanted: string[];
  /** Sentences on what could not be said. */
  readonly unsaid: Set<string>;
  /** Returns the schema of the elements below `node`. */
  readonly define: (node: ElementNode) => Schema;
}

/** Returns a reference to the schema of a type, which is made when it is not there yet. */
export function typeSchema(scope: SchemaScope, type: string): Schema {
  if (type === 'Resource') {
    return { type: 'object', required: ['resourceType'] };
  }
  scope.wanted.push(type);
  return { $ref: `#/$defs/${type}` };
}

/** Returns the schema of an object with the elements below `node` and no others. */
export function objectSchema(scope: SchemaScope, node: ElementNode): Schema {
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  const allOf: Schema[] = [];
  if (scope.definitions.isResourceType(node.path)) {
    properties['resourceType'] = { const: node.path };
    required.push('resourceType');
  }
  for (const child of node.children) {
    const names = addProperties(scope, child, properties);
    if (names.length > 1 && child.name.endsWith('[x]')) {
      allOf.push(oneAtMost(names));
    }
    if (child.min > 0) {
      allOf.push({ anyOf: names.map((name) => ({ required: [name] })) });
    }
  }
  return {
    type: 'object',
    properties,
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
    ...(allOf.length > 0 ? { allOf } : {}),
  };
}

function addProperties(
  scope: SchemaScope,
  child: ElementNode,
  properties: Record<string, Schema>,
): string[] {
  const names: string[] = [];
  for (const [name, type] of jsonNames(child)) {
    const primitive = primitiveSchema(type);
    const value = valueSchema(scope, child, type);
    properties[name] = listOf(
      child,
      primitive === undefined ? value : { anyOf: [value] },
      primitive,
    );
    names.push(name);
    if (primitive !== undefined) {
      properties[`_${name}`] = listOf(child, typeSchema(scope, 'Element'), primitive);
      names.push(`_${name}`);
    }
  }
  return names;
}

/** Items of primitive arrays may be null, where the other array has the rest. */
function listOf(child: ElementNode, item: Schema, primitive: JsonObject | undefined): Schema {
  if (!child.isList) {
    return item;
  }
  const items = primitive === undefined ? item : { anyOf: [item, { type: 'null' }] };
  return { type: 'array', minItems: 1, items };
}

function valueSchema(scope: SchemaScope, child: ElementNode, type: string): Schema {
  const primitive = primitiveSchema(type);
  if (primitive !== undefined) {
    return codesSchema(scope, child, type) ?? primitive;
  }
  if (child.contentReference !== undefined) {
    return { $ref: `#/$defs/${child.contentReference}` };
  }
  if (child.children.length > 0) {
    scope.types.set(child.path, scope.define(child));
    return { $ref: `#/$defs/${child.path}` };
  }
  return typeSchema(scope, type);
}

const codesMax = 1_000;

/** The codes of a required binding that can be listed. */
export function codesSchema(
  { terminology }: SchemaScope,
  { definition }: ElementNode,
  type: string,
): Schema | undefined {
  const { strength, valueSet } = definition.binding ?? {};
  if (type !== 'code' || strength !== 'required' || valueSet === undefined) {
    return undefined;
  }
  const codes = terminology.expansion(valueSet)?.map(({ code }) => code);
  return codes === undefined || codes.length === 0 || codes.length > codesMax
    ? undefined
    : { enum: [...new Set(codes)] };
}

/** At most one type of a choice: each name with its `_` sibling is one. */
function oneAtMost(names: readonly string[]): Schema {
  const plain = names.filter((name) => !name.startsWith('_'));
  const has = (name: string): Schema => ({
    anyOf: [
      { required: [name] },
      ...(names.includes(`_${name}`) ? [{ required: [`_${name}`] }] : []),
    ],
  });
  const choices = plain.map(has);
  return { oneOf: [...choices, { not: { anyOf: choices } }] };
}
