import type { JsonDocument } from '../fhir/json/json-document.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Located } from './plan-located.ts';

/** A located intent with the content that it would store; a deletion, and what stays as it is, have none. */
export interface Draft {
  readonly located: Located;
  readonly document?: JsonDocument;
}

/** Returns the resource of a draft, undefined for a deletion and for what stays as it is. */
export function resourceOf(draft: Draft): Resource | undefined {
  return draft.document?.value as Resource | undefined;
}
