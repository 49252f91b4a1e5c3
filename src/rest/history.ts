import { STATUS_CODES } from 'node:http';
import type { ResourceKey } from '../fhir/resource.ts';
import { success, type Result } from '../fhir/result.ts';
import type { HistoryQuery, StoredVersion } from '../store/resource-store.ts';
import { bundleText } from './bundle-text.ts';
import { historyParameters, type HistoryParameters } from './history-query.ts';
import { pageOf, pageUrl, pathOf, queryText, type PageState } from './page-link.ts';
import type { RestContext, RestRequest, RestResponse } from './rest.ts';
import { subsetOf, type Subset } from './subset.ts';

/**
 * Returns the Bundle of the versions in the scope, newest first, each with the request that made it.
 * Fails `invalid-parameter`, `unknown-parameter`, `page-expired`.
 *
 * @see https://hl7.org/fhir/R4/http.html#history
 */
export async function history(
  context: RestContext,
  request: RestRequest,
  scope: Pick<HistoryQuery, 'type' | 'id'>,
): Promise<Result<RestResponse & { readonly total: number }>> {
  const page = pageOf<number>(context, request);
  if (!page.ok) return page;
  const asked = page.value === undefined ? request : { ...request, query: page.value.query };
  const parameters = historyParameters(context, asked);
  if (!parameters.ok) return parameters;
  const subset = subsetOf(context.definitions, asked);
  if (!subset.ok) return subset;
  const { query } = parameters.value;
  const before = page.value === undefined ? {} : { before: page.value.cursor };
  const found = await context.store.history(
    // A page of none would have no place to begin the next one.
    { ...scope, ...query, ...before, count: Math.max(query.count, 1) },
    request.access,
  );
  if (!found.ok) return found;
  const { versions, total, next } = found.value;
  const shown = query.count === 0 ? [] : versions;
  const restored = await restoredOf(context, request, shown);
  const body = bundleText(context, {
    type: 'history',
    total,
    links: linksOf(context, request, { parameters: parameters.value, page: page.value, next }),
    entries: shown.map((version) =>
      entryText(request.baseUrl, version, {
        subset: subset.value,
        status: statusOf(version, restored.has(version)),
      }),
    ),
  });
  return success({ status: 200, headers: {}, body, total });
}

function linksOf(
  context: RestContext,
  request: RestRequest,
  {
    parameters,
    page,
    next,
  }: {
    readonly parameters: HistoryParameters;
    readonly page: PageState<number> | undefined;
    readonly next: number | undefined;
  },
): readonly (readonly [string, string])[] {
  const path = pathOf(request);
  const query = page?.query ?? parameters.understood;
  const text = queryText(query);
  const first = `${request.baseUrl}/${path}${text === '' ? '' : `?${text}`}`;
  const began = page?.began ?? Date.parse(context.clock());
  return [
    ['self', page === undefined ? first : pageUrl(context, request, page)],
    ...(page === undefined ? [] : [['first', first] as const]),
    ...(next === undefined || parameters.query.count === 0
      ? []
      : [['next', pageUrl(context, request, { path, query, cursor: next, began })] as const]),
  ];
}

/** A deletion has no resource. */
function entryText(
  baseUrl: string,
  version: StoredVersion,
  { subset, status }: { readonly subset: Subset; readonly status: string },
): string {
  const { type, id, text } = version;
  const resource = text === undefined ? '' : `,"resource":${subset(type, text)}`;
  const url = version.method === 'POST' ? type : `${type}/${id}`;
  return (
    `{"fullUrl":${JSON.stringify(`${baseUrl}/${type}/${id}`)}${resource},` +
    `"request":{"method":"${version.method}","url":"${url}"},` +
    `"response":{"status":"${status}","etag":"W/\\"${version.versionId}\\"",` +
    `"lastModified":"${version.lastUpdated}"}}`
  );
}

/** The updates that brought back what was deleted: they were answered as creates are. */
async function restoredOf(
  { store }: RestContext,
  { access }: RestRequest,
  versions: readonly StoredVersion[],
): Promise<ReadonlySet<StoredVersion>> {
  const nameOf = ({ type, id }: ResourceKey, versionId: number) => `${type}/${id}/${versionId}`;
  const shown = new Map(versions.map((version) => [nameOf(version, version.versionId), version]));
  const restored = new Set<StoredVersion>();
  for (const version of versions) {
    if (version.method !== 'PUT' || version.versionId === 1) continue;
    const before = version.versionId - 1;
    const previous =
      shown.get(nameOf(version, before)) ?? (await store.readVersion(version, before, access));
    if (previous?.method === 'DELETE') restored.add(version);
  }
  return restored;
}

function statusOf({ text, versionId }: StoredVersion, isRestored: boolean): string {
  const status = text === undefined ? 204 : versionId === 1 || isRestored ? 201 : 200;
  return `${status} ${STATUS_CODES[status] ?? ''}`;
}
