import type { IncomingHttpHeaders } from 'node:http';
import type { RestResponse } from '../rest/rest.ts';

/**
 * Returns the headers that let a page of `origin` read an answer; none when it is not of `origins`.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function corsHeaders(
  origins: readonly string[],
  origin: string | undefined,
): Readonly<Record<string, string>> {
  if (origin === undefined || !isAllowed(origins, origin)) return {};
  return {
    'Access-Control-Allow-Origin': origins.includes('*') ? '*' : origin,
    'Access-Control-Expose-Headers':
      'Content-Location, ETag, Last-Modified, Location, Retry-After, X-Request-Id',
    Vary: 'Origin',
  };
}

/** Returns the answer to the question of a browser whether a page may send a request. */
export function preflight(
  origins: readonly string[],
  { origin }: Pick<IncomingHttpHeaders, 'origin'>,
): RestResponse {
  if (origin === undefined || !isAllowed(origins, origin)) return { status: 204, headers: {} };
  return {
    status: 204,
    headers: {
      'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
      'Access-Control-Allow-Headers':
        'Accept, Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Exist, ' +
        'If-None-Match, Prefer, X-Request-Id',
      'Access-Control-Max-Age': '600',
    },
  };
}

function isAllowed(origins: readonly string[], origin: string): boolean {
  return origins.includes('*') || origins.includes(origin);
}
