import type { Definitions } from '../definitions/definitions.ts';
import type { Terminology } from '../definitions/terminology.ts';
import type { NumberTexts } from '../json/json-document.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { Result } from '../result.ts';

/**
 * Compiles FHIRPath once into closures. Types are inferred from the definitions at compile time, so
 * that a step is a property access and a choice type (`value`) is one of a few names.
 * Fails `invalid-request` with the place when the expression does not parse or names what cannot be.
 *
 * @see http://hl7.org/fhirpath/N1/
 * @see https://hl7.org/fhir/R4/fhirpath.html
 */
export type CompileFhirPath = (
  expression: string,
  contextType: string,
  environment: FhirPathEnvironment,
) => Result<CompiledFhirPath>;

/** What all expressions of one server share. */
export interface FhirPathEnvironment {
  readonly definitions: Definitions;
  readonly terminology: Terminology;
  /** Judges `conformsTo()`; without it only the type that the profile is for is compared. */
  readonly conforms?: ConformsTo;
}

/**
 * Returns whether a value satisfies a profile of its type, as seen from where the expression is evaluated;
 * undefined when the profile is unknown.
 */
export type ConformsTo = (
  value: JsonValue,
  canonical: string,
  focus: FhirPathFocus,
) => boolean | undefined;

/** A compiled expression. It holds no state; evaluating it never throws for any content. */
export interface CompiledFhirPath {
  /** The values with their types, as search needs them. Fails when evaluation does (`single` of two). */
  evaluate(focus: FhirPathFocus): Result<readonly TypedValue[]>;
  /**
   * The result as an invariant's: true only for a single true (or a single value that is no boolean);
   * empty and false do not hold.
   */
  holds(focus: FhirPathFocus): boolean;
}

/** Where an expression is evaluated. */
export interface FhirPathFocus {
  /** `$this` at the start: an element of the context type; a primitive comes as its JSON value. */
  readonly value: JsonValue;
  /** The `_name` sibling of a primitive, with its id and extensions. */
  readonly sibling?: JsonObject;
  /** `%resource`: the resource (or contained resource) that holds the value. */
  readonly resource: JsonObject;
  /** `%rootResource`: the outermost one that is not a Bundle. Default: `resource`. */
  readonly rootResource?: JsonObject;
  /** Resolves references inside the same document or bundle; never does I/O. */
  readonly resolve?: (reference: string) => JsonObject | undefined;
  /** Digits as they were written. */
  readonly numberTexts?: NumberTexts;
  /** Milliseconds since the epoch for `now()` and `today()`; without it both fail. */
  readonly now?: number;
  /** Minutes east of UTC of a dateTime without offset; default 0. */
  readonly offsetMinutes?: number;
  /** Further `%name`s. */
  readonly variables?: ReadonlyMap<string, JsonValue>;
}

/** A value and the name of its FHIR or System type (`Quantity`, `dateTime`, `Patient`, `boolean`). */
export interface TypedValue {
  readonly type: string;
  readonly value: JsonValue;
  /** The parent object and member name, to find the digits of a number in `NumberTexts`. */
  readonly parent?: object;
  readonly name?: string | number;
}
