import type { JsonObject } from '../src/fhir/json/json-value.ts';
import type { Resource } from '../src/fhir/resource.ts';

/** A FHIR server as a client of it sees it. */
export interface FhirClient {
  readonly baseUrl: string;
  request(method: string, url: string, body?: JsonObject): Promise<FhirAnswer>;
}

/** What the server answered; `resource` is undefined when the body is empty. */
export interface FhirAnswer {
  readonly status: number;
  readonly resource?: Resource;
}

/** Returns a client of the FHIR base `baseUrl`. Its requests reject when the server cannot be reached. */
export function fhirClient(baseUrl: string): FhirClient {
  return {
    baseUrl,
    request: async (method, url, body) => {
      const response = await fetch(url === '' ? baseUrl : `${baseUrl}/${url}`, {
        method,
        headers: { accept: 'application/fhir+json', 'content-type': 'application/fhir+json' },
        ...(body !== undefined ? { body: JSON.stringify(body) } : {}),
      });
      const text = await response.text();
      return {
        status: response.status,
        ...(text !== '' ? { resource: JSON.parse(text) as Resource } : {}),
      };
    },
  };
}
