import type { Interaction } from './rest.ts';
import { search } from './search.ts';

/**
 * Answers with the resources of all types that match, or of those that `_type` names.
 *
 * @see https://hl7.org/fhir/R4/http.html#search
 */
export const searchSystem: Interaction = async (context, request) =>
  search(context, request, { types: context.definitions.resourceTypes });
