import type { SearchParameter } from '@medplum/fhirtypes';
import type { ConformanceResource, Definitions } from './definitions.ts';

/** Conformance resources that lie on top of other definitions, by what they are asked for. */
interface Layer {
  readonly resources: readonly ConformanceResource[];
  readonly byUrl: ReadonlyMap<string, ConformanceResource>;
}

/**
 * Returns the layer of `resources`; a later one replaces an earlier one with the same URL. Where an
 * extension and a profile of a resource share their URL, the URL alone names the profile.
 *
 * @see docs/spec-clarifications.md#profiles
 */
export function layerOf(resources: readonly ConformanceResource[]): Layer {
  const byUrl = new Map<string, ConformanceResource>();
  for (const resource of resources) {
    const { url } = resource;
    if (url === undefined) continue;
    const isExtension = isExtensionDefinition(resource);
    if (isExtension) byUrl.set(extensionCanonical(url), resource);
    const known = byUrl.get(url);
    if (isExtension && known !== undefined && !isExtensionDefinition(known)) continue;
    byUrl.set(url, resource);
    const { version } = resource as { readonly version?: string };
    if (version !== undefined) byUrl.set(`${url}|${version}`, resource);
  }
  return { resources, byUrl };
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
  const known = new Map<string, ReadonlyMap<string, SearchParameter>>();
  const find = (type: ConformanceResource['resourceType'], canonical: string) => {
    const exact = layer.byUrl.get(canonical);
    const bar = canonical.indexOf('|');
    const found = exact ?? (bar === -1 ? undefined : layer.byUrl.get(canonical.slice(0, bar)));
    return found?.resourceType === type ? found : undefined;
  };
  const definitions: Definitions = {
    resourceTypes: below.resourceTypes,
    isResourceType: (name) => below.isResourceType(name),
    structureDefinition: (name) =>
      as('StructureDefinition', find('StructureDefinition', name)) ??
      below.structureDefinition(name),
    searchParameters: (type) => {
      const found = known.get(type) ?? merged(below.searchParameters(type), layer, type);
      known.set(type, found);
      return found;
    },
    searchParameter: (canonical) =>
      as('SearchParameter', find('SearchParameter', canonical)) ?? below.searchParameter(canonical),
    valueSet: (canonical) =>
      as('ValueSet', find('ValueSet', canonical)) ?? below.valueSet(canonical),
    codeSystem: (canonical) =>
      as('CodeSystem', find('CodeSystem', canonical)) ?? below.codeSystem(canonical),
    compartment: (code) => below.compartment(code),
    with: (more) => layered(definitions, layerOf(more)),
    added: [...below.added, ...layer.resources],
  };
  return definitions;
}

function as<T extends ConformanceResource['resourceType']>(
  type: T,
  resource: ConformanceResource | undefined,
) {
  return resource?.resourceType === type
    ? (resource as Extract<ConformanceResource, { readonly resourceType: T }>)
    : undefined;
}

function merged(
  below: ReadonlyMap<string, SearchParameter>,
  layer: Layer,
  type: string,
): ReadonlyMap<string, SearchParameter> {
  const own = layer.resources.flatMap((resource) => {
    const parameter = as('SearchParameter', resource);
    const bases: readonly string[] = parameter?.base ?? [];
    const applies = [type, 'Resource', 'DomainResource'].some((base) => bases.includes(base));
    return parameter !== undefined && applies ? [parameter] : [];
  });
  return new Map([...below, ...own.map((one) => [one.code, one] as const)]);
}
