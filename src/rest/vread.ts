import { failure } from '../fhir/operation-outcome.ts';
import { failed } from '../fhir/result.ts';
import type { Interaction } from './rest.ts';
import { versionResponse } from './version-response.ts';

/**
 * Answers with one version of `type/id`.
 * Fails `not-found` when there is no such version, `gone` when the version is a deletion.
 *
 * @see https://hl7.org/fhir/R4/http.html#vread
 */
export const vread: Interaction = async (context, request) => {
  const [type = '', id = '', , versionId = ''] = request.path;
  const version = /^[1-9]\d{0,14}$/u.test(versionId)
    ? await context.store.readVersion({ type, id }, Number(versionId), request.access)
    : undefined;
  if (version === undefined) {
    return failed(failure('not-found', `No ${type} has this id and version.`));
  }
  const { text } = version;
  return text === undefined
    ? failed(failure('gone', `By this version the ${type} was deleted.`))
    : versionResponse(context, request, { ...version, text });
};
