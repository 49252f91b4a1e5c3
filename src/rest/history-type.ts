import { history } from './history.ts';
import type { Interaction } from './rest.ts';

/**
 * Answers with the versions of all resources of a type.
 *
 * @see https://hl7.org/fhir/R4/http.html#history
 */
export const historyType: Interaction = async (context, request) => {
  const [type = ''] = request.path;
  return history(context, request, { type });
};
