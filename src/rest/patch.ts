import { applyFhirPathPatch } from '../fhir/fhirpath-patch.ts';
import { applyJsonPatch } from '../fhir/json-patch.ts';
import type { JsonDocument } from '../fhir/json/json-document.ts';
import { parseDocument } from '../fhir/json/parse.ts';
import { failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import { criteriaOf, ifMatchOf } from './conditional.ts';
import type { Interaction, RestContext, RestRequest } from './rest.ts';
import type { PatchIntent } from './write-intent.ts';
import { writeOne } from './write-one.ts';

/**
 * Answers 200 with the version that a JSON Patch or a FHIRPath Patch made of the current one; what the
 * patch does not touch keeps its bytes. The same with criteria instead of an id, which must match one
 * resource. Fails `unsupported-media-type` for another kind of patch.
 *
 * @see https://hl7.org/fhir/R4/http.html#patch
 */
export const patch: Interaction = async (context, request) =>
  writeOne(context, request, patchIntent(context, request));

/** Returns what `PATCH [type]/[id]` or `PATCH [type]?[criteria]` asks to be patched. */
export function patchIntent(context: RestContext, request: RestRequest): Result<PatchIntent> {
  const [type = '', id] = request.path;
  const apply =
    request.document === undefined
      ? readBody(context, request)
      : readResource(context, request.document);
  if (!apply.ok) return apply;
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
    apply: apply.value,
    ...(id !== undefined ? { id } : { criteria }),
    ...(ifMatch.value !== undefined ? { ifMatch: ifMatch.value } : {}),
  });
}

type Apply = PatchIntent['apply'];

const jsonPatchType = 'application/json-patch+json';
const fhirTypes: ReadonlySet<string> = new Set([
  'application/fhir+json',
  'application/json',
  'text/json',
]);

function readBody(context: RestContext, request: RestRequest): Result<Apply> {
  const { body = '' } = request;
  const mediaType = request.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  const isJsonPatch = mediaType === jsonPatchType;
  if (!isJsonPatch && !fhirTypes.has(mediaType)) return unsupported();
  if (body.trim() === '') {
    return failed(failure('malformed', 'The request has no patch in its body.'));
  }
  if (isJsonPatch) return readJsonPatch(context, body);
  const document = parseDocument(body, { depthMax: context.limits.jsonDepthMax });
  return document.ok ? readResource(context, document.value) : document;
}

/** A patch as a resource: the Parameters of a FHIRPath Patch, or a Binary with a JSON Patch. */
function readResource(context: RestContext, document: JsonDocument): Result<Apply> {
  const { resourceType, contentType, data } = document.value;
  if (resourceType === 'Parameters') {
    return success((text) => applyFhirPathPatch(text, document, context));
  }
  return resourceType === 'Binary' && contentType === jsonPatchType && typeof data === 'string'
    ? readJsonPatch(context, Buffer.from(data, 'base64').toString('utf8'))
    : unsupported();
}

function readJsonPatch(context: RestContext, patch: string): Result<Apply> {
  // A patch is an array; the rules of JSON that FHIR demands hold for it inside an object.
  const parsed = parseDocument(`{"patch":${patch}}`, {
    depthMax: context.limits.jsonDepthMax + 1,
  });
  return parsed.ok ? success((text) => applyJsonPatch(text, patch)) : parsed;
}

function unsupported(): Result<never> {
  const text = `A patch is a JSON Patch (${jsonPatchType}) or the Parameters of a FHIRPath Patch.`;
  return failed(failure('unsupported-media-type', text));
}
