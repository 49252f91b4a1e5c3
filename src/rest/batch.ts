import { success, type Result } from '../fhir/result.ts';
import type { RequestBundle } from './batch-bundle.ts';
import { entryRequest } from './batch-entry.ts';
import {
  asAsked,
  failureEntry,
  responseBundle,
  responseEntry,
  type EntryText,
} from './batch-response.ts';
import type { Interaction, RestContext, RestRequest, RestResponse } from './rest.ts';
import { createPace } from './write-pace.ts';

/** Answers the entries of a Bundle that was read. */
export type BundleInteraction = (
  context: RestContext,
  request: RestRequest,
  bundle: RequestBundle,
) => Promise<Result<RestResponse>>;

/**
 * Returns a function that answers a batch: each entry as if it had been sent alone, in the order of the
 * Bundle; one that fails says so in its own answer. `dispatch` answers a single request.
 *
 * @see https://hl7.org/fhir/R4/http.html#transaction
 */
export function createBatch(dispatch: Interaction): BundleInteraction {
  return async (context, request, bundle) => {
    const pace = createPace();
    const entries: EntryText[] = [];
    for (const index of bundle.entries.keys()) {
      const entry = entryRequest(request, bundle, index);
      entries.push(
        entry.ok
          ? await answer(context, entry.value.request, dispatch)
          : failureEntry(entry.failure),
      );
      await pace();
    }
    return success(responseBundle('batch-response', entries));
  };
}

async function answer(
  context: RestContext,
  request: RestRequest,
  dispatch: Interaction,
): Promise<EntryText> {
  const response = await dispatch(context, request);
  return response.ok
    ? responseEntry(asAsked(request.method, response.value))
    : failureEntry(response.failure);
}
