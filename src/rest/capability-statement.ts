import packageJson from '../../package.json' with { type: 'json' };
import type { Definitions } from '../fhir/definitions/definitions.ts';
import type { Instant } from '../fhir/instant.ts';
import type { JsonObject } from '../fhir/json/json-value.ts';
import type { Resource } from '../fhir/resource.ts';
import { capabilityResources, searchParamElement } from './capability-resource.ts';
import type { OperationRow } from './operation-table.ts';
import { interactionsOf } from './route.ts';

/** What a CapabilityStatement says beside the definitions. */
export interface CapabilityOptions {
  readonly baseUrl: string;
  readonly operations: readonly OperationRow[];
  readonly date: Instant;
}

/**
 * Returns the statement of what this server does, made from the tables that route, from the operations,
 * and from the definitions.
 *
 * @see https://hl7.org/fhir/R4/capabilitystatement.html
 */
export function capabilityStatement(
  definitions: Definitions,
  options: CapabilityOptions,
): Resource {
  const { baseUrl, operations, date } = options;
  return {
    resourceType: 'CapabilityStatement',
    name: 'CartHer2',
    title: 'cart-her2',
    status: 'active',
    date,
    kind: 'instance',
    software: { name: packageJson.name, version: packageJson.version },
    implementation: { description: packageJson.description, url: baseUrl },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'application/json'],
    patchFormat: ['application/json-patch+json', 'application/fhir+json'],
    rest: [
      {
        mode: 'server',
        documentation,
        security: { cors: false, description: security },
        resource: capabilityResources(definitions, operations),
        interaction: systemInteractions.map((code) => ({ code })),
        searchParam: [...systemParameters(definitions)],
        ...operationElements(operations.filter(({ levels }) => levels.includes('system'))),
        compartment: compartmentCodes.flatMap((code) => definitions.compartment(code)?.url ?? []),
      },
    ],
  };
}

const documentation =
  'Every resource is validated when it is written: against R4, the profiles that it claims, and the ' +
  'profile that the trial demands of it. A search parameter that this server does not know is refused ' +
  'with 400, for a filter that is silently dropped is a wrong answer; with Prefer: handling=lenient it ' +
  'is left out, the self link shows the search that was done, and an OperationOutcome in the Bundle ' +
  'says what was left out.';

const security =
  'Without configured clients the server listens to its own machine alone and asks nobody who they are.';

/** A batch is routed as a transaction. */
const systemInteractions = [...interactionsOf(['', '_history', '_search']), 'batch'];

const compartmentCodes = ['Patient', 'Encounter', 'RelatedPerson', 'Practitioner', 'Device'];

function systemParameters(definitions: Definitions): readonly JsonObject[] {
  const [anyType = ''] = definitions.resourceTypes;
  return [...definitions.searchParameters(anyType).values()]
    .filter((parameter) => (parameter.base as readonly string[]).includes('Resource'))
    .flatMap(searchParamElement);
}

function operationElements(operations: readonly OperationRow[]): JsonObject {
  return operations.length === 0
    ? {}
    : { operation: operations.map(({ code, definition }) => ({ name: code, definition })) };
}
