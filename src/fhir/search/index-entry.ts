/**
 * What a resource is found by: one entry for each value of each search parameter. `param` is the code
 * of the search parameter. Extracted by the kernel, laid out on disk as each store likes.
 * A parameter that others add up to (`combo-code`, `code-value-quantity`: `derivationOf`) has no entries;
 * `parseQuery` asks those of its parts. `_id` and `_lastUpdated` are the store's own columns.
 *
 * @see https://hl7.org/fhir/R4/search.html#table
 */
export type IndexEntry = SimpleEntry | CompositeEntry;

/** An entry of one value. */
export type SimpleEntry =
  TokenEntry | StringEntry | DateEntry | NumberEntry | QuantityEntry | ReferenceEntry | UriEntry;

/**
 * A code with its system; both are empty when the value has none. `text` holds the folded texts of the
 * value (display, text), one a line. An Identifier with a type has one more entry for each coding of the
 * type, under `[param]:of-type` with the code `[type code]|[value]`.
 */
export interface TokenEntry {
  readonly kind: 'token';
  readonly param: string;
  readonly system: string;
  readonly code: string;
  readonly text?: string;
}

/** `folded` is `exact` without case, accents and punctuation. */
export interface StringEntry {
  readonly kind: 'string';
  readonly param: string;
  readonly folded: string;
  readonly exact: string;
}

/** Half-open range of milliseconds since the epoch; an open end of a Period is ±Infinity. */
export interface DateEntry {
  readonly kind: 'date';
  readonly param: string;
  readonly low: number;
  readonly high: number;
}

/**
 * The number itself as the smallest half-open range ([5.4, next number after it)), since prefixes treat
 * the numbers of resources as exact; the limits of a Range; ±Infinity at an end that is open.
 *
 * @see docs/spec-clarifications.md#search
 */
export interface NumberEntry {
  readonly kind: 'number';
  readonly param: string;
  readonly low: number;
  readonly high: number;
}

/**
 * A value with its unit, in the units in which it was written; the range is as in `NumberEntry`. A value
 * below a limit (comparator `<` or `<=`) lies at -Infinity, one above a limit at Infinity: it is less than,
 * or greater than, every number, and never the contrary. A unit of UCUM that converts has one more entry in
 * its base unit, under `[param]:canonical`, with a system of its own.
 */
export interface QuantityEntry {
  readonly kind: 'quantity';
  readonly param: string;
  readonly low: number;
  readonly high: number;
  readonly system: string;
  readonly code: string;
  /** The human unit, for searches by unit alone. */
  readonly unit?: string;
}

/**
 * A reference. Local ones (relative, or absolute below the server's base) have `type` and `id`;
 * others have `url`. A logical one has `identifier` alone.
 */
export interface ReferenceEntry {
  readonly kind: 'reference';
  readonly param: string;
  readonly type?: string;
  readonly id?: string;
  readonly url?: string;
  readonly identifier?: { readonly system: string; readonly code: string };
}

/** A URI as it was written, case-sensitive; canonicals keep `|version`. */
export interface UriEntry {
  readonly kind: 'uri';
  readonly param: string;
  readonly value: string;
}

/**
 * Values that belong together: one entry for each combination within one element. The canonical form of the
 * last component, when there is one, follows it.
 */
export interface CompositeEntry {
  readonly kind: 'composite';
  readonly param: string;
  readonly components: readonly SimpleEntry[];
}
