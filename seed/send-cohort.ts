import type { FhirClient } from './fhir-client.ts';
import { subjectRequests, type CohortOptions } from './cohort/cohort.ts';
import { plannedVisits } from './cohort/schedule.ts';
import type { CohortRequest } from './cohort/bundle.ts';

/** What became of a cohort that was sent. */
export interface CohortReport {
  readonly requests: number;
  readonly resources: number;
  /** The first sentences with which the server refused something; empty when all was taken. */
  readonly refusals: readonly string[];
}

/** More would only repeat the same. */
const refusalsMax = 20;

/**
 * Streams a synthetic cohort to a server, one request after the other, and calls `progress` after each
 * subject; `requestsOf` tells what is sent about each.
 * Operations that the server does not declare are left out.
 */
export async function sendCohort(
  client: FhirClient,
  options: CohortOptions,
  progress: (done: number, subjects: number, resources: number) => void,
  requestsOf: typeof subjectRequests = subjectRequests,
): Promise<CohortReport> {
  let requests = 0;
  let resources = 0;
  const refusals: string[] = [];
  const operations = await client.request('GET', 'metadata');
  const declared = JSON.stringify(operations.resource ?? {});
  const visits = plannedVisits();
  for (let index = 0; index < options.subjects; index++) {
    for (const request of requestsOf(options, index, visits)) {
      if (request.url.includes('$enrol') && !declared.includes('"enrol"')) continue;
      const url = await urlOf(client, request);
      const answer = await client.request(request.method, url, request.body);
      requests += 1;
      resources += entriesOf(request);
      if (answer.status >= 400 && refusals.length < refusalsMax) {
        refusals.push(`${answer.status} ${JSON.stringify(answer.resource).slice(0, 600)}`);
      }
    }
    progress(index + 1, options.subjects, resources);
  }
  return { requests, resources, refusals };
}

async function urlOf(client: FhirClient, request: CohortRequest): Promise<string> {
  if (request.id === undefined) return request.url;
  const { resource } = await client.request('GET', request.id);
  const [entry] = (resource?.['entry'] ?? []) as readonly { readonly resource: { id: string } }[];
  return request.url.replace('{id}', entry?.resource.id ?? 'unknown');
}

function entriesOf(request: CohortRequest): number {
  const entries = request.body?.['entry'];
  return Array.isArray(entries) ? entries.length : 0;
}
