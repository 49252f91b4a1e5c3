import type {
  CodeSystem,
  CompartmentDefinition,
  SearchParameter,
  StructureDefinition,
  ValueSet,
} from '@medplum/fhirtypes';

/**
 * The definitions that one server works with: the official ones of R4 4.0.1 and those of `profiles/`
 * and of users on top. An immutable argument, never a global. What is asked for is parsed on first use
 * and kept; each answer is undefined when the definition is unknown. A canonical may carry `|version`:
 * a structure or search parameter of another version is unknown, a value set or code system answers.
 *
 * @see https://hl7.org/fhir/R4/conformance-module.html
 */
export interface Definitions {
  /** The 146 concrete resource types of R4, sorted. */
  readonly resourceTypes: readonly string[];
  isResourceType(name: string): boolean;
  /**
   * By canonical URL, or by the bare name of an R4 type (`Patient`, `HumanName`, `string`). Has a
   * snapshot, except for R4's `example-composition` and `example-section-library`.
   */
  structureDefinition(canonicalOrType: string): StructureDefinition | undefined;
  /** Those of the type itself and of Resource and DomainResource; a later layer's code replaces an earlier one's. */
  searchParameters(type: string): ReadonlyMap<string, SearchParameter>;
  searchParameter(canonical: string): SearchParameter | undefined;
  valueSet(canonical: string): ValueSet | undefined;
  codeSystem(canonical: string): CodeSystem | undefined;
  /** By code: `Patient`, `Encounter`, `RelatedPerson`, `Practitioner`, `Device`. */
  compartment(code: string): CompartmentDefinition | undefined;
  /** These definitions with `layer` on top; nothing that was derived from these changes. */
  with(layer: readonly ConformanceResource[]): Definitions;
  /** The conformance resources of the layers above R4, in the order in which they were added. */
  readonly added: readonly ConformanceResource[];
}

/** A resource that `Definitions` can hold. */
export type ConformanceResource =
  StructureDefinition | SearchParameter | ValueSet | CodeSystem | CompartmentDefinition;
