import { createBatch } from './batch.ts';
import { requestBundle } from './batch-bundle.ts';
import type { Interaction } from './rest.ts';
import { createTransaction } from './transaction.ts';

/**
 * Returns the interaction of `POST [base]`: a batch or a transaction, as the Bundle says. `dispatch`
 * answers the single requests that entries stand for.
 *
 * @see https://hl7.org/fhir/R4/http.html#transaction
 */
export function createBundleInteraction(dispatch: Interaction): Interaction {
  const [batch, transaction] = [createBatch(dispatch), createTransaction(dispatch)];
  return async (context, request) => {
    const bundle = requestBundle(context, request);
    if (!bundle.ok) return bundle;
    const answer = bundle.value.type === 'batch' ? batch : transaction;
    return answer(context, request, bundle.value);
  };
}
