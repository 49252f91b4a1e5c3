import { failure, operationOutcome, statusOf, type Failure } from '../fhir/operation-outcome.ts';
import { failed } from '../fhir/result.ts';
import { createBundleInteraction } from './batch-interaction.ts';
import { createCapabilities } from './capabilities.ts';
import { create } from './create.ts';
import { deleteResource } from './delete.ts';
import { historyInstance } from './history-instance.ts';
import { historySystem } from './history-system.ts';
import { historyType } from './history-type.ts';
import { createOperate, operationAt } from './operate.ts';
import { operationTable } from './operation-table.ts';
import { patch } from './patch.ts';
import { read } from './read.ts';
import type { Interaction, RestContext, RestRequest, RestResponse } from './rest.ts';
import { route, type InteractionCode, type Route } from './route.ts';
import { searchCompartment } from './search-compartment.ts';
import { searchSystem } from './search-system.ts';
import { searchType } from './search-type.ts';
import { update } from './update.ts';
import { vread } from './vread.ts';

/** What answers each interaction of the route table. */
const interactionTable: Readonly<Record<InteractionCode, Interaction>> = Object.freeze({
  read,
  vread,
  update,
  patch,
  delete: deleteResource,
  'history-instance': historyInstance,
  'history-type': historyType,
  'history-system': historySystem,
  create,
  'search-type': searchType,
  'search-system': searchSystem,
  'search-compartment': searchCompartment,
  capabilities: createCapabilities(operationTable),
  // A batch sends its entries back through the table, which is complete by then.
  transaction: createBundleInteraction(async (context, request) => interact(context, request)),
  operation: createOperate(operationTable),
});

/**
 * Answers one request of the RESTful API. Never fails: a failure is answered with its OperationOutcome.
 *
 * @see https://hl7.org/fhir/R4/http.html
 */
export async function dispatch(context: RestContext, request: RestRequest): Promise<RestResponse> {
  const routed = route(context.definitions, request);
  if (!routed.ok) return failureResponse(routed.failure);
  const allow = allowOf(routed.value, request);
  if (request.method === 'OPTIONS') return { status: 204, headers: { Allow: allow } };
  const answered = await interactAt(context, request, routed.value);
  return answered.ok
    ? { interaction: routed.value.interaction ?? 'unknown', ...answered.value }
    : failureResponse(answered.failure, {
        ...(routed.value.interaction !== undefined
          ? { interaction: routed.value.interaction }
          : {}),
        headers: answered.failure.kind === 'method-not-allowed' ? { Allow: allow } : {},
      });
}

/** As `dispatch`, with the failure as a value: what an entry of a Bundle is answered by. */
export const interact: Interaction = async (context, request) => {
  const routed = route(context.definitions, request);
  return routed.ok ? interactAt(context, request, routed.value) : routed;
};

const interactAt = async (
  context: RestContext,
  request: RestRequest,
  { interaction }: Route,
): ReturnType<Interaction> =>
  interaction === undefined
    ? failed(failure('method-not-allowed', 'The path has no interaction for this method.'))
    : interactionTable[interaction](context, request);

/** Returns the answer that says why a request was not done. */
export function failureResponse(
  reason: Failure,
  more: Partial<Pick<RestResponse, 'headers' | 'interaction'>> = {},
): RestResponse {
  return {
    headers: {},
    ...more,
    status: statusOf(reason.kind),
    body: JSON.stringify(operationOutcome(reason.issues)),
  };
}

/** The methods of a path as Allow lists them; those of an operation are its own. */
function allowOf(routed: Route, request: RestRequest): string {
  const operation =
    routed.interaction === 'operation' || routed.shape.endsWith('$')
      ? operationAt(operationTable, request.path)
      : undefined;
  const methods: readonly string[] = operation?.methods ?? routed.allowed;
  const get = methods.includes('GET') ? ['HEAD'] : [];
  return [...methods, ...get, 'OPTIONS'].join(', ');
}
