/** A type of FHIR or of System. Identity is the object: each is made once for its definitions. */
export interface Type {
  readonly namespace: 'FHIR' | 'System';
  /** `Patient`, `code`, `BackboneElement`, `Integer`. */
  readonly name: string;
  /** Its own name and that of each type above it, most special first. */
  readonly lineage: readonly string[];
  /** Where the elements are described: `Patient`, `Patient.contact`. */
  readonly path: string;
  readonly isPrimitive: boolean;
  readonly isResource: boolean;
  /** Whether content decides which elements there are: Resource, DomainResource, Element. */
  readonly isOpen: boolean;
  /** Of an open type: the type that `resourceType` names. */
  readonly actual?: (resourceType: string) => Type | undefined;
  /** Elements by their FHIRPath name (`value`), in the order of the definition. */
  readonly elements: () => ReadonlyMap<string, ElementInfo>;
  /** JSON names (`valueQuantity`) to what they hold. */
  readonly keys: () => ReadonlyMap<string, Variant>;
}

/** An element: one JSON name, or one for each type of a choice. */
export interface ElementInfo {
  readonly name: string;
  /** As the definition has it: `Observation.value[x]`. */
  readonly path: string;
  readonly isArray: boolean;
  readonly variants: readonly Variant[];
  /** The same variants by JSON name. */
  readonly byKey: ReadonlyMap<string, Variant>;
}

/** One JSON name of an element, and the type of what it holds. */
export interface Variant {
  readonly key: string;
  /** The name of the sibling (`_birthDate`). */
  readonly siblingKey: string;
  readonly type: Type;
}

const names = [
  'Any',
  'Boolean',
  'String',
  'Integer',
  'Decimal',
  'Date',
  'DateTime',
  'Time',
  'Quantity',
  'TypeInfo',
] as const;

/** The types of the System namespace by name. */
export const systemTypes = Object.freeze(
  Object.fromEntries(names.map((name) => [name, systemType(name)])),
) as Readonly<Record<(typeof names)[number], Type>>;

function systemType(name: string): Type {
  const none = new Map();
  return Object.freeze({
    namespace: 'System',
    name,
    lineage: [name, 'Any'],
    path: `System.${name}`,
    isPrimitive: name !== 'Quantity' && name !== 'TypeInfo',
    isResource: false,
    isOpen: name === 'TypeInfo' || name === 'Quantity',
    elements: () => none,
    keys: () => none,
  });
}

/** Returns whether `type` is `ancestor` or below it. */
export function isKindOf(type: Type, ancestor: Type): boolean {
  if (type === ancestor) return true;
  return type.namespace === ancestor.namespace && type.lineage.includes(ancestor.name);
}
