import { bindingSchema } from './json-schema-binding.ts';
import { primitiveSchema } from './json-schema-primitive.ts';
import { referenceSchema } from './json-schema-reference.ts';
import { joined, partOf, type Schema, type SchemaScope } from './json-schema-scope.ts';
import { jsonNames, type ElementNode } from './element-tree.ts';

/** Returns a reference to the schema of a type, which is made when it is not there yet. */
export function typeSchema(scope: SchemaScope, type: string): Schema {
  return partOf(scope, type, () => {
    const primitive = primitiveSchema(type);
    if (primitive !== undefined) {
      return primitive;
    }
    if (type === 'Resource' || type === 'DomainResource') {
      return anyResource(scope);
    }
    const node = scope.tree(type);
    return node === undefined ? true : objectSchema(scope, node);
  });
}

/** A resource inside another is any: all of them would make each schema a copy of R4. */
function anyResource({ definitions }: SchemaScope): Schema {
  const resourceType = { enum: [...definitions.resourceTypes] };
  return { type: 'object', required: ['resourceType'], properties: { resourceType } };
}

/** Returns the schema of an object with the elements below `node` and no others. */
function objectSchema(scope: SchemaScope, node: ElementNode): Schema {
  const properties: Record<string, Schema> = {};
  const isResource = scope.definitions.isResourceType(node.path);
  const demands: Schema[] = isResource ? [{ required: ['resourceType'] }] : contentOf(node);
  if (isResource) {
    properties['resourceType'] = { const: node.path };
  }
  for (const child of node.children) {
    addProperties(scope, child, properties);
    if (child.name.endsWith('[x]') && child.types.length > 1) {
      demands.push(oneAtMost(child));
    }
    if (child.min > 0) {
      demands.push({ anyOf: presence(jsonNames(child)) });
    }
  }
  return {
    type: 'object',
    properties,
    additionalProperties: false,
    ...(demands.length > 0 ? { allOf: demands } : {}),
  };
}

/** `ele-1` and `ext-1`; what stands beside a primitive may have an id alone. */
function contentOf(node: ElementNode): Schema[] {
  if (node.path === 'Element') {
    return [];
  }
  const isMoreThanId = { not: { propertyNames: { const: 'id' } } };
  const hasValue = { not: { propertyNames: { not: { pattern: '^_?value' } } } };
  return node.path === 'Extension'
    ? [isMoreThanId, { oneOf: [{ required: ['extension'] }, hasValue] }]
    : [isMoreThanId];
}

/** Returns what it takes that one of these names is there; a primitive may have only its `_` sibling. */
export function presence(names: readonly (readonly [name: string, type: string])[]): Schema[] {
  return names.flatMap(([name, type]) =>
    primitiveSchema(type) === undefined
      ? [{ required: [name] }]
      : [{ required: [name] }, { required: [`_${name}`] }],
  );
}

function addProperties(
  scope: SchemaScope,
  child: ElementNode,
  properties: Record<string, Schema>,
): void {
  for (const [name, type] of jsonNames(child)) {
    properties[name] = listOf(child, type, valueSchema(scope, child, type));
    if (primitiveSchema(type) !== undefined) {
      properties[`_${name}`] = listOf(child, type, typeSchema(scope, 'Element'));
    }
  }
}

/** Returns the schema of an element whose values are `item`; of primitives the other array may have it. */
export function listOf(child: ElementNode, type: string, item: Schema): Schema {
  if (!child.isList) {
    return item;
  }
  const items =
    primitiveSchema(type) === undefined ? item : { anyOf: [item, { type: 'null' as const }] };
  return { type: 'array', minItems: 1, items };
}

function valueSchema(scope: SchemaScope, child: ElementNode, type: string): Schema {
  const declared = child.types.find(({ code }) => code === type);
  return joined([
    inlineSchema(scope, child) ?? typeSchema(scope, type),
    bindingSchema(scope, child.definition.binding, type),
    declared?.code === 'Reference' ? referenceSchema(scope, declared) : true,
  ]);
}

function inlineSchema(scope: SchemaScope, child: ElementNode): Schema | undefined {
  if (child.contentReference !== undefined) {
    return { $ref: `#/$defs/${child.contentReference}` };
  }
  return child.children.length === 0
    ? undefined
    : partOf(scope, child.path, () => objectSchema(scope, child));
}

/** At most one type of a choice: each name with its `_` sibling is one. */
function oneAtMost(child: ElementNode): Schema {
  const choices = jsonNames(child).map((name): Schema => ({ anyOf: presence([name]) }));
  return { oneOf: [...choices, { not: { anyOf: choices } }] };
}
