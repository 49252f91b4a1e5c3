import { failure } from '../fhir/operation-outcome.ts';
import { failed } from '../fhir/result.ts';
import type { Interaction } from './rest.ts';
import { versionResponse } from './version-response.ts';

/**
 * Answers with the current version of `type/id`, or 304 when the client has it.
 * Fails `not-found` when it never existed, `gone` when it was deleted.
 *
 * @see https://hl7.org/fhir/R4/http.html#read
 */
export const read: Interaction = async (context, request) => {
  const [type = '', id = ''] = request.path;
  const version = await context.store.read({ type, id }, request.access);
  if (version === undefined) return failed(failure('not-found', `No ${type} has this id.`));
  const { text } = version;
  return text === undefined
    ? failed(failure('gone', `The ${type} with this id was deleted.`))
    : versionResponse(context, request, { ...version, text });
};
