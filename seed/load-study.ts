import type { RestRequest, RestResponse } from '../src/rest/rest.ts';
import type { Resource } from '../src/fhir/resource.ts';
import { unrestricted, type ResourceStore } from '../src/store/resource-store.ts';
import { isAsSeeded, isSameSeed, readStudy, type SeedResource } from './study-bundles.ts';

/** What the loader needs of the server it runs in. */
export interface StudyLoader {
  readonly store: ResourceStore;
  readonly baseUrl: string;
  /** Sends a request through the same way as a client's. */
  readonly send: (request: RestRequest) => Promise<RestResponse>;
}

/**
 * Brings the study into the store and returns the number of resources written. Writes what is absent
 * and what an older seed wrote; never touches what an operator has edited or deleted. All of it is one
 * transaction, validated like any other. Throws when the server refuses its own seed.
 */
export async function loadStudy(loader: StudyLoader): Promise<number> {
  const resources = readStudy();
  const keys = resources.map((resource) => ({ type: resource.resourceType, id: resource.id }));
  const stored = await loader.store.readMany(keys, unrestricted);
  const outdated = resources.filter((resource, index) => {
    const version = stored[index];
    if (version === undefined) return true;
    if (version.text === undefined) return false;
    const current = JSON.parse(version.text) as Resource;
    return !isSameSeed(current, resource) && isAsSeeded(current);
  });
  if (outdated.length > 0) await write(loader, outdated);
  return outdated.length;
}

async function write(loader: StudyLoader, resources: readonly SeedResource[]): Promise<void> {
  const response = await loader.send({
    method: 'POST',
    path: [],
    query: [],
    header: (name) => (name === 'prefer' ? 'return=minimal' : undefined),
    body: JSON.stringify(transaction(resources)),
    baseUrl: loader.baseUrl,
    access: unrestricted,
    asServer: true,
  });
  if (response.status !== 200) {
    throw new Error(`The seed was refused with ${response.status}: ${response.body ?? ''}`);
  }
}

function transaction(resources: readonly SeedResource[]) {
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: resources.map((resource) => ({
      resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
    })),
  };
}
