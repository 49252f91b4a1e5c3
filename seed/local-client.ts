import { unrestricted } from '../src/store/resource-store.ts';
import type { Resource } from '../src/fhir/resource.ts';
import type { FhirClient } from './fhir-client.ts';
import type { StudyLoader } from './load-study.ts';

/** Returns a client that speaks to the server it runs in, without a socket. */
export function localClient({ baseUrl, send }: StudyLoader): FhirClient {
  return {
    baseUrl,
    request: async (method, url, body) => {
      const { pathname, searchParams } = new URL(url, 'http://local/');
      const { status, body: text } = await send({
        method,
        path: pathname
          .split('/')
          .filter((segment) => segment !== '')
          .map(decodeURIComponent),
        query: [...searchParams],
        header: () => undefined,
        ...(body !== undefined ? { body: JSON.stringify(body) } : {}),
        baseUrl,
        access: unrestricted,
      });
      return { status, ...(text !== undefined ? { resource: JSON.parse(text) as Resource } : {}) };
    },
  };
}
