import type { ConformanceResource, Definitions } from '../fhir/definitions/definitions.ts';
import { unrestricted, type ResourceStore, type Write } from '../store/resource-store.ts';

/**
 * The definitions that hold now: those that the server ships with the stored conformance resources on
 * top. They hold from the commit that wrote them on; what is stored already is not judged or indexed again.
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
  for await (const version of store.scan([...conformanceTypes], unrestricted))
    keep(stored, version);
  let definitions = stored.size === 0 ? shipped : shipped.with([...stored.values()]);
  return {
    current: () => definitions,
    apply: (writes) => {
      const found = writes.filter(({ type }) => conformanceTypes.has(type));
      for (const write of found) keep(stored, write);
      if (found.length > 0) definitions = shipped.with([...stored.values()]);
      return found.length > 0;
    },
  };
}

const conformanceTypes: ReadonlySet<string> = new Set<ConformanceResource['resourceType']>([
  'StructureDefinition',
  'SearchParameter',
  'ValueSet',
  'CodeSystem',
  'CompartmentDefinition',
]);

function keep(stored: Map<string, ConformanceResource>, { type, id, text }: Written): void {
  const key = `${type}/${id}`;
  if (text === undefined) stored.delete(key);
  else stored.set(key, JSON.parse(text) as ConformanceResource);
}
