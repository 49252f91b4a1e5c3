import type { JsonDocument } from '../fhir/json/json-document.ts';
import { failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import { criteriaOf, ifMatchOf, ifNoneMatchOf } from './conditional.ts';
import type { Interaction, RestContext, RestRequest } from './rest.ts';
import { bodyOf } from './write-body.ts';
import type { UpdateIntent } from './write-intent.ts';
import { writeOne } from './write-one.ts';

/**
 * Answers 200 with the new version, or 201 when nothing was under the id. The same with criteria instead
 * of an id. Every accepted update is a new version, also one that changes nothing.
 * Fails `precondition-failed` when If-Match names another version, or If-None-Match the current one.
 *
 * @see https://hl7.org/fhir/R4/http.html#update
 */
export const update: Interaction = async (context, request) =>
  writeOne(context, request, updateIntent(context, request));

/** Returns what `PUT [type]/[id]` or `PUT [type]?[criteria]` asks to be written. */
export function updateIntent(context: RestContext, request: RestRequest): Result<UpdateIntent> {
  const [type = '', id] = request.path;
  const document = bodyOf(context, request, type);
  if (!document.ok) return document;
  const ifMatch = ifMatchOf(request);
  if (!ifMatch.ok) return ifMatch;
  const ifNoneMatch = ifNoneMatchOf(request);
  if (!ifNoneMatch.ok) return ifNoneMatch;
  const target =
    id === undefined ? targetByCriteria(request) : targetById(document.value, type, id);
  return target.ok
    ? success({
        interaction: 'update',
        type,
        document: document.value,
        newId: context.newId(),
        ...target.value,
        ...(ifMatch.value !== undefined ? { ifMatch: ifMatch.value } : {}),
        ...(ifNoneMatch.value !== undefined ? { ifNoneMatch: ifNoneMatch.value } : {}),
      })
    : target;
}

function targetById(
  document: JsonDocument,
  type: string,
  id: string,
): Result<Pick<UpdateIntent, 'id' | 'criteria'>> {
  const named = document.value['id'];
  if (named === undefined) {
    return failed(
      failure(
        'invalid-request',
        'The resource has no id; it must be that of the URL.',
        `${type}.id`,
      ),
    );
  }
  if (named !== id) {
    return failed(
      failure('invalid-request', 'The resource has another id than the URL.', `${type}.id`),
    );
  }
  return isId(id)
    ? success({ id })
    : failed(
        failure(
          'invalid-request',
          'An id has 1 to 64 letters, digits, hyphens and points.',
          `${type}.id`,
        ),
      );
}

function targetByCriteria(request: RestRequest): Result<Pick<UpdateIntent, 'id' | 'criteria'>> {
  const criteria = criteriaOf(request.query);
  return criteria.length === 0
    ? failed(failure('invalid-request', 'An update needs an id or search criteria in its URL.'))
    : success({ criteria });
}

/** @see https://hl7.org/fhir/R4/datatypes.html#id */
function isId(id: string): boolean {
  return /^[A-Za-z0-9\-.]{1,64}$/u.test(id);
}
