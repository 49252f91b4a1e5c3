import type { ConformanceResource, Definitions } from '../fhir/definitions/definitions.ts';
import { lazyStructure } from '../fhir/definitions/lazy-structure.ts';
import { unrestricted, type ResourceStore, type Write } from '../store/resource-store.ts';

/**
 * The definitions that hold now: those that the server ships with the stored conformance resources on
 * top. They hold from the commit that wrote them on; what is stored already is not judged or indexed
 * again. R4's own definitions and the codes of its search parameters cannot be replaced.
 */
export interface LiveDefinitions {
  current(): Definitions;
  /** Takes over the conformance resources among the writes of a commit; returns whether there were any. */
  apply(writes: readonly Written[]): boolean;
}

type Written = Pick<Write, 'type' | 'id' | 'text'>;

/** Returns the definitions of `shipped` and what the store holds. */
export async function createLiveDefinitions(
  shipped: Definitions,
  store: ResourceStore,
): Promise<LiveDefinitions> {
  const stored = new Map<string, ConformanceResource>();
  const keep = ({ type, id, text }: Written): void => {
    const resource = text === undefined ? undefined : parsed(text);
    if (resource !== undefined && adds(shipped, resource)) stored.set(`${type}/${id}`, resource);
    else stored.delete(`${type}/${id}`);
  };
  for await (const version of store.scan([...conformanceTypes], unrestricted)) keep(version);
  let definitions = shipped.with([...stored.values()]);
  return {
    current: () => definitions,
    apply: (writes) => {
      const found = writes.filter(({ type }) => conformanceTypes.has(type));
      found.forEach(keep);
      if (found.length > 0) definitions = shipped.with([...stored.values()]);
      return found.length > 0;
    },
  };
}

/** What the seed brought is as SUSHI made it; its elements can wait until they are asked for. */
function parsed(text: string): ConformanceResource {
  return (
    text.includes('"source":"urn:cart-her2:seed:') ? lazyStructure(text) : JSON.parse(text)
  ) as ConformanceResource;
}

const conformanceTypes: ReadonlySet<string> = new Set<ConformanceResource['resourceType']>([
  'StructureDefinition',
  'SearchParameter',
  'ValueSet',
  'CodeSystem',
]);

/** Whether a resource says something that R4 does not say itself. */
function adds(shipped: Definitions, resource: ConformanceResource): boolean {
  const { url } = resource;
  if (url?.includes(':') !== true) return false;
  if (shipped.added.some((known) => known.url === url)) return true;
  switch (resource.resourceType) {
    case 'StructureDefinition':
      return shipped.structureDefinition(url) === undefined;
    case 'ValueSet':
      return shipped.valueSet(url) === undefined;
    case 'CodeSystem':
      return shipped.codeSystem(url) === undefined;
    case 'SearchParameter': {
      const { status, code, base } = resource;
      const isFree = base.every((type) => !shipped.searchParameters(type).has(code));
      return status === 'active' && isFree && shipped.searchParameter(url) === undefined;
    }
    case 'CompartmentDefinition':
      return false;
  }
}
