import { operationOutcome } from '../fhir/operation-outcome.ts';
import { preferredReturn } from './prefer.ts';
import type { RestRequest, RestResponse } from './rest.ts';
import type { WriteOutcome } from './write-intent.ts';

/**
 * Returns the answer to one write: status, Location, ETag and Last-Modified, and the body that the client
 * prefers; without a preference `byDefault`.
 *
 * @see https://hl7.org/fhir/R4/http.html#ops
 */
export function writeResponse(
  request: RestRequest,
  outcome: WriteOutcome,
  byDefault: 'minimal' | 'representation' = 'representation',
): RestResponse {
  const preferred = preferredReturn(request) ?? byDefault;
  const body =
    preferred === 'OperationOutcome'
      ? JSON.stringify(operationOutcome(outcome.issues))
      : preferred === 'representation'
        ? outcome.text
        : undefined;
  const status = statusOf(outcome);
  return {
    status: status === 204 && body !== undefined ? 200 : status,
    headers: headersOf(outcome, request.baseUrl),
    ...(outcome.lastUpdated !== undefined ? { lastUpdated: outcome.lastUpdated } : {}),
    ...(body !== undefined ? { body } : {}),
  };
}

/** Returns the status of a write that was done. */
export function statusOf({ effect }: WriteOutcome): 200 | 201 | 204 {
  switch (effect) {
    case 'created':
      return 201;
    case 'updated':
    case 'existing':
      return 200;
    case 'deleted':
    case 'nothing':
      return 204;
  }
}

function headersOf(outcome: WriteOutcome, baseUrl: string): Readonly<Record<string, string>> {
  const { type, id, versionId, lastUpdated, text } = outcome;
  if (versionId === 0 || lastUpdated === undefined) return {};
  return {
    ...(text !== undefined ? { Location: `${baseUrl}/${type}/${id}/_history/${versionId}` } : {}),
    ETag: `W/"${versionId}"`,
    'Last-Modified': new Date(lastUpdated).toUTCString(),
  };
}
