import { failure } from '../fhir/operation-outcome.ts';
import { failed } from '../fhir/result.ts';
import { history } from './history.ts';
import type { Interaction } from './rest.ts';

/**
 * Answers with the versions of one resource, deletions among them.
 * Fails `not-found` when it never existed.
 *
 * @see https://hl7.org/fhir/R4/http.html#history
 */
export const historyInstance: Interaction = async (context, request) => {
  const [type = '', id = ''] = request.path;
  const answer = await history(context, request, { type, id });
  if (!answer.ok || answer.value.total > 0) return answer;
  const exists = (await context.store.read({ type, id }, request.access)) !== undefined;
  return exists ? answer : failed(failure('not-found', `No ${type} has this id.`));
};
