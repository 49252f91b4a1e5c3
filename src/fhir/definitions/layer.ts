import type { SearchParameter } from '@medplum/fhirtypes';
import { namesVersion, withoutVersion } from './canonical.ts';
import type { ConformanceResource, Definitions } from './definitions.ts';

/** Conformance resources that lie on top of other definitions. */
export interface Layer {
  /** In the order in which they were added, without those that a later one replaces. */
  readonly resources: readonly ConformanceResource[];
  /** By type, then by canonical without version and, when it has one, with its version. */
  readonly byCanonical: ReadonlyMap<Type, ReadonlyMap<string, ConformanceResource>>;
}

type Type = ConformanceResource['resourceType'];
type OfType<T extends Type> = Extract<ConformanceResource, { readonly resourceType: T }>;

/**
 * Returns the layer of `resources`; a later one replaces an earlier one with the same URL and version, and
 * answers for the URL alone. Where an extension and a profile of a resource share their URL, the URL
 * alone names the profile.
 *
 * @see docs/spec-clarifications.md#profiles
 */
export function layerOf(resources: readonly ConformanceResource[]): Layer {
  const byCanonical = new Map<Type, Map<string, ConformanceResource>>();
  const kept = new Map<string, ConformanceResource>();
  for (const resource of resources) {
    const { resourceType, url } = resource;
    if (url === undefined) continue;
    const ofType = byCanonical.get(resourceType) ?? new Map<string, ConformanceResource>();
    byCanonical.set(resourceType, ofType);
    const { version } = resource;
    const canonicals = version === undefined ? [url] : [url, `${url}|${version}`];
    const isExtension = isExtensionDefinition(resource);
    for (const canonical of canonicals) {
      const known = ofType.get(canonical);
      if (isExtension) ofType.set(extensionCanonical(canonical), resource);
      const yields = isExtension && known !== undefined && !isExtensionDefinition(known);
      if (!yields) ofType.set(canonical, resource);
    }
    const identity = [resourceType, isExtension, url, version].join(' ');
    kept.delete(identity);
    kept.set(identity, resource);
  }
  return { resources: [...kept.values()], byCanonical };
}

/** Returns the canonical that names the extension alone where a profile has the same URL. */
export function extensionCanonical(url: string): string {
  return `${url}#Extension`;
}

function isExtensionDefinition(resource: ConformanceResource): boolean {
  return resource.resourceType === 'StructureDefinition' && resource.type === 'Extension';
}

/** Returns `below` with `layer` on top. */
export function layered(below: Definitions, layer: Layer): Definitions {
  const parameters = new Map<string, ReadonlyMap<string, SearchParameter>>();
  const definitions: Definitions = {
    resourceTypes: below.resourceTypes,
    isResourceType: (name) => below.isResourceType(name),
    structureDefinition: (name) =>
      found(layer, 'StructureDefinition', name) ?? below.structureDefinition(name),
    searchParameters: (type) => {
      const known = parameters.get(type) ?? merged(below.searchParameters(type), layer, type);
      parameters.set(type, known);
      return known;
    },
    searchParameter: (canonical) =>
      found(layer, 'SearchParameter', canonical) ?? below.searchParameter(canonical),
    valueSet: (canonical) => found(layer, 'ValueSet', canonical) ?? below.valueSet(canonical),
    codeSystem: (canonical) => found(layer, 'CodeSystem', canonical) ?? below.codeSystem(canonical),
    compartment: (code) =>
      all(layer, 'CompartmentDefinition').findLast((one) => one.code === code) ??
      below.compartment(code),
    with: (more) => layered(below, layerOf([...layer.resources, ...more])),
    added: [...below.added, ...layer.resources],
  };
  return definitions;
}

/**
 * Structures and search parameters of another version are others. Of codes the version that is there
 * answers: R4 itself binds to versions of HL7's value sets that it does not publish.
 */
function found<T extends Type>(layer: Layer, type: T, canonical: string): OfType<T> | undefined {
  const ofType = layer.byCanonical.get(type);
  const exact = ofType?.get(canonical) as OfType<T> | undefined;
  if (exact !== undefined || ofType === undefined || !canonical.includes('|')) return exact;
  const other = ofType.get(withoutVersion(canonical)) as OfType<T> | undefined;
  const answers = type === 'ValueSet' || type === 'CodeSystem';
  return answers || namesVersion(canonical, other?.version) ? other : undefined;
}

function all<T extends Type>(layer: Layer, type: T): readonly OfType<T>[] {
  return layer.resources.filter((one): one is OfType<T> => one.resourceType === type);
}

function merged(
  below: ReadonlyMap<string, SearchParameter>,
  layer: Layer,
  type: string,
): ReadonlyMap<string, SearchParameter> {
  const added = all(layer, 'SearchParameter');
  const replaced = new Set(added.map(({ url }) => url));
  const kept = [...below].filter(([, { url }]) => !replaced.has(url));
  const own = added.filter(({ base }) =>
    [type, 'Resource', 'DomainResource'].some((one) => (base as readonly string[]).includes(one)),
  );
  return new Map([...kept, ...own.map((one) => [one.code, one] as const)]);
}
