import { applyJsonPatch } from '../fhir/json-patch.ts';
import { parseDocument } from '../fhir/json/parse.ts';
import { isJsonObject, type JsonValue } from '../fhir/json/json-value.ts';
import { failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import { criteriaOf, ifMatchOf } from './conditional.ts';
import type { Interaction, RestContext, RestRequest } from './rest.ts';
import type { PatchIntent } from './write-intent.ts';
import { writeOne } from './write-one.ts';

/**
 * Answers 200 with the version that a JSON Patch made of the current one; what the patch does not touch
 * keeps its bytes. The same with criteria instead of an id, which must match one resource.
 * Fails `unsupported-media-type` for another kind of patch.
 *
 * @see https://hl7.org/fhir/R4/http.html#patch
 */
export const patch: Interaction = async (context, request) =>
  writeOne(context, request, patchIntent(context, request));

/** Returns what `PATCH [type]/[id]` or `PATCH [type]?[criteria]` asks to be patched. */
export function patchIntent(context: RestContext, request: RestRequest): Result<PatchIntent> {
  const [type = '', id] = request.path;
  const text = patchText(context, request);
  if (!text.ok) return text;
  const ifMatch = ifMatchOf(request);
  if (!ifMatch.ok) return ifMatch;
  const criteria = criteriaOf(request.query);
  if (id === undefined && criteria.length === 0) {
    return failed(failure('invalid-request', 'A patch needs an id or search criteria in its URL.'));
  }
  return success({
    interaction: 'patch',
    type,
    newId: context.newId(),
    apply: (current) => applyJsonPatch(current, text.value),
    ...(id !== undefined ? { id } : { criteria }),
    ...(ifMatch.value !== undefined ? { ifMatch: ifMatch.value } : {}),
  });
}

const jsonPatchType = 'application/json-patch+json';

/** The JSON Patch as text: the body itself, or in a Bundle the data of a Binary. */
function patchText(context: RestContext, request: RestRequest): Result<string> {
  const text =
    request.document === undefined ? bodyText(request) : binaryText(request.document.value);
  if (!text.ok) return text;
  // A patch is an array; the rules of JSON that FHIR demands hold for it inside an object.
  const parsed = parseDocument(`{"patch":${text.value}}`, {
    depthMax: context.limits.jsonDepthMax + 1,
  });
  return parsed.ok ? text : parsed;
}

function bodyText(request: RestRequest): Result<string> {
  const mediaType = request.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== jsonPatchType) return unsupported();
  return request.body === undefined || request.body.trim() === ''
    ? failed(failure('malformed', 'The request has no patch in its body.'))
    : success(request.body);
}

/** @see https://hl7.org/fhir/R4/http.html#patch "patch in a transaction" */
function binaryText(resource: JsonValue): Result<string> {
  if (!isJsonObject(resource) || resource['resourceType'] !== 'Binary') return unsupported();
  const { contentType, data } = resource;
  if (contentType !== jsonPatchType || typeof data !== 'string') return unsupported();
  return success(Buffer.from(data, 'base64').toString('utf8'));
}

function unsupported(): Result<never> {
  return failed(failure('unsupported-media-type', `A patch is ${jsonPatchType}.`));
}
