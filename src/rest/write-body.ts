import type { JsonDocument } from '../fhir/json/json-document.ts';
import { parseDocument } from '../fhir/json/parse.ts';
import {
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
} from '../fhir/json/json-value.ts';
import { failure, type Failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import type { RestContext, RestRequest } from './rest.ts';
import { subsetted } from './subset-text.ts';

/**
 * Returns the resource in the body of a request, which must be of the type.
 * Fails `malformed` without one or when it is no JSON of FHIR, `invalid-request` when it is another type,
 * `business-rule` when it says that it is a part of what a server has.
 */
export function bodyOf(
  context: RestContext,
  request: RestRequest,
  type: string,
): Result<JsonDocument> {
  const parsed = parsedBody(context, request);
  if (!parsed.ok) return parsed;
  const found = parsed.value.value['resourceType'];
  if (typeof found !== 'string') {
    return failed(failure('malformed', 'The resource has no resourceType.', type));
  }
  if (found !== type) {
    return failed(
      failure('invalid-request', `The URL is that of ${type}; the resource is none.`, type),
    );
  }
  return isPart(parsed.value.value) ? failed(partRefused(type)) : parsed;
}

/**
 * What `_summary` and `_elements` left out would be lost if the rest were stored in its place.
 *
 * @see https://hl7.org/fhir/R4/search.html#elements
 */
function isPart({ meta }: JsonObject): boolean {
  const tags = isJsonObject(meta) ? meta['tag'] : undefined;
  return Array.isArray(tags) && (tags as JsonArray).some(isSubsetted);
}

function isSubsetted(tag: JsonValue): boolean {
  return isJsonObject(tag) && tag['code'] === subsetted.code && tag['system'] === subsetted.system;
}

function partRefused(type: string): Failure {
  const text = 'The resource has the tag SUBSETTED: it is a part, and is not stored for the whole.';
  return failure('business-rule', text, `${type}.meta.tag`);
}

function parsedBody(context: RestContext, request: RestRequest): Result<JsonDocument> {
  if (request.document !== undefined) return success(request.document);
  return request.body === undefined || request.body.trim() === ''
    ? failed(failure('malformed', 'The request has no resource in its body.'))
    : parseDocument(request.body, { depthMax: context.limits.jsonDepthMax });
}
