import { isJsonObject, type JsonObject, type JsonValue } from '../fhir/json/json-value.ts';
import { codesOf, hasCode, objectsOf, textOf } from './element.ts';

/** The code system of SNOMED CT. */
export const snomed = 'http://snomed.info/sct';
/** The code system of LOINC. */
export const loinc = 'http://loinc.org';
/** The code system of the NCI Thesaurus. */
export const ncit = 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl';
/** The code system of verdicts: positive, negative, detected. */
export const interpretation = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation';

/** A number with its UCUM unit. */
export interface Measured {
  readonly value: number;
  readonly unit: string;
}

/** Returns the code of a coded value in a system; undefined when it has none. */
export function codedValue(element: JsonObject, system: string): string | undefined {
  return codesOf(element['valueCodeableConcept']).find((coding) => coding.system === system)?.code;
}

/** Returns the number and unit of a Quantity without comparator; undefined for anything else. */
export function measuredValue(element: JsonObject): Measured | undefined {
  const quantity = element['valueQuantity'];
  return isJsonObject(quantity) && quantity['comparator'] === undefined
    ? measured(quantity)
    : undefined;
}

/** Returns the number and unit of a Quantity. */
export function measured(quantity: JsonValue | undefined): Measured | undefined {
  if (!isJsonObject(quantity)) return undefined;
  const { value, code } = quantity;
  return typeof value === 'number' ? { value, unit: textOf(code) ?? '' } : undefined;
}

/** Returns the first component with the code. */
export function componentOf(
  observation: JsonObject,
  system: string,
  code: string,
): JsonObject | undefined {
  return objectsOf(observation['component']).find((one) => hasCode(one['code'], system, code));
}

/** Returns whether an Observation has one of the LOINC codes. */
export function hasLoinc(observation: JsonObject, codes: readonly string[]): boolean {
  return codesOf(observation['code']).some(
    ({ system, code }) => system === loinc && codes.includes(code),
  );
}
