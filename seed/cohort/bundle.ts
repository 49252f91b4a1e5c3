import type { JsonObject } from '../../src/fhir/json/json-value.ts';

/** A request of the cohort: a transaction, or an operation whose `{id}` the search `id` finds. */
export interface CohortRequest {
  readonly method: string;
  readonly url: string;
  readonly id?: string;
  readonly body?: JsonObject;
}

interface Identified extends JsonObject {
  readonly resourceType: string;
}

/** Returns a transaction that creates each resource unless its identifier is already there. */
export function transaction(resources: readonly Identified[]): CohortRequest {
  return bundleOf(
    resources.map((resource) => ({
      resource,
      request: {
        method: 'POST',
        url: resource.resourceType,
        ifNoneExist: `identifier=${identifierOf(resource)}`,
      },
    })),
  );
}

/** Returns a transaction that replaces each resource by its identifier: a correction. */
export function correction(resources: readonly Identified[]): CohortRequest {
  return bundleOf(
    resources.map((resource) => ({
      resource,
      request: {
        method: 'PUT',
        url: `${resource.resourceType}?identifier=${identifierOf(resource)}`,
      },
    })),
  );
}

function bundleOf(entry: readonly JsonObject[]): CohortRequest {
  return { method: 'POST', url: '', body: { resourceType: 'Bundle', type: 'transaction', entry } };
}

function identifierOf(resource: Identified): string {
  const identifier = resource['identifier'] as JsonObject | readonly JsonObject[];
  const first = (Array.isArray(identifier) ? identifier[0] : identifier) as {
    readonly system: string;
    readonly value: string;
  };
  return `${first.system}|${first.value}`;
}
