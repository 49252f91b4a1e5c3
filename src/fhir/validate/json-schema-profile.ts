import type { JsonValue } from '../json/json-value.ts';
import { childNamed, choiceValue, elementAt, jsonNames, type ElementNode } from './element-tree.ts';
import { bindingSchema } from './json-schema-binding.ts';
import { patternSchema } from './json-schema-pattern.ts';
import { primitiveSchema } from './json-schema-primitive.ts';
import { referenceSchema } from './json-schema-reference.ts';
import { joined, partOf, type Place, type Schema, type SchemaScope } from './json-schema-scope.ts';
import { profileOf, sliceByType, sliceSchemas } from './json-schema-slice.ts';
import { presence } from './json-schema-type.ts';

/**
 * Returns what a profile adds to the schema of its type: cardinalities, types, fixed values, patterns,
 * limits, listed codes, types of references, profiles of extensions, and the slices that values or
 * types tell apart. True for a base type, or what is unknown.
 */
export function profileSchema(scope: SchemaScope, canonical: string): Schema {
  const structure = scope.definitions.structureDefinition(canonical);
  const node = scope.tree(canonical);
  const base = structure && scope.tree(structure.type);
  if (structure?.derivation !== 'constraint' || node === undefined || base === undefined) {
    return true;
  }
  const name = structure.id ?? structure.url.replace(/[^\w.-]/g, '-');
  return partOf(scope, `profile-${name}`, () => objectRules(scope, { node, base, root: base }));
}

function objectRules(scope: SchemaScope, place: Place): Schema {
  const properties: Record<string, Schema> = {};
  const demands: Schema[] = [];
  for (const node of place.node.children) {
    const base = baseOf(scope, place, node.name);
    if (base !== undefined) {
      const child = { node, base, root: place.root };
      addMember(scope, child, properties);
      demands.push(...presenceDemands(child));
    }
  }
  return joined([Object.keys(properties).length > 0 ? { properties } : true, ...demands]);
}

/** Where the base type has it, where the element repeats another, or in one of its types. */
function baseOf(
  scope: SchemaScope,
  { node, base, root }: Place,
  name: string,
): ElementNode | undefined {
  const referred =
    base.contentReference === undefined ? undefined : elementAt(root, base.contentReference);
  const owners = [base, referred, ...node.types.map(({ code }) => scope.tree(code))];
  for (const owner of owners) {
    const child = owner && childNamed(owner, name);
    if (child !== undefined) {
      return child;
    }
  }
  return undefined;
}

/** The JSON names that an element of a profile speaks of: one of a choice may have its own name. */
function namesOf({ node, base }: Place): readonly (readonly [name: string, type: string])[] {
  const isNarrowed = base.name.endsWith('[x]') && !node.name.endsWith('[x]');
  return jsonNames(base).filter(([name]) => !isNarrowed || name === node.name);
}

function presenceDemands(place: Place): Schema[] {
  const { node, base } = place;
  const slices = base.isList ? node.slices : [];
  const isWanted = node.min > base.min || slices.some(({ min }) => min > 0);
  return [
    ...(isWanted ? [{ anyOf: presence(namesOf(place)) }] : []),
    ...node.slices
      .filter(({ min }) => min > 0 && !base.isList)
      .map((slice): Schema => ({ anyOf: presence(sliceByType(place, slice) ?? namesOf(place)) })),
  ];
}

function addMember(scope: SchemaScope, place: Place, properties: Record<string, Schema>): void {
  const { node } = place;
  const allowed = new Set(node.types.map(({ code }) => code));
  const isAnyType = node.contentReference !== undefined || allowed.size === 0;
  for (const [name, type] of namesOf(place)) {
    const isPrimitive = primitiveSchema(type) !== undefined;
    const isOut = node.max === 0 || (!isAnyType && !allowed.has(type) && type !== '');
    const schema = isOut ? false : memberSchema(scope, place, type);
    if (schema !== true) {
      properties[name] = schema;
    }
    if (isOut && isPrimitive) {
      properties[`_${name}`] = false;
    }
  }
}

function memberSchema(scope: SchemaScope, place: Place, type: string): Schema {
  const { node, base } = place;
  const value = valueRules(scope, place, type);
  if (!base.isList) {
    const slices = node.slices
      .filter((slice) => sliceByType(place, slice)?.some(([, one]) => one === type))
      .map((slice) => valueRules(scope, { ...place, node: slice }, type));
    return joined([value, ...slices]);
  }
  const isPrimitive = primitiveSchema(type) !== undefined;
  const items = isPrimitive && value !== true ? { anyOf: [value, { type: 'null' }] } : value;
  return joined([
    items === true ? true : { items },
    node.max >= base.max || node.max === Infinity ? true : { maxItems: node.max },
    isPrimitive || node.min < 2 ? true : { minItems: node.min },
    ...sliceSchemas(scope, place, (slice) => valueRules(scope, { ...place, node: slice }, type)),
  ]);
}

/** What each value of an element must be beyond what the base type demands. */
function valueRules(scope: SchemaScope, place: Place, type: string): Schema {
  const { node, base } = place;
  const fixed = choiceValue(node.definition, 'fixed');
  const pattern = choiceValue(node.definition, 'pattern');
  const { maxLength, binding } = node.definition;
  const isSameBinding =
    binding?.valueSet === base.definition.binding?.valueSet &&
    binding?.strength === base.definition.binding?.strength;
  return joined([
    fixed === undefined ? true : { const: fixed.value as JsonValue },
    pattern === undefined ? true : patternSchema(pattern.value as JsonValue),
    maxLength === undefined ? true : { maxLength },
    limits(node),
    isSameBinding ? true : bindingSchema(scope, binding, type),
    typeRules(scope, place, type),
    node.children.length === 0 || isAnyResource(node) ? true : objectRules(scope, place),
  ]);
}

function isAnyResource(node: ElementNode): boolean {
  return node.types.some(({ code }) => code === 'Resource');
}

/** Dates, and quantities of other units, are compared by the server alone. */
function limits(node: ElementNode): Schema {
  const minimum = choiceValue(node.definition, 'minValue')?.value;
  const maximum = choiceValue(node.definition, 'maxValue')?.value;
  return joined([
    typeof minimum === 'number' ? { minimum } : true,
    typeof maximum === 'number' ? { maximum } : true,
  ]);
}

/** The profiles that the type must satisfy, and the types that a reference may lead to. */
function typeRules(scope: SchemaScope, { node, base }: Place, type: string): Schema {
  const declared = node.types.find(({ code }) => code === type);
  if (declared === undefined) {
    return true;
  }
  const known = base.types.find(({ code }) => code === type);
  const isSameTarget = known?.targetProfiles.join() === declared.targetProfiles.join();
  const profiles =
    known?.profiles.join() === declared.profiles.join()
      ? []
      : declared.profiles.map((one) => profileSchema(scope, profileOf(scope, type, one)));
  return joined([
    profiles.includes(true) || profiles.length === 0 ? true : { anyOf: profiles },
    type === 'Reference' && !isSameTarget ? referenceSchema(scope, declared) : true,
  ]);
}
