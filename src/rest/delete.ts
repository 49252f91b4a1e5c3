import { failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import { criteriaOf, ifMatchOf } from './conditional.ts';
import type { Interaction, RestContext, RestRequest } from './rest.ts';
import type { DeleteIntent } from './write-intent.ts';
import { writeOne } from './write-one.ts';

/**
 * Answers 204, or 200 with an OperationOutcome when the client prefers one; the same when there is
 * nothing to delete, so that a retry is harmless. With criteria instead of an id it deletes the one match
 * and fails `multiple-matches` when there are several. References to what is deleted stay as they are.
 *
 * @see https://hl7.org/fhir/R4/http.html#delete
 */
export const deleteResource: Interaction = async (context, request) =>
  writeOne(context, request, deleteIntent(context, request));

/** Returns what `DELETE [type]/[id]` or `DELETE [type]?[criteria]` asks to be deleted. */
export function deleteIntent(context: RestContext, request: RestRequest): Result<DeleteIntent> {
  const [type = '', id] = request.path;
  const ifMatch = ifMatchOf(request);
  if (!ifMatch.ok) return ifMatch;
  const criteria = criteriaOf(request.query);
  if (id === undefined && criteria.length === 0) {
    return failed(
      failure('invalid-request', 'A delete needs an id or search criteria in its URL.'),
    );
  }
  return success({
    interaction: 'delete',
    type,
    newId: context.newId(),
    ...(id !== undefined ? { id } : { criteria }),
    ...(ifMatch.value !== undefined ? { ifMatch: ifMatch.value } : {}),
  });
}
