import { history } from './history.ts';
import type { Interaction } from './rest.ts';

/**
 * Answers with the versions of all resources.
 *
 * @see https://hl7.org/fhir/R4/http.html#history
 */
export const historySystem: Interaction = async (context, request) => history(context, request, {});
