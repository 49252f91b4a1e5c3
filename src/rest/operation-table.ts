import { trialEndpointOperations } from './operation/trial-endpoint-operations.ts';
import { trialOperations } from './operation/trial-operations.ts';
import { jsonSchemaOperation } from './operation/json-schema.ts';
import { validate } from './operation/validate.ts';
import type { OperationRow } from './operation-row.ts';

export type { OperationLevel, OperationRow } from './operation-row.ts';

/** Every operation of this server, in the order in which the CapabilityStatement lists them. */
export const operationTable: readonly OperationRow[] = Object.freeze([
  {
    code: 'validate',
    definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate',
    levels: ['system', 'type', 'instance'],
    methods: ['GET', 'POST'],
    run: validate,
  },
  jsonSchemaOperation,
  ...trialOperations,
  ...trialEndpointOperations,
]);
