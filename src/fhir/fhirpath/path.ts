import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { expressionError } from './expression-error.ts';
import type { Expression, Frame, Leaf, Scope } from './expression.ts';
import { elementsOf, systemItem, type Item, type Items } from './item.ts';
import type { Model } from './model.ts';
import { systemTypes, type ElementInfo, type Type, type Variant } from './type.ts';

/** Choices of more types look through the keys that are there, not for each that may be. */
const variantsTriedMax = 6;

/**
 * Returns the step from `input` to its elements of that name.
 * Throws when its type is known and has no such element.
 *
 * @see http://hl7.org/fhirpath/N1/#path-selection
 */
export function memberStep(input: Expression, name: string, at: number): Expression {
  const source = withElement(input, name);
  const known = knownElement(source, name, at);
  const only = source.types?.length === 1 ? source.types[0] : undefined;
  const info = known.infos.length === 1 && only?.isOpen === false ? known.infos[0] : undefined;
  if (info !== undefined) return elementStep(source, only, info);
  return {
    types: known.types,
    isMany: source.isMany || known.isArray,
    items: (frame) => {
      const found: Item[] = [];
      for (const item of source.items(frame)) pushMember(found, item, name);
      return found;
    },
  };
}

/** Of a choice only the types that have the element matter: `value.code` looks at `valueCoding`. */
function withElement(input: Expression, name: string): Expression {
  const isOfPrimitives = name === 'value' && input.types?.some((type) => type.isPrimitive) === true;
  if (isOfPrimitives) return input;
  return input.narrowed?.((type) => type.isOpen || type.elements().has(name)) ?? input;
}

function elementStep(input: Expression, owner: Type | undefined, info: ElementInfo): Expression {
  const { name, variants, isArray } = info;
  const { probe } = input;
  return {
    types: [...new Set(variants.map(({ type }) => type))],
    isMany: input.isMany || isArray,
    items: (frame) => {
      const found: Item[] = [];
      for (const item of input.items(frame)) {
        if (item.type === owner) pushElement(found, item, info);
        else pushMember(found, item, name);
      }
      return found;
    },
    elementPath: info.path,
    ...(probe === undefined
      ? {}
      : { probe: <T>(leaf: Leaf<T>) => probe(throughElement(info, leaf)) }),
    ...(variants.length < 2
      ? {}
      : {
          narrowed: (accepts) => {
            const accepted = variants.filter(({ type }) => accepts(type));
            return accepted.length === 0
              ? undefined
              : elementStep(input, owner, {
                  ...info,
                  variants: accepted,
                  byKey: byKeyOf(accepted),
                });
          },
        }),
  };
}

function byKeyOf(variants: readonly Variant[]): ReadonlyMap<string, Variant> {
  return new Map(variants.map((variant) => [variant.key, variant]));
}

interface KnownElement {
  readonly infos: readonly ElementInfo[];
  readonly types: readonly Type[] | undefined;
  readonly isArray: boolean;
}

function knownElement(input: Expression, name: string, at: number): KnownElement {
  const { types } = input;
  if (types === undefined || types.some((type) => type.isOpen)) {
    return { infos: [], types: undefined, isArray: true };
  }
  if (types.length === 0) return { infos: [], types: [], isArray: false };
  const infos = types.flatMap((type) => type.elements().get(name) ?? []);
  if (infos.length === 0 && !(name === 'value' && types.some((type) => type.isPrimitive))) {
    const names = types.map((type) => type.path).join(', ');
    throw expressionError(`${names} has no element ${JSON.stringify(name)}`, at);
  }
  const variants = infos.flatMap((info) => info.variants.map(({ type }) => type));
  return {
    infos,
    types: infos.length === 0 ? undefined : [...new Set(variants)],
    isArray: infos.some((info) => info.isArray),
  };
}

/** Adds the elements called `name` of one item to `found`. */
export function pushMember(found: Item[], item: Item, name: string): void {
  const { type } = item;
  if (type.isOpen) {
    pushOpen(found, item, name);
    return;
  }
  const info = type.elements().get(name);
  if (info !== undefined) pushElement(found, item, info);
  else if (name === 'value' && type.isPrimitive && type.namespace === 'FHIR') {
    pushOwnValue(found, item);
  }
}

/** The value of a FHIR primitive as System's. */
function pushOwnValue(found: Item[], item: Item): void {
  const { value } = item;
  if (typeof value === 'boolean') found.push(systemItem(systemTypes.Boolean, value));
  if (typeof value === 'string') found.push(systemItem(systemTypes.String, value));
  if (typeof value === 'number') {
    const type = Number.isInteger(value) ? systemTypes.Integer : systemTypes.Decimal;
    found.push(systemItem(type, value));
  }
}

function pushElement(found: Item[], item: Item, info: ElementInfo): void {
  const object = elementsOf(item);
  if (object === undefined) return;
  const { variants, byKey } = info;
  if (variants.length <= variantsTriedMax) {
    for (const variant of variants) pushVariant(found, object, variant);
    return;
  }
  for (const key of Object.keys(object)) {
    const variant = byKey.get(key.startsWith('_') ? key.slice(1) : key);
    // A sibling beside its value is taken with the value.
    if (variant !== undefined && (key === variant.key || !(variant.key in object))) {
      pushVariant(found, object, variant);
    }
  }
}

