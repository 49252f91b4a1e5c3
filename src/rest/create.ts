import { failed, success, type Result } from '../fhir/result.ts';
import { ifNoneExistOf } from './conditional.ts';
import type { Interaction, RestContext, RestRequest } from './rest.ts';
import { bodyOf } from './write-body.ts';
import type { CreateIntent } from './write-intent.ts';
import { writeOne } from './write-one.ts';

/**
 * Answers 201 with the resource under an id that the server chose; an id in the body is ignored. With
 * If-None-Exist 200 with the one that matches already. Fails `multiple-matches` when several do.
 *
 * @see https://hl7.org/fhir/R4/http.html#create
 */
export const create: Interaction = async (context, request) =>
  writeOne(context, request, createIntent(context, request));

/** Returns what `POST [type]` asks to be written. */
export function createIntent(context: RestContext, request: RestRequest): Result<CreateIntent> {
  const [type = ''] = request.path;
  const document = bodyOf(context, request, type);
  if (!document.ok) return document;
  const criteria = ifNoneExistOf(request, type);
  if (!criteria.ok) return failed(criteria.failure);
  return success({
    interaction: 'create',
    type,
    document: document.value,
    newId: context.newId(),
    ...(criteria.value !== undefined ? { criteria: criteria.value } : {}),
  });
}
