/**
 * What a resource is found by: one entry for each value of each search parameter. `param` is the code
 * of the search parameter. Extracted by the kernel, laid out on disk as each store likes.
 *
 * @see https://hl7.org/fhir/R4/search.html#table
 */
export type IndexEntry = SimpleEntry | CompositeEntry;

/** An entry of one value. */
export type SimpleEntry =
  TokenEntry | StringEntry | DateEntry | NumberEntry | QuantityEntry | ReferenceEntry | UriEntry;

/** A code with its system; `system` is empty when the value has none. `text` is the folded display or text. */
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

/** The implicit range of the decimal as it was written: `5.4` is [5.35, 5.45). */
export interface NumberEntry {
  readonly kind: 'number';
  readonly param: string;
  readonly low: number;
  readonly high: number;
}

/** As written and, when the unit can be converted by UCUM, once more in canonical units (`canonical` true). */
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

/** Values that belong together: one entry for each combination within one element. */
export interface CompositeEntry {
  readonly kind: 'composite';
  readonly param: string;
  readonly components: readonly SimpleEntry[];
}
