import type { RestContext, RestRequest, RestResponse } from '../src/rest/rest.ts';
import { unrestricted } from '../src/store/resource-store.ts';
import { findOutdated } from './outdated.ts';
import { readStudy, type SeedResource } from './study-bundles.ts';

/** What the loader needs of the server it runs in. */
export interface StudyLoader {
  readonly context: () => RestContext;
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
  const found = await findOutdated(loader.context().store, readStudy());
  const outdated = found.map(({ resource }) => resource);
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
