import type { Result } from '../fhir/result.ts';
import type { Instant } from '../fhir/instant.ts';
import type { ResourceKey } from '../fhir/resource.ts';
import type { IndexEntry } from '../fhir/search/index-entry.ts';
import type { SearchPlan } from '../fhir/search/plan.ts';

/**
 * The port to what is kept. Every version of every resource is kept as the text that was accepted;
 * nothing is overwritten or physically deleted. Each write has a sequence number, and the numbers are
 * in the order of the commits. All reads and searches take an `Access`.
 *
 * Every adapter keeps these promises; `test/contract/resource-store.contract.ts` holds them to it.
 */
export interface ResourceStore {
  /** The current version, also when it is a deletion; undefined when the resource never existed. */
  read(key: ResourceKey, access: Access): Promise<StoredVersion | undefined>;
  /** As `read`, in the order of `keys`. */
  readMany(
    keys: readonly ResourceKey[],
    access: Access,
  ): Promise<readonly (StoredVersion | undefined)[]>;
  readVersion(
    key: ResourceKey,
    versionId: number,
    access: Access,
  ): Promise<StoredVersion | undefined>;
  /** Versions, newest first. */
  history(query: HistoryQuery, access: Access): Promise<Result<VersionPage>>;
  /** Current resources that match, as of a snapshot. Fails `not-supported`, `page-expired`, `too-costly`. */
  search(query: SearchQuery, access: Access): Promise<Result<SearchPage>>;
  /**
   * Every current resource that matches, in the order of creation, as of one snapshot: what a search
   * would page through, without its pages. The sort of the plan is not looked at. Fails `not-supported`.
   */
  matches(plan: SearchPlan, access: Access): Promise<Result<AsyncIterable<StoredVersion>>>;
  /** Versions with a greater sequence number, oldest first, at most `count`. */
  changesSince(sequence: number, count: number, access: Access): Promise<readonly StoredVersion[]>;
  /** Every current resource of the types (none: all), in the order of creation, as of one snapshot. */
  scan(types: readonly string[], access: Access): AsyncIterable<StoredVersion>;
  /** The sequence of the last commit that touched the key; 0 when none did. */
  lastChange(changeKey: string): Promise<number>;
  /**
   * Writes all or nothing; resolves after it is durable. Writes that arrive together share one
   * transaction, and one that fails never fails its neighbours. Fails `storage-full`, `unavailable`.
   */
  commit(commit: Commit): Promise<Result<CommitOutcome>>;
  close(): Promise<void>;
}

/** What the asker may see. `site` undefined: every site. Adapters apply the site to every read and search. */
export interface Access {
  readonly site?: ResourceKey;
}

/** Sees everything. */
export const unrestricted: Access = Object.freeze({});

/** One version of a resource, as it is kept. */
export interface StoredVersion extends ResourceKey {
  /** 1, 2, 3 … without holes. */
  readonly versionId: number;
  readonly lastUpdated: Instant;
  readonly sequence: number;
  readonly method: WriteMethod;
  /** The whole JSON text with `id`, `meta.versionId` and `meta.lastUpdated`; undefined for a deletion. */
  readonly text?: string;
}

/** The HTTP verb that made the version, as history shows it. */
export type WriteMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** `type` undefined: the whole system; `id` undefined: the type. */
export interface HistoryQuery {
  readonly type?: string;
  readonly id?: string;
  /** Only versions at or after this instant. */
  readonly since?: Instant;
  /** Only versions that were current at some time in the half-open range [from, to). */
  readonly at?: { readonly from: Instant; readonly to: Instant };
  readonly count: number;
  /** Only versions with a smaller sequence number: the next page. */
  readonly before?: number;
}

/** A page of versions; `next` is undefined on the last. `total` counts all pages. */
export interface VersionPage {
  readonly versions: readonly StoredVersion[];
  readonly total: number;
  readonly next?: number;
}

/** `after` continues a search whose first page was answered at a snapshot. */
export interface SearchQuery {
  readonly plan: SearchPlan;
  /** 0: only the total. */
  readonly count: number;
  readonly after?: SearchCursor;
  readonly total: boolean;
}

/** Where a page ended: sort values and creation order of its last row, and the snapshot of the first page. */
export interface SearchCursor {
  readonly snapshot: number;
  readonly values: readonly (string | number | null)[];
  readonly row: number;
}

/** A page of matches; `next` is undefined on the last. */
export interface SearchPage {
  readonly matches: readonly StoredVersion[];
  readonly total?: number;
  readonly next?: SearchCursor;
}

/** Writes that belong together and what must still hold when they are made. */
export interface Commit {
  readonly writes: readonly Write[];
  readonly preconditions: readonly Precondition[];
  /** Change keys (`ResearchSubject/1`, `ResearchStudy/nct01935843`) that this commit advances. */
  readonly touches?: readonly string[];
}

/** A new version. The planner has numbered and stamped it, and its text says so. */
export interface Write extends ResourceKey {
  readonly versionId: number;
  readonly lastUpdated: Instant;
  readonly method: WriteMethod;
  /** Undefined: a deletion, which has no entries. */
  readonly text?: string;
  readonly entries: readonly IndexEntry[];
}

/** Checked inside the commit, before its writes. */
export type Precondition =
  | { readonly kind: 'versionIs'; readonly key: ResourceKey; readonly versionId: number }
  /** The resource never existed. */
  | { readonly kind: 'absent'; readonly key: ResourceKey }
  | { readonly kind: 'noMatch'; readonly plan: SearchPlan }
  | { readonly kind: 'unchangedSince'; readonly changeKey: string; readonly sequence: number };

/** Either every write's sequence number, in order, or the preconditions that did not hold. */
export type CommitOutcome =
  | { readonly kind: 'committed'; readonly sequences: readonly number[] }
  | { readonly kind: 'mismatch'; readonly mismatches: readonly Precondition[] };
