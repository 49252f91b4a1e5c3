import { success } from '../fhir/result.ts';
import { capabilityStatement } from './capability-statement.ts';
import type { OperationRow } from './operation-table.ts';
import type { Definitions } from '../fhir/definitions/definitions.ts';
import type { Interaction } from './rest.ts';

/**
 * Returns the interaction that answers with the CapabilityStatement. Its text is made once for each set
 * of definitions. `mode` is ignored, as the specification allows: the whole statement is the answer.
 *
 * @see https://hl7.org/fhir/R4/http.html#capabilities
 */
export function createCapabilities(operations: readonly OperationRow[]): Interaction {
  const texts = new WeakMap<Definitions, ReadonlyMap<string, string>>();
  return async (context, request) => {
    const { definitions } = context;
    const { baseUrl } = request;
    const known = texts.get(definitions)?.get(baseUrl);
    const body =
      known ??
      JSON.stringify(
        capabilityStatement(definitions, { baseUrl, operations, date: context.clock() }),
      );
    if (known === undefined) texts.set(definitions, new Map([[baseUrl, body]]));
    return success({ status: 200, headers: {}, body });
  };
}
