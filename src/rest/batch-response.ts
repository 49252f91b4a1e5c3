import { STATUS_CODES } from 'node:http';
import { instantOf } from '../fhir/instant.ts';
import { operationOutcome, statusOf, type Failure, type Issue } from '../fhir/operation-outcome.ts';
import type { RestResponse } from './rest.ts';

/** What one entry of the answer says, as JSON text. */
export type EntryText = string;

/**
 * Returns the Bundle of the answers, in the order of the entries.
 *
 * @see https://hl7.org/fhir/R4/http.html#transaction-response
 */
export function responseBundle(
  type: 'batch-response' | 'transaction-response',
  entries: readonly EntryText[],
): RestResponse {
  const list = entries.length === 0 ? '' : `,"entry":[${entries.join(',')}]`;
  return {
    status: 200,
    headers: {},
    body: `{"resourceType":"Bundle","type":"${type}"${list}}`,
    interaction: type.replace('-response', ''),
  };
}

/**
 * Returns the answer as the method has it: HEAD is answered by what GET is, without the body.
 *
 * @see https://hl7.org/fhir/R4/http.html#general
 */
export function asAsked(method: string, response: RestResponse): RestResponse {
  if (method !== 'HEAD') return response;
  const { status, headers, lastUpdated } = response;
  return { status, headers, ...(lastUpdated !== undefined ? { lastUpdated } : {}) };
}

/** Returns the entry of an answer; `issues` are warnings for `response.outcome`. */
export function responseEntry(response: RestResponse, issues: readonly Issue[] = []): EntryText {
  const { body } = response;
  const isOutcome = body?.startsWith('{"resourceType":"OperationOutcome"') === true;
  const outcome = issues.length > 0 ? JSON.stringify(operationOutcome(issues)) : undefined;
  const members = [
    ...(body === undefined || isOutcome ? [] : [`"resource":${body}`]),
    `"response":${responseText(response, isOutcome ? body : outcome)}`,
  ];
  return `{${members.join(',')}}`;
}

/** Returns the entry of an interaction that failed. */
export function failureEntry(failure: Failure): EntryText {
  const outcome = JSON.stringify(operationOutcome(failure.issues));
  return `{"response":${responseText({ status: statusOf(failure.kind), headers: {} }, outcome)}}`;
}

function responseText(
  { status, headers, lastUpdated }: RestResponse,
  outcome: string | undefined,
): string {
  const modified = headers['Last-Modified'];
  const lastModified =
    lastUpdated ?? (modified === undefined ? undefined : instantOf(Date.parse(modified)));
  const text = JSON.stringify({
    status: `${status} ${STATUS_CODES[status] ?? ''}`.trim(),
    location: headers['Location'],
    etag: headers['ETag'],
    lastModified,
  });
  return outcome === undefined ? text : `${text.slice(0, -1)},"outcome":${outcome}}`;
}
