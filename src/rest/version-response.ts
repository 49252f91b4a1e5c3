import { success, type Result } from '../fhir/result.ts';
import type { StoredVersion } from '../store/resource-store.ts';
import type { RestContext, RestRequest, RestResponse } from './rest.ts';
import { subsetOf } from './subset.ts';

/**
 * Returns the answer that carries one version: its text as it is kept, or the part of it that
 * `_summary` and `_elements` ask for; 304 without a body when the client has it already.
 *
 * @see https://hl7.org/fhir/R4/http.html#cread
 */
export function versionResponse(
  context: RestContext,
  request: RestRequest,
  version: StoredVersion & { readonly text: string },
): Result<RestResponse> {
  const subset = subsetOf(context.definitions, request);
  if (!subset.ok) return subset;
  const headers = {
    ETag: `W/"${version.versionId}"`,
    'Last-Modified': new Date(version.lastUpdated).toUTCString(),
    'Content-Location': `${request.baseUrl}/${version.type}/${version.id}/_history/${version.versionId}`,
  };
  return success(
    isUnmodified(request, version)
      ? { status: 304, headers }
      : { status: 200, headers, body: subset.value(version.type, version.text) },
  );
}

/**
 * Returns whether the client says that it has this version. If-None-Match is compared weakly, and
 * If-Modified-Since counts only without it; a date that cannot be read is as if it were not there.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
 */
function isUnmodified(request: RestRequest, version: StoredVersion): boolean {
  const tags = request.header('if-none-match');
  if (tags !== undefined) {
    return tags.split(',').some((part) => {
      const tag = part.trim();
      return tag === '*' || tag.replace(/^W\//u, '') === `"${version.versionId}"`;
    });
  }
  const since = request.header('if-modified-since');
  if (since === undefined) return false;
  return Math.floor(Date.parse(version.lastUpdated) / 1000) * 1000 <= Date.parse(since);
}
