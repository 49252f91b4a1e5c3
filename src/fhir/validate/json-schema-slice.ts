import { extensionCanonical } from '../definitions/layer.ts';
import type { JsonValue } from '../json/json-value.ts';
import { childNamed, choiceValue, jsonNames, type ElementNode } from './element-tree.ts';
import { codedSchema } from './json-schema-binding.ts';
import { patternSchema } from './json-schema-pattern.ts';
import { joined, type Place, type Schema, type SchemaScope } from './json-schema-scope.ts';

/**
 * Returns the names, with their types, that a slice of a choice takes (`value[x]:valueQuantity`);
 * undefined when it is not the type that tells slices apart.
 */
export function sliceByType(
  { node, base }: Pick<Place, 'node' | 'base'>,
  slice: ElementNode,
): readonly (readonly [name: string, type: string])[] | undefined {
  const declared = node.definition.slicing?.discriminator ?? [];
  const isByType = declared.every(({ type, path }) => type === 'type' && path === '$this');
  const types = new Set(slice.types.map(({ code }) => code));
  return base.name.endsWith('[x]') && isByType
    ? jsonNames(base).filter(([, type]) => types.has(type))
    : undefined;
}

/** A slice, and the schema of what belongs to it. */
interface Told {
  readonly slice: ElementNode;
  readonly match: Schema;
}

/**
 * Returns what the slices of a list demand: how many there are of each, and of each value what its slice
 * says. A value belongs to the first slice that it fits. Where a slice cannot be told, that one and those
 * after it are left to the server.
 *
 * @see https://hl7.org/fhir/R4/profiling.html#slicing
 */
export function sliceSchemas(
  scope: SchemaScope,
  { node }: Place,
  rulesOf: (slice: ElementNode) => Schema,
): readonly Schema[] {
  const told: Told[] = [];
  for (const slice of node.slices) {
    const match = slice.sliceName === '@default' ? undefined : matchOf(scope, node, slice);
    if (match === undefined) {
      scope.unsaid.add(
        `From the slice ${slice.sliceName ?? ''} of ${node.path} on the slices are not expressed.`,
      );
      break;
    }
    told.push({ slice, match });
  }
  const isClosed =
    node.definition.slicing?.rules === 'closed' && told.length === node.slices.length;
  const chain = told.reduceRight<Schema>((otherwise, { slice, match }) => {
    const then = rulesOf(slice);
    return then === true && otherwise === true
      ? true
      : { if: match, then, ...(otherwise === true ? {} : { else: otherwise }) };
  }, !isClosed);
  const counts = told.map(({ slice, match }, at) =>
    countSchema(slice, isByUrl(node) ? match : firstOf(match, told.slice(0, at))),
  );
  return [chain === true ? true : { items: chain }, ...counts].filter((schema) => schema !== true);
}

/** What fits the slice, and none before it. */
function firstOf(match: Schema, before: readonly Told[]): Schema {
  return before.length === 0
    ? match
    : joined([match, { not: { anyOf: before.map((told) => told.match) } }]);
}

function countSchema({ min, max }: ElementNode, match: Schema): Schema {
  return min === 0 && max === Infinity
    ? true
    : {
        contains: match,
        minContains: min,
        ...(max === Infinity ? {} : { maxContains: max }),
      };
}

function isByUrl(node: ElementNode): boolean {
  return node.types.some(({ code }) => code === 'Extension');
}

/** What tells a slice from other values: the fixed values and patterns its discriminators point to. */
function matchOf(scope: SchemaScope, node: ElementNode, slice: ElementNode): Schema | undefined {
  const declared = node.definition.slicing?.discriminator ?? [];
  const paths = declared.length === 0 && isByUrl(node) ? ['url'] : declared.map(({ path }) => path);
  const isByValue = declared.every(({ type }) => type === 'value' || type === 'pattern');
  const matches = paths.map((path) => matchAt(scope, slice, path.split('.')));
  return isByValue && matches.length > 0 && matches.every((match) => match !== undefined)
    ? joined(matches)
    : undefined;
}

function matchAt(
  scope: SchemaScope,
  node: ElementNode,
  path: readonly string[],
): Schema | undefined {
  const [name, ...rest] = path;
  if (name === undefined || name === '$this') {
    return valueMatch(scope, node);
  }
  const child = childNamed(node, name) ?? childOfType(scope, node, name);
  const below = child && matchAt(scope, child, rest);
  if (child === undefined || below === undefined) {
    return undefined;
  }
  const each = jsonNames(child).map(([json]) => ({
    required: [json],
    properties: { [json]: child.isList ? { contains: below } : below },
  }));
  const [only] = each;
  return each.length === 1 && only !== undefined ? only : { anyOf: each };
}

function childOfType(scope: SchemaScope, { types: [type] }: ElementNode, name: string) {
  const [profile] = type?.profiles ?? [];
  const tree = profile && type ? scope.tree(profileOf(scope, type.code, profile)) : undefined;
  return tree && childNamed(tree, name);
}

/** Returns what names the profile of a type; that of an extension alone where a profile shares its URL. */
export function profileOf(scope: SchemaScope, type: string, canonical: string): string {
  const alone = extensionCanonical(canonical);
  const isAlone =
    type === 'Extension' && scope.definitions.structureDefinition(alone) !== undefined;
  return isAlone ? alone : canonical;
}

/** A fixed value or pattern, else codes of a required binding on one coding. */
function valueMatch(scope: SchemaScope, node: ElementNode): Schema | undefined {
  const fixed = choiceValue(node.definition, 'fixed');
  const pattern = choiceValue(node.definition, 'pattern');
  if (fixed !== undefined || pattern !== undefined) {
    return fixed === undefined
      ? patternSchema(pattern?.value as JsonValue)
      : { const: fixed.value as JsonValue };
  }
  const { strength, valueSet } = node.definition.binding ?? {};
  const [type] = node.types;
  const isCoding = type?.code === 'Coding' && node.children.length === 0;
  return strength === 'required' && valueSet !== undefined && isCoding
    ? codedSchema(scope, valueSet, 'coding')
    : undefined;
}
