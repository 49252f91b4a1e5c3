import type { Definitions } from '../fhir/definitions/definitions.ts';
import type { Terminology } from '../fhir/definitions/terminology.ts';
import type { Instant } from '../fhir/instant.ts';
import type { JsonDocument } from '../fhir/json/json-document.ts';
import type { Result } from '../fhir/result.ts';
import type { IndexEntry } from '../fhir/search/index-entry.ts';
import type { SearchPlan } from '../fhir/search/plan.ts';
import type { Validator } from '../fhir/validate/validator.ts';
import type { Access, ResourceStore, Write } from '../store/resource-store.ts';
import type { TrialReader } from '../trial/load-trial.ts';
import type { SubjectMemory } from '../trial/subject-memory.ts';
import type { Referrers } from './reference-referrers.ts';
import type { Verdicts } from './reference-verdicts.ts';
import type { Turns } from './write-turns.ts';

/**
 * What every interaction is given. `definitions`, `validator` and `terminology` are of one moment: a
 * request keeps those it began with.
 */
export interface RestContext {
  readonly store: ResourceStore;
  readonly definitions: Definitions;
  readonly terminology: Terminology;
  readonly validator: Validator;
  /** The index entries of a resource; `baseUrl` tells which absolute references are local. */
  readonly index: (document: JsonDocument, baseUrl: string) => readonly IndexEntry[];
  /** The search for the criteria of a conditional interaction; an unknown parameter fails. */
  readonly parseCriteria: (
    type: string,
    criteria: readonly (readonly [name: string, value: string])[],
    baseUrl: string,
  ) => Result<SearchPlan>;
  /** Of the same definitions: `createReferrers(definitions)`. */
  readonly referrers: Referrers;
  /** Of the same definitions: `createVerdicts()`. */
  readonly verdicts: Verdicts;
  /** One for each store: `createTurns()`. */
  readonly turns: Turns;
  /** One for each store: `createTrialReader()`. */
  readonly trialReader: TrialReader;
  /** One for each store: `createSubjectMemory()`. */
  readonly subjects: SubjectMemory;
  /** Told of the writes of each commit after it is durable and before the answer leaves. */
  readonly publish?: (writes: readonly Write[]) => void;
  readonly clock: () => Instant;
  readonly newId: () => string;
  readonly limits: RestLimits;
  /** Signs page links; never leaves the process. */
  readonly linkKey: string;
}

/** Limits of the interactions; each has a key in the Config and an issue code of its own when exceeded. */
export interface RestLimits {
  readonly pageSizeDefault: number;
  readonly pageSizeMax: number;
  readonly bundleEntriesMax: number;
  readonly includesMax: number;
  readonly chainDepthMax: number;
  readonly jsonDepthMax: number;
  readonly bodyBytesMax: number;
  readonly replansMax: number;
  /** Records of subjects that are kept in memory. */
  readonly subjectRecordsMax: number;
  /** How long after the first page its links lead on. */
  readonly pageLinkMsMax: number;
}

/** A request as the HTTP edge, or an entry of a Bundle, asks it. Nothing in it is Express. */
export interface RestRequest {
  readonly method: string;
  /** Decoded segments after the FHIR base: `['Patient', '1', '_history']`. */
  readonly path: readonly string[];
  /** Decoded, in order, repeats kept; of a POST `_search` also those of the form. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** The header's value by its lower-case name. */
  readonly header: (name: string) => string | undefined;
  /** The body as text; undefined when there is none. Not yet parsed. */
  readonly body?: string;
  /** A body that is already parsed: the resource of a Bundle entry. */
  readonly document?: JsonDocument;
  /** The public FHIR base without a trailing slash (`http://localhost:8080/fhir`). */
  readonly baseUrl: string;
  readonly access: Access;
  /** The server itself asks (seed, trial operations): it may write the elements that it owns. */
  readonly asServer?: boolean;
}

/** An answer. `body` is JSON text; the edge adds Content-Type and writes it. */
export interface RestResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** When the resource was written, to the millisecond, which Last-Modified cannot say. */
  readonly lastUpdated?: Instant;
  /** The restful-interaction code, for the log and for metrics. */
  readonly interaction?: string;
}

/** One FHIR interaction. Failures are values; `http/` and `batch` turn them into OperationOutcomes. */
export type Interaction = (
  context: RestContext,
  request: RestRequest,
) => Promise<Result<RestResponse>>;
