import type { JsonDocument } from '../fhir/json/json-document.ts';
import {
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
} from '../fhir/json/json-value.ts';
import { failure, type Failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import type { RestContext, RestRequest } from './rest.ts';
import { bodyOf } from './write-body.ts';

/** A Bundle that asks for several interactions. */
export interface RequestBundle {
  readonly document: JsonDocument;
  readonly type: 'batch' | 'transaction';
  readonly entries: readonly JsonValue[];
}

/**
 * Returns the batch or transaction in the body of a request to the base.
 * Fails `malformed`, `invalid-request` for another type of Bundle, and 413 for more than `bundleEntriesMax`.
 *
 * @see https://hl7.org/fhir/R4/http.html#transaction
 */
export function requestBundle(context: RestContext, request: RestRequest): Result<RequestBundle> {
  const document = bodyOf(context, request, 'Bundle');
  if (!document.ok) return document;
  const { type, entry = [] } = document.value.value;
  if (type !== 'batch' && type !== 'transaction') {
    return failed(
      failure('invalid-request', 'The Bundle is neither a batch nor a transaction.', 'Bundle.type'),
    );
  }
  if (!Array.isArray(entry)) {
    return failed(failure('malformed', 'The entries of a Bundle are an array.', 'Bundle.entry'));
  }
  const entries: JsonArray = entry;
  const { bundleEntriesMax } = context.limits;
  return entries.length > bundleEntriesMax
    ? failed(tooMany(bundleEntriesMax))
    : success({ document: document.value, type, entries });
}

function tooMany(entriesMax: number): Failure {
  const text = `The Bundle has more than ${entriesMax} entries; send it in parts.`;
  const { issues } = failure('too-costly', text, 'Bundle.entry');
  return { kind: 'body-too-large', issues };
}

/** Returns the object of an entry, empty when it is none. */
export function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
