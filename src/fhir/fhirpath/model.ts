import type { StructureDefinition } from '@medplum/fhirtypes';
import type { Definitions } from '../definitions/definitions.ts';
import { systemTypes, type ElementInfo, type Type, type Variant } from './type.ts';

/** The types of one set of definitions. */
export interface Model {
  readonly definitions: Definitions;
  /** By name (`Patient`, `Quantity`, `code`) or canonical; undefined when FHIR has no such type. */
  readonly type: (name: string) => Type | undefined;
  /** By element path (`Observation.component`, `Observation.value[x]`): every type that it can have. */
  readonly typesAt: (path: string) => readonly Type[];
  readonly element: Type;
  readonly resource: Type;
}

type ElementDefinition = NonNullable<StructureDefinition['snapshot']>['element'][number];

// A memo, not a state: the model is a pure function of the definitions, which never change.
const models = new WeakMap<Definitions, Model>();

/** Returns the types of `definitions`; those of a structure are read on first use. */
export function modelOf(definitions: Definitions): Model {
  const known = models.get(definitions);
  if (known !== undefined) return known;
  const model = createModel(definitions);
  models.set(definitions, model);
  return model;
}

function createModel(definitions: Definitions): Model {
  const types = new Map<string, Type | undefined>();
  const type = (name: string): Type | undefined => {
    if (types.has(name)) return types.get(name);
    const structure = definitions.structureDefinition(name);
    const made = structure === undefined ? undefined : typeOfStructure(model, structure, name);
    types.set(name, made);
    return made;
  };
  const model: Model = {
    definitions,
    type,
    typesAt: (path) => typesAt(model, path),
    element: openType('Element', ['Element'], type),
    resource: openType('Resource', ['Resource'], type),
  };
  types.set('Element', model.element);
  types.set('Resource', model.resource);
  types.set('DomainResource', openType('DomainResource', ['DomainResource', 'Resource'], type));
  return model;
}

function openType(name: string, lineage: readonly string[], actual: Model['type']): Type {
  return {
    namespace: 'FHIR',
    name,
    lineage,
    path: name,
    isPrimitive: false,
    isResource: name !== 'Element',
    isOpen: true,
    actual,
    elements: () => new Map(),
    keys: () => new Map(),
  };
}

function typeOfStructure(
  model: Model,
  structure: StructureDefinition,
  name: string,
): Type | undefined {
  // A profile is its type with constraints; a path does not see them.
  if (structure.derivation === 'constraint' && structure.type !== name) {
    return model.type(structure.type);
  }
  const base = structure.baseDefinition?.split('/').at(-1);
  const above = base === undefined ? undefined : model.type(base);
  return structureType(model, structure, {
    name: structure.type,
    path: structure.type,
    lineage: [structure.type, ...(above?.lineage ?? [])],
    isPrimitive: structure.kind === 'primitive-type',
    isResource: structure.kind === 'resource',
  });
}

type TypeTraits = Pick<Type, 'name' | 'path' | 'lineage' | 'isPrimitive' | 'isResource'>;

function structureType(model: Model, structure: StructureDefinition, traits: TypeTraits): Type {
  const elements = once(() => readElements(model, structure, traits));
  const keys = once(
    () =>
      new Map(
        [...elements().values()].flatMap(({ variants }) => variants.map((one) => [one.key, one])),
      ),
  );
  return { namespace: 'FHIR', ...traits, isOpen: false, elements, keys };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function readElements(
  model: Model,
  structure: StructureDefinition,
  traits: TypeTraits,
): ReadonlyMap<string, ElementInfo> {
  const prefix = `${traits.path}.`;
  const elements = new Map<string, ElementInfo>();
  for (const definition of structure.snapshot?.element ?? []) {
    const { path } = definition;
    if (!path.startsWith(prefix) || path.includes('.', prefix.length)) continue;
    // A slice repeats the path of the element that it slices.
    if (definition.sliceName !== undefined || definition.max === '0') continue;
    const name = path.slice(prefix.length);
    if (traits.isPrimitive && name === 'value') continue;
    const element = readElement(model, structure, definition, name);
    elements.set(element.name, element);
  }
  return elements;
}

function readElement(
  model: Model,
  structure: StructureDefinition,
  definition: ElementDefinition,
  rawName: string,
): ElementInfo {
  const isChoice = rawName.endsWith('[x]');
  const name = isChoice ? rawName.slice(0, -3) : rawName;
  const variants = elementTypes(model, structure, definition).map((type): Variant => {
    const key = isChoice ? name + type.name.charAt(0).toUpperCase() + type.name.slice(1) : name;
    return { key, siblingKey: `_${key}`, type };
  });
  const max = definition.base?.max ?? definition.max;
  return {
    name,
    path: definition.path,
    isArray: max !== '1' && max !== '0',
    variants,
    byKey: new Map(variants.map((variant) => [variant.key, variant])),
  };
}

function elementTypes(
  model: Model,
  structure: StructureDefinition,
  definition: ElementDefinition,
): readonly Type[] {
  if (definition.contentReference !== undefined) {
    return [nestedType(model, structure, definition.contentReference.split('#').at(-1) ?? '')];
  }
  const names = new Set((definition.type ?? []).map(({ code }) => code));
  return [...names].map((code) => {
    if (code.startsWith(systemPrefix)) return fhirTypeOfSystem(model, definition);
    if (code === 'BackboneElement' || (code === 'Element' && hasChildren(structure, definition))) {
      return nestedType(model, structure, definition.path, code);
    }
    return model.type(code) ?? model.element;
  });
}

const systemPrefix = 'http://hl7.org/fhirpath/System.';
const fhirTypeExtension = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type';

/** The ids of resources and elements and the URL of an extension are declared as System.String. */
function fhirTypeOfSystem(model: Model, definition: ElementDefinition): Type {
  const type = definition.type?.[0];
  const extension = type?.extension?.find(({ url }) => url === fhirTypeExtension);
  const isResourceId = definition.base?.path === 'Resource.id';
  const name = isResourceId ? 'id' : (extension?.valueUrl ?? 'string');
  return model.type(name) ?? systemTypes.String;
}

function hasChildren(structure: StructureDefinition, definition: ElementDefinition): boolean {
  const prefix = `${definition.path}.`;
  return structure.snapshot?.element.some(({ path }) => path.startsWith(prefix)) ?? false;
}

function nestedType(
  model: Model,
  structure: StructureDefinition,
  path: string,
  name = 'BackboneElement',
): Type {
  const lineage = name === 'Element' ? ['Element'] : ['BackboneElement', 'Element'];
  const traits = { name, path, lineage, isPrimitive: false, isResource: false };
  return structureType(model, structure, traits);
}

function typesAt(model: Model, path: string): readonly Type[] {
  const [root = '', ...names] = path.includes('://') ? [path] : path.split('.');
  const start = model.type(root);
  let types: readonly Type[] = start === undefined ? [] : [start];
  for (const name of names) {
    const bare = name.endsWith('[x]') ? name.slice(0, -3) : name;
    types = types.flatMap((type) => {
      const variants = type.elements().get(bare)?.variants ?? [type.keys().get(bare)];
      return variants.flatMap((variant) => (variant === undefined ? [] : [variant.type]));
    });
  }
  return types;
}
