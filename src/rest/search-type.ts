import type { Interaction } from './rest.ts';
import { search } from './search.ts';

/**
 * Answers with the resources of a type that match.
 *
 * @see https://hl7.org/fhir/R4/http.html#search
 */
export const searchType: Interaction = async (context, request) => {
  const [type = ''] = request.path;
  return search(context, request, { types: [type] });
};
