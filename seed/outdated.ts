import type { Resource } from '../src/fhir/resource.ts';
import {
  unrestricted,
  type ResourceStore,
  type StoredVersion,
} from '../src/store/resource-store.ts';
import { isAsSeeded, isSameSeed, type SeedResource } from './study-bundles.ts';

/** A resource of the seed that is to be written, with the version that it replaces. */
export interface Outdated {
  readonly resource: SeedResource;
  readonly current?: StoredVersion;
}

/**
 * Returns the resources that the store has not, or has as an older seed wrote them; never what an
 * operator has edited or deleted. Looks at one after the other, so that what is up to date is not kept
 * in memory.
 */
export async function findOutdated(
  store: ResourceStore,
  resources: Iterable<SeedResource>,
): Promise<readonly Outdated[]> {
  const outdated: Outdated[] = [];
  for (const resource of resources) {
    const key = { type: resource.resourceType, id: resource.id };
    const current = await store.read(key, unrestricted);
    if (current === undefined) outdated.push({ resource });
    else if (isReplaced(resource, current)) outdated.push({ resource, current });
  }
  return outdated;
}

function isReplaced(resource: SeedResource, { text }: StoredVersion): boolean {
  const source = resource.meta?.['source'] as string;
  if (text === undefined || text.includes(`"source":"${source}"`)) return false;
  const version = JSON.parse(text) as Resource;
  return !isSameSeed(version, resource) && isAsSeeded(version);
}