/** Adds what `object` holds under the JSON name of `variant`, its siblings too. */
export function pushVariant(found: Item[], object: JsonObject, variant: Variant): void {
  const value = object[variant.key];
  const siblings = variant.type.isPrimitive ? object[variant.siblingKey] : undefined;
  if (value === undefined && siblings === undefined) return;
  if (!Array.isArray(value) && !Array.isArray(siblings)) {
    const sibling = isJsonObject(siblings) ? siblings : undefined;
    pushValue(found, variant, { value, sibling, parent: object, name: variant.key });
    return;
  }
  const values: readonly JsonValue[] = Array.isArray(value) ? value : [];
  const beside: readonly JsonValue[] = Array.isArray(siblings) ? siblings : [];
  const length = Math.max(values.length, beside.length);
  for (let index = 0; index < length; index += 1) {
    const candidate = beside[index];
    const sibling = isJsonObject(candidate) ? candidate : undefined;
    pushValue(found, variant, { value: values[index], sibling, parent: values, name: index });
  }
}

function pushValue(
  found: Item[],
  variant: Variant,
  place: Pick<Item, 'value' | 'sibling' | 'parent' | 'name'>,
): void {
  const { value, sibling, parent, name } = place;
  if ((value === undefined || value === null) && sibling === undefined) return;
  const type = actualType(variant.type, value);
  found.push({ type, value: value ?? undefined, sibling, parent, name, text: undefined });
}

/** Returns the type of a value: of a Resource what `resourceType` says. */
export function actualType(type: Type, value: JsonValue | undefined): Type {
  if (!type.isOpen || type.actual === undefined || !isJsonObject(value)) return type;
  const name = value['resourceType'];
  return (typeof name === 'string' ? type.actual(name) : undefined) ?? type;
}

/** Where the definitions say nothing, names are JSON names and types are guessed. */
function pushOpen(found: Item[], item: Item, name: string): void {
  const object = elementsOf(item);
  if (object === undefined) return;
  const { type } = item;
  for (const key of Object.keys(object)) {
    if (key !== name && !isVariantOf(key, name)) continue;
    const choice = key === name ? undefined : type.actual?.(typeNameOf(key.slice(name.length)));
    const guessed = type.namespace === 'System' ? systemTypes.String : (choice ?? type);
    pushVariant(found, object, { key, siblingKey: `_${key}`, type: guessed });
  }
}

function isVariantOf(key: string, name: string): boolean {
  return key.startsWith(name) && /^[A-Z]/.test(key.slice(name.length));
}

const primitiveName =
  /^(?:Base64Binary|Boolean|Canonical|Code|Date|DateTime|Decimal|Id|Instant|Integer|Markdown|Oid|PositiveInt|String|Time|UnsignedInt|Uri|Url|Uuid)$/;

function typeNameOf(suffix: string): string {
  return primitiveName.test(suffix) ? suffix.charAt(0).toLowerCase() + suffix.slice(1) : suffix;
}

function throughElement<T>(info: ElementInfo, leaf: Leaf<T>): Leaf<T> {
  const { variants, byKey } = info;
  const only = variants.length === 1 ? variants[0] : undefined;
  if (only !== undefined) {
    return (value, sibling, frame) => {
      const object = isJsonObject(value) ? value : sibling;
      return object === undefined ? undefined : probeVariant(object, only, leaf, frame);
    };
  }
  return (value, sibling, frame) => {
    const object = isJsonObject(value) ? value : sibling;
    if (object === undefined) return undefined;
    for (const key in object) {
      const variant = byKey.get(key.startsWith('_') ? key.slice(1) : key);
      if (variant === undefined) continue;
      const answer = probeVariant(object, variant, leaf, frame);
      if (answer !== undefined) return answer;
    }
    return undefined;
  };
}

function probeVariant<T>(
  object: JsonObject,
  variant: Variant,
  leaf: Leaf<T>,
  frame: Frame,
): T | undefined {
  const value = object[variant.key];
  const siblings = variant.type.isPrimitive ? object[variant.siblingKey] : undefined;
  if (value === undefined && siblings === undefined) return undefined;
  if (!Array.isArray(value) && !Array.isArray(siblings)) {
    return leaf(value, isJsonObject(siblings) ? siblings : undefined, frame);
  }
  const values: readonly JsonValue[] = Array.isArray(value) ? value : [];
  const beside: readonly JsonValue[] = Array.isArray(siblings) ? siblings : [];
  const length = Math.max(values.length, beside.length);
  for (let index = 0; index < length; index += 1) {
    const candidate = beside[index];
    const sibling = isJsonObject(candidate) ? candidate : undefined;
    const answer = leaf(values[index], sibling, frame);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** Returns `$this`. */
export function selfExpression(scope: Scope): Expression {
  return {
    types: scope.self.types,
    isMany: false,
    items: (frame) => (frame.self === undefined ? [] : [frame.self]),
    probe: (leaf) => (frame) =>
      frame.self === undefined ? undefined : leaf(frame.self.value, frame.self.sibling, frame),
  };
}

/** Adds every child of an item, in the order of its JSON. */
export function pushChildren(found: Item[], item: Item, model: Model): void {
  const object = elementsOf(item);
  if (object === undefined) return;
  const keys = item.type.isPrimitive ? model.element.keys() : item.type.keys();
  for (const key of Object.keys(object)) {
    if (key === 'resourceType') continue;
    const isSibling = key.startsWith('_');
    const name = isSibling ? key.slice(1) : key;
    if (isSibling && name in object) continue;
    const variant = keys.get(name) ?? elementKeys(item.type, name, model);
    if (variant !== undefined) pushVariant(found, object, variant);
  }
}

function elementKeys(type: Type, key: string, model: Model): Variant | undefined {
  const known = type.isPrimitive ? type.keys().get(key) : undefined;
  if (known !== undefined) return known;
  return type.isOpen ? { key, siblingKey: `_${key}`, type: model.element } : undefined;
}

/** Returns the children of every item. */
export function childrenOf(items: Items, model: Model): Item[] {
  const found: Item[] = [];
  for (const item of items) pushChildren(found, item, model);
  return found;
}
