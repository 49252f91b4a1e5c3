import type { Instant } from '../fhir/instant.ts';
import type { JsonDocument } from '../fhir/json/json-document.ts';
import type { Issue } from '../fhir/operation-outcome.ts';
import type { ResourceKey } from '../fhir/resource.ts';
import type { Result } from '../fhir/result.ts';

/** One thing that a request wants written: parsed, but nothing was looked up for it yet. */
export type WriteIntent = CreateIntent | UpdateIntent | PatchIntent | DeleteIntent;

interface IntentBase {
  readonly type: string;
  /** Where the Bundle has it (`Bundle.entry[3]`); undefined for a request of its own. */
  readonly place?: string;
  /** The id that the resource gets when the server chooses it; the same each time it is planned. */
  readonly newId: string;
}

/** `criteria` is the query of If-None-Exist. */
export interface CreateIntent extends IntentBase {
  readonly interaction: 'create';
  readonly document: JsonDocument;
  readonly criteria?: Criteria;
  /** `Bundle.entry.fullUrl`: by it other entries refer to this one. */
  readonly fullUrl?: string;
}

/** With `id`, or with `criteria` when it is conditional; then the document may still name an id. */
export interface UpdateIntent extends IntentBase {
  readonly interaction: 'update';
  readonly document: JsonDocument;
  readonly id?: string;
  readonly criteria?: Criteria;
  readonly ifMatch?: EntityTags;
  /** `*`: only when nothing is there. */
  readonly ifNoneMatch?: EntityTags;
  readonly fullUrl?: string;
}

/** `apply` makes the text of the current version into the new one. */
export interface PatchIntent extends IntentBase {
  readonly interaction: 'patch';
  readonly apply: (text: string) => Result<string>;
  readonly id?: string;
  readonly criteria?: Criteria;
  readonly ifMatch?: EntityTags;
}

/** With `id`, or with `criteria` when it is conditional. */
export interface DeleteIntent extends IntentBase {
  readonly interaction: 'delete';
  readonly id?: string;
  readonly criteria?: Criteria;
  readonly ifMatch?: EntityTags;
}

/** Search parameters, decoded and in order. */
export type Criteria = readonly (readonly [name: string, value: string])[];

/** The opaque texts of If-Match, or any that exists. */
export type EntityTags = readonly string[] | '*';

/** What became of an intent. `existing`: a conditional create found its match; `nothing`: there was none to delete. */
export interface WriteOutcome extends ResourceKey {
  readonly effect: 'created' | 'updated' | 'deleted' | 'existing' | 'nothing';
  /** 0 when nothing is stored under the key. */
  readonly versionId: number;
  readonly lastUpdated?: Instant;
  readonly text?: string;
  /** Warnings and remarks on what was accepted. */
  readonly issues: readonly Issue[];
}
