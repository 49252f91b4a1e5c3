import type { JsonValue } from '../json/json-value.ts';
import { isJsonObject } from '../json/json-value.ts';
import { childNamed, choiceValue, jsonNames, type ElementNode } from './element-tree.ts';
import { isJsonArray } from './json-array.ts';
import { codesSchema, type Schema, type SchemaScope } from './json-schema-type.ts';
import { primitiveSchema } from './json-schema-primitive.ts';

/**
 * Returns what a profile adds to the schema of its type: cardinality, types, fixed values, patterns,
 * listed codes, and the slices that their values tell apart.
 */
export function profileSchema(scope: SchemaScope, node: ElementNode): Schema {
  const properties: Record<string, Schema> = {};
  const allOf: Schema[] = [];
  for (const child of node.children) {
    const names = jsonNames(child).map(([name]) => name);
    const item = itemSchema(scope, child);
    for (const [name, type] of jsonNames(child)) {
      const value =
        child.max === 0 ? false : listSchema(scope, child, withCodes(scope, child, type, item));
      if (value !== true) {
        properties[name] = value;
      }
    }
    if (child.name.endsWith('[x]')) {
      forbidOthers(scope, node, child, properties);
    }
    if (child.min > 0 && names.length > 0) {
      allOf.push({ anyOf: presence(child) });
    }
  }
  return joined([Object.keys(properties).length > 0 ? { properties } : true, ...allOf]);
}

function withCodes(scope: SchemaScope, child: ElementNode, type: string, item: Schema): Schema {
  return joined([item, codesSchema(scope, child, type) ?? true]);
}

function presence(child: ElementNode): Schema[] {
  return jsonNames(child).flatMap(([name, type]) =>
    primitiveSchema(type) === undefined
      ? [{ required: [name] }]
      : [{ required: [name] }, { required: [`_${name}`] }],
  );
}

/** The types of a choice that the profile takes away. */
function forbidOthers(
  scope: SchemaScope,
  node: ElementNode,
  child: ElementNode,
  properties: Record<string, Schema>,
): void {
  const owner = scope.tree(node.path.includes('.') ? (node.types[0]?.code ?? '') : node.path);
  const base = owner && childNamed(owner, child.name);
  const allowed = new Set(child.types.map(({ code }) => code));
  for (const [name, type] of base === undefined ? [] : jsonNames(base)) {
    if (!allowed.has(type)) {
      properties[name] = false;
    }
  }
}

/** What each value of an element must be, as far as a schema can say it. */
function itemSchema(scope: SchemaScope, node: ElementNode): Schema {
  const fixed = choiceValue(node.definition, 'fixed');
  const pattern = choiceValue(node.definition, 'pattern');
  const { maxLength } = node.definition;
  return joined([
    fixed === undefined ? true : { const: fixed.value as JsonValue },
    pattern === undefined ? true : patternSchema(pattern.value as JsonValue),
    maxLength === undefined ? true : { maxLength },
    node.children.length === 0 || node.types.some(({ code }) => code === 'Resource')
      ? true
      : profileSchema(scope, node),
  ]);
}

function patternSchema(pattern: JsonValue): Schema {
  if (isJsonArray(pattern)) {
    return joined(pattern.map((wanted) => ({ contains: patternSchema(wanted) })));
  }
  if (!isJsonObject(pattern)) {
    return { const: pattern };
  }
  const names = Object.keys(pattern);
  return {
    required: names,
    properties: Object.fromEntries(
      names.map((name) => [name, patternSchema(pattern[name] ?? null)]),
    ),
  };
}

function listSchema(scope: SchemaScope, node: ElementNode, item: Schema): Schema {
  const slices = sliceSchemas(scope, node);
  if (!node.isList) {
    return item;
  }
  const isPrimitive = node.types.some(({ code }) => primitiveSchema(code) !== undefined);
  return joined([
    item === true || isPrimitive ? true : { items: item },
    node.max === Infinity ? true : { maxItems: node.max },
    isPrimitive || node.min < 2 ? true : { minItems: node.min },
    ...slices,
  ]);
}

function sliceSchemas(scope: SchemaScope, node: ElementNode): readonly Schema[] {
  return node.slices.flatMap((slice) => {
    const match = node.isList ? matchSchema(scope, node, slice) : undefined;
    if (match === undefined) {
      scope.unsaid.add(`The slice ${slice.sliceName ?? ''} of ${node.path} is not expressed.`);
      return [];
    }
    return [
      { items: { if: match, then: itemSchema(scope, slice) } },
      slice.min === 0 && slice.max === Infinity
        ? true
        : {
            contains: match,
            minContains: slice.min,
            ...(slice.max === Infinity ? {} : { maxContains: slice.max }),
          },
    ];
  });
}

/** What tells a slice from other values: the fixed values and patterns its discriminators point to. */
function matchSchema(
  scope: SchemaScope,
  node: ElementNode,
  slice: ElementNode,
): Schema | undefined {
  const declared = node.definition.slicing?.discriminator ?? [];
  const isByUrl = node.types.some(({ code }) => code === 'Extension');
  const paths = declared.length === 0 && isByUrl ? ['url'] : declared.map(({ path }) => path);
  const isByValue = declared.every(({ type }) => type === 'value' || type === 'pattern');
  const matches = paths.map((path) => pathSchema(scope, slice, path.split('.')));
  return isByValue && matches.length > 0 && matches.every((match) => match !== undefined)
    ? joined(matches)
    : undefined;
}

function pathSchema(
  scope: SchemaScope,
  node: ElementNode,
  path: readonly string[],
): Schema | undefined {
  const [name, ...rest] = path;
  if (name === undefined || name === '$this') {
    return valueOf(node);
  }
  const profile = node.types[0]?.profiles[0];
  const child = childNamed(node, name) ?? childOf(scope, profile, name);
  const below = child && pathSchema(scope, child, rest);
  if (child === undefined || below === undefined || child.name.endsWith('[x]')) {
    return undefined;
  }
  return {
    required: [name],
    properties: { [name]: child.isList ? { contains: below } : below },
  };
}

function childOf(scope: SchemaScope, profile: string | undefined, name: string) {
  const tree = profile === undefined ? undefined : scope.tree(profile);
  return tree && childNamed(tree, name);
}

function valueOf(node: ElementNode): Schema | undefined {
  const fixed = choiceValue(node.definition, 'fixed');
  const pattern = choiceValue(node.definition, 'pattern');
  if (fixed !== undefined) {
    return { const: fixed.value as JsonValue };
  }
  return pattern && patternSchema(pattern.value as JsonValue);
}

/** Returns the schema that demands all of `schemas`. */
function joined(schemas: readonly Schema[]): Schema {
  const needed = schemas.filter((schema) => schema !== true);
  const [only = true] = needed;
  return needed.length < 2 ? only : { allOf: needed };
}
