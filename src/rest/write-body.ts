import type { JsonDocument } from '../fhir/json/json-document.ts';
import { parseDocument } from '../fhir/json/parse.ts';
import { failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import type { RestContext, RestRequest } from './rest.ts';

/**
 * Returns the resource in the body of a request, which must be of the type.
 * Fails `malformed` without one or when it is no JSON of FHIR, `invalid-request` when it is another type.
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
  return found === type
    ? parsed
    : failed(failure('invalid-request', `The URL is that of ${type}; the resource is none.`, type));
}

function parsedBody(context: RestContext, request: RestRequest): Result<JsonDocument> {
  if (request.document !== undefined) return success(request.document);
  return request.body === undefined || request.body.trim() === ''
    ? failed(failure('malformed', 'The request has no resource in its body.'))
    : parseDocument(request.body, { depthMax: context.limits.jsonDepthMax });
}
