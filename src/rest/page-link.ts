import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import type { RestContext, RestRequest } from './rest.ts';

/** A page that a link leads to: what was asked at first, and where the page before it ended. */
export interface PageState<Cursor> {
  /** Path of the request; the link is of no use elsewhere. */
  readonly path: string;
  /** What the first request asked and the server understood. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly cursor: Cursor;
  readonly total?: number;
  /** When the first page was answered, in milliseconds since the epoch. */
  readonly began: number;
}

/** The parameter that carries a page's state; it takes the place of all others. */
export const pageParameter = '_page';

/**
 * Returns the URL of a page. Its state is encrypted and authenticated: clients follow links and never
 * make them, and the hospital numbers that searches carry do not stay in the logs of proxies.
 *
 * @see https://hl7.org/fhir/R4/http.html#paging
 */
export function pageUrl<Cursor>(
  context: Pick<RestContext, 'linkKey'>,
  request: RestRequest,
  state: PageState<Cursor>,
): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, keyOf(context.linkKey), iv);
  const sealed = Buffer.concat([
    iv,
    cipher.update(JSON.stringify(state), 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  const kept = request.query.filter(([name]) => name === '_format' || name === '_pretty');
  const query = queryText([[pageParameter, sealed.toString('base64url')], ...kept]);
  return `${request.baseUrl}/${state.path}?${query}`;
}

/** Returns a query as it stands in a URL after the question mark. */
export function queryText(query: RestRequest['query']): string {
  return new URLSearchParams(
    query.map(([name, value]): [string, string] => [name, value]),
  ).toString();
}

/**
 * Returns the state of the page that the request asks for, undefined when it asks for a first page.
 * Fails `invalid-parameter` when the server did not make the link, `page-expired` when it did long ago.
 */
export function pageOf<Cursor>(
  context: RestContext,
  request: RestRequest,
): Result<PageState<Cursor> | undefined> {
  const token = request.query.find(([name]) => name === pageParameter)?.[1];
  if (token === undefined) return success(undefined);
  const state = unsealed(context.linkKey, token) as PageState<Cursor> | undefined;
  if (state === undefined || state.path !== pathOf(request)) {
    return failed(
      failure('invalid-parameter', 'The link to this page was not made by this server.'),
    );
  }
  const age = Date.parse(context.clock()) - state.began;
  return age > context.limits.pageLinkMsMax
    ? failed(
        failure('page-expired', 'The link to this page has expired; ask for the first page again.'),
      )
    : success(state);
}

/** Returns the path of a request below the base, as links name it; a search by POST is linked as one by GET. */
export function pathOf(request: Pick<RestRequest, 'path'>): string {
  const path = request.path.at(-1) === '_search' ? request.path.slice(0, -1) : request.path;
  return path.map(encodeURIComponent).join('/').replaceAll('%24', '$').replaceAll('%2A', '*');
}

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

function keyOf(linkKey: string): Buffer {
  return createHash('sha256').update(linkKey).digest();
}

function unsealed(linkKey: string, token: string): unknown {
  const sealed = Buffer.from(token, 'base64url');
  if (sealed.length <= ivBytes + tagBytes) return undefined;
  const decipher = createDecipheriv(algorithm, keyOf(linkKey), sealed.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  const text = decipher.update(sealed.subarray(ivBytes, -tagBytes));
  try {
    return JSON.parse(Buffer.concat([text, decipher.final()]).toString('utf8')) as unknown;
  } catch {
    // `final` throws when the tag is not the server's.
    return undefined;
  }
}
