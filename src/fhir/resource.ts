import type { JsonObject } from './json/json-value.ts';

/**
 * A FHIR resource as parsed JSON. Numbers are JavaScript's; where digits matter, its
 * `JsonDocument` has the text of each.
 *
 * @see https://hl7.org/fhir/R4/resource.html
 */
export interface Resource extends JsonObject {
  readonly resourceType: string;
  readonly id?: string;
  readonly meta?: Meta;
}

/**
 * The metadata of a resource that the server reads.
 *
 * @see https://hl7.org/fhir/R4/resource.html#Meta
 */
export interface Meta extends JsonObject {
  readonly versionId?: string;
  readonly lastUpdated?: string;
  readonly profile?: readonly string[];
}

/** Type and id of a resource, its identity on this server. */
export interface ResourceKey {
  readonly type: string;
  readonly id: string;
}
