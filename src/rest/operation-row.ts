import type { Interaction } from './rest.ts';

/**
 * One operation: where it may be called and what answers it. Routing and the CapabilityStatement read
 * the rows.
 *
 * @see https://hl7.org/fhir/R4/operations.html
 */
export interface OperationRow {
  /** The name without `$`. */
  readonly code: string;
  /** Canonical of the OperationDefinition. */
  readonly definition: string;
  readonly levels: readonly OperationLevel[];
  /** Undefined: every resource type. */
  readonly types?: readonly string[];
  /** GET only where it changes nothing. */
  readonly methods: readonly ('GET' | 'POST')[];
  /** Is given the request with its whole path (`['Patient', '1', '$everything']`). */
  readonly run: Interaction;
}

/** Where an operation is called: on the base, on a type, on one resource. */
export type OperationLevel = 'system' | 'type' | 'instance';
