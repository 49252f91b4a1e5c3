import type { JsonObject } from '../../src/fhir/json/json-value.ts';

/** Base of the trial's canonicals and identifier systems. */
export const base = 'https://her2-cart.example.org/fhir';

/** The code systems that the records use. */
export const systems = {
  loinc: 'http://loinc.org',
  ncit: 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl',
  snomed: 'http://snomed.info/sct',
  interpretation: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation',
  specimen: 'http://terminology.hl7.org/CodeSystem/v2-0487',
  ucum: 'http://unitsofmeasure.org',
  code: local('code'),
} as const;

/** Canonical of the guide whose extensions an adverse event carries. */
export const adverseEventGuide =
  'http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/';

/** Returns the canonical of the local code system `h2c-<name>`. */
export function local(name: string): string {
  return `${base}/CodeSystem/h2c-${name}`;
}

/** Returns the canonical of the local profile or extension `h2c-<name>`. */
export function structure(name: string): string {
  return `${base}/StructureDefinition/h2c-${name}`;
}

/** Returns a CodeableConcept of one coding. */
export function concept(system: string, code: string): JsonObject {
  return { coding: [{ system, code }] };
}

/** Returns a Quantity in UCUM. */
export function quantity(value: number, code: string, comparator?: '<'): JsonObject {
  const unit = { unit: code, system: systems.ucum, code };
  return comparator === undefined ? { value, ...unit } : { value, comparator, ...unit };
}

/** Returns a conditional reference by business identifier, as a hospital sends it in a transaction. */
export function referenceTo(type: string, system: string, value: string): JsonObject {
  return { reference: `${type}?identifier=${system}|${value}` };
}

/** Returns a component of an Observation; `value` is its `value[x]` member. */
export function component(system: string, code: string, value: JsonObject): JsonObject {
  return { code: concept(system, code), ...value };
}

/** Returns the extension that names the visit. */
export function visitExtension(visit: string): JsonObject {
  return { url: structure('visit'), valueCode: visit };
}
