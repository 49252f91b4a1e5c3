/**
 * A search, compiled: neutral, frozen data that each store turns into its own query. The tree is
 * total: what a store has not built answers `not-supported` (501), never a wrong result.
 */
export interface SearchPlan {
  /** The resource types that are searched; never empty. */
  readonly types: readonly string[];
  readonly where: SearchExpression;
  /** Most significant first; ties are broken by the order of creation. Empty: order of creation. */
  readonly sort: readonly SortKey[];
}

/**
 * Sorts by the smallest (ascending) or largest (descending) value of a search parameter; resources
 * without a value come last.
 *
 * @see https://hl7.org/fhir/R4/search.html#sort
 */
export interface SortKey {
  readonly param: string;
  readonly kind:
    | 'token'
    | 'string'
    | 'date'
    | 'number'
    | 'quantity'
    | 'reference'
    | 'uri'
    | 'id'
    | 'lastUpdated';
  readonly descending: boolean;
}

/** A condition on one resource. */
export type SearchExpression =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | { readonly kind: 'and'; readonly of: readonly SearchExpression[] }
  | { readonly kind: 'or'; readonly of: readonly SearchExpression[] }
  | { readonly kind: 'not'; readonly of: SearchExpression }
  /** The resource is of one of the types: in a plan over several, what holds for some of them only. */
  | { readonly kind: 'type'; readonly types: readonly string[] }
  /** `_id` */
  | { readonly kind: 'id'; readonly ids: readonly string[] }
  /** `_lastUpdated`, on the version's own time. */
  | { readonly kind: 'lastUpdated'; readonly range: RangeTest }
  /** The resource has an entry for the parameter. `:missing=true` is `not` of it. */
  | { readonly kind: 'present'; readonly param: string }
  | TokenTest
  /** `:text`: the folded text of a token, or display of a reference, contains or starts with this. */
  | { readonly kind: 'token-text'; readonly param: string; readonly text: string }
  | {
      readonly kind: 'string';
      readonly param: string;
      readonly match: 'starts-with' | 'contains' | 'exact';
      /** Folded, except for `exact`. */
      readonly value: string;
    }
  | { readonly kind: 'date'; readonly param: string; readonly range: RangeTest }
  | { readonly kind: 'number'; readonly param: string; readonly range: RangeTest }
  | {
      readonly kind: 'quantity';
      readonly param: string;
      readonly range: RangeTest;
      /** Undefined: any. */
      readonly system?: string;
      /** Undefined: any; without a system it may also be the human unit. */
      readonly code?: string;
    }
  | ReferenceTest
  | {
      readonly kind: 'uri';
      readonly param: string;
      readonly match: 'exact' | 'below' | 'above';
      readonly value: string;
    }
  /** One composite entry satisfies the test of each component, in order. */
  | {
      readonly kind: 'composite';
      readonly param: string;
      readonly components: readonly SearchExpression[];
    }
  /** A local reference of the parameter points to a current resource of one of the types that satisfies `where`. */
  | {
      readonly kind: 'chain';
      readonly param: string;
      readonly types: readonly string[];
      readonly where: SearchExpression;
    }
  /** A current resource of the type refers to this one by the parameter and satisfies `where` (`_has`). */
  | {
      readonly kind: 'has';
      readonly type: string;
      readonly param: string;
      readonly where: SearchExpression;
    }
  /** Understood, not built: answers 501 with this sentence. */
  | { readonly kind: 'not-built'; readonly text: string };

/** `system` undefined: any system; empty: no system. `code` undefined: any code of the system. */
export interface TokenTest {
  readonly kind: 'token';
  readonly param: string;
  readonly system?: string;
  readonly code?: string;
}

/** A local target (`id`, of any type when `type` is undefined), an absolute `url`, or an identifier. */
export interface ReferenceTest {
  readonly kind: 'reference';
  readonly param: string;
  readonly type?: string;
  readonly id?: string;
  readonly url?: string;
  readonly identifier?: { readonly system?: string; readonly code?: string };
}

/**
 * The prefix with the half-open range [low, high) of the value in the query; the entry's own range is
 * compared with it as `rangeHolds` of range-test.ts does. Numbers under gt, lt, ge, le, sa and eb are
 * exact, so their range is one point; under `ap` the range is already widened.
 *
 * @see https://hl7.org/fhir/R4/search.html#prefix
 */
export interface RangeTest {
  readonly prefix: 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb' | 'ap';
  readonly low: number;
  readonly high: number;
}
