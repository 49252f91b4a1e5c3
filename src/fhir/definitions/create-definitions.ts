import type {
  CodeSystem,
  CompartmentDefinition,
  SearchParameter,
  StructureDefinition,
  ValueSet,
} from '@medplum/fhirtypes';
import { namesVersion, withoutVersion } from './canonical.ts';
import type { Chunk, DefinitionSource } from './definition-source.ts';
import type { ConformanceResource, Definitions } from './definitions.ts';
import { layerOf, layered } from './layer.ts';

const structureBase = 'http://hl7.org/fhir/StructureDefinition/';

/**
 * Returns the official definitions of `source`. Each is parsed when it is first asked for and kept from
 * then on.
 *
 * @see https://hl7.org/fhir/R4/definitions.html
 */
export function createDefinitions(source: DefinitionSource): Definitions {
  const { index } = source;
  const types = new Set(index.resourceTypes);
  const bases = index.searchParameterBases;
  const structures = reader(source, index.structureDefinitions) as Reader<StructureDefinition>;
  const parameters = reader(source, index.searchParameters) as Reader<readonly SearchParameter[]>;
  const valueSets = reader(source, index.valueSets) as Reader<ValueSet>;
  const codeSystems = reader(source, index.codeSystems) as Reader<CodeSystem>;
  const compartments = reader(source, index.compartments) as Reader<CompartmentDefinition>;
  const searchParametersOf = remembered((type: string) => parametersOf(type, parameters));
  const definitions: Definitions = {
    resourceTypes: [...index.resourceTypes].sort(),
    isResourceType: (name) => types.has(name),
    structureDefinition: (name) => {
      const url = withoutVersion(name);
      const found = structures(url.includes('/') ? url : structureBase + url);
      return namesVersion(name, found?.version) ? found : undefined;
    },
    searchParameters: (type) => searchParametersOf(type),
    searchParameter: (canonical) => {
      const url = withoutVersion(canonical);
      const base = Object.hasOwn(bases, url) ? bases[url] : undefined;
      const found =
        base === undefined ? undefined : parameters(base)?.find((one) => one.url === url);
      return namesVersion(canonical, found?.version) ? found : undefined;
    },
    valueSet: (canonical) => valueSets(withoutVersion(canonical)),
    codeSystem: (canonical) => codeSystems(withoutVersion(canonical)),
    compartment: (code) => compartments(code),
    with: (layer) => layered(definitions, layerOf(layer)),
    added: [],
  };
  return definitions;
}

/** Whether the value is a resource that definitions can hold. */
export function isConformanceResource(value: {
  readonly resourceType: string;
}): value is ConformanceResource {
  return conformanceTypes.has(value.resourceType);
}

const conformanceTypes = new Set([
  'StructureDefinition',
  'SearchParameter',
  'ValueSet',
  'CodeSystem',
  'CompartmentDefinition',
]);

type Reader<T> = (name: string) => T | undefined;

function reader(
  source: DefinitionSource,
  chunks: Readonly<Record<string, Chunk>>,
): (name: string) => unknown {
  return remembered((name: string): unknown => {
    const chunk = Object.hasOwn(chunks, name) ? chunks[name] : undefined;
    return chunk === undefined ? undefined : JSON.parse(source.read(chunk));
  });
}

function remembered<T>(compute: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined || known.has(name)) return found as T;
    const value = compute(name);
    known.set(name, value);
    return value;
  };
}

function parametersOf(
  type: string,
  parameters: (base: string) => readonly SearchParameter[] | undefined,
): ReadonlyMap<string, SearchParameter> {
  const all = ['Resource', 'DomainResource', type].flatMap((base) => parameters(base) ?? []);
  return new Map(all.map((parameter) => [parameter.code, parameter]));
}
