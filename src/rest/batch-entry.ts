import { subDocument } from '../fhir/json/sub-document.ts';
import { isJsonObject, type JsonObject } from '../fhir/json/json-value.ts';
import { failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import { objectOf, type RequestBundle } from './batch-bundle.ts';
import type { RestRequest } from './rest.ts';

/** An entry of a Bundle as the request that it stands for. */
export interface EntryRequest {
  /** `Bundle.entry[3]`. */
  readonly place: string;
  readonly request: RestRequest;
  readonly fullUrl?: string;
}

/**
 * Returns the request that the entry at `index` of a Bundle stands for; what it does not say itself (who
 * asks, what is preferred) is as in `outer`. Fails `invalid-request` naming what its request lacks.
 *
 * @see https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.request
 */
export function entryRequest(
  outer: RestRequest,
  bundle: RequestBundle,
  index: number,
): Result<EntryRequest> {
  const place = `Bundle.entry[${index}]`;
  const entry = objectOf(bundle.entries[index]);
  const { request, fullUrl } = entry;
  if (!isJsonObject(request)) return invalid('An entry has a request.', `${place}.request`);
  const { method, url } = request;
  if (typeof method !== 'string' || !methods.includes(method)) {
    return invalid(`The method is one of ${methods.join(', ')}.`, `${place}.request.method`);
  }
  if (typeof url !== 'string' || url === '') {
    return invalid('The request has a URL.', `${place}.request.url`);
  }
  const target = targetOf(url, outer.baseUrl);
  if (target === undefined) {
    return invalid('The URL is not one of this server.', `${place}.request.url`);
  }
  const document = subDocument(bundle.document, ['entry', index, 'resource']);
  return success({
    place,
    ...(typeof fullUrl === 'string' ? { fullUrl } : {}),
    request: {
      ...inherited(outer),
      method,
      ...target,
      header: headersOf(outer, request),
      ...(document !== undefined && bodied.has(method) ? { document } : {}),
    },
  });
}

const bodied: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** Who asks, and where. */
function inherited(outer: RestRequest): Pick<RestRequest, 'baseUrl' | 'access' | 'asServer'> {
  const { baseUrl, access, asServer } = outer;
  return { baseUrl, access, ...(asServer !== undefined ? { asServer } : {}) };
}

const methods: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH'];

/** Splits a URL relative to the base, or absolute below it. */
function targetOf(url: string, baseUrl: string): Pick<RestRequest, 'path' | 'query'> | undefined {
  const relative = url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length + 1) : url;
  if (/^[a-z][a-z0-9+.-]*:/u.test(relative)) return undefined;
  const mark = relative.indexOf('?');
  const path = mark < 0 ? relative : relative.slice(0, mark);
  const query = mark < 0 ? '' : relative.slice(mark + 1);
  try {
    return {
      path: path
        .split('/')
        .filter((segment) => segment !== '')
        .map(decodeURIComponent),
      query: [...new URLSearchParams(query)],
    };
  } catch {
    return undefined;
  }
}

const headerElements: ReadonlyMap<string, string> = new Map([
  ['if-match', 'ifMatch'],
  ['if-none-match', 'ifNoneMatch'],
  ['if-modified-since', 'ifModifiedSince'],
  ['if-none-exist', 'ifNoneExist'],
]);

/** Conditions are those of the entry; everything else was said once, for the whole Bundle. */
function headersOf(outer: RestRequest, request: JsonObject): RestRequest['header'] {
  return (name) => {
    const element = headerElements.get(name);
    if (element === undefined) {
      return name === 'content-type' ? 'application/fhir+json' : outer.header(name);
    }
    const value = request[element];
    return typeof value === 'string' ? value : undefined;
  };
}

function invalid(text: string, expression: string): Result<never> {
  return failed(failure('invalid-request', text, expression));
}
