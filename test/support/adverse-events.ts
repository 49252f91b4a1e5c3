import type { Resource } from '../../src/fhir/resource.ts';
import { codeSystem } from '../../src/trial/canonical.ts';
import { ncit } from '../../src/trial/observation-value.ts';
import { concept, dateOf, extension, local } from './subject.ts';

/** An adverse event; a suspect is a reference and its relatedness, null when not assessed. */
export interface TestEvent {
  /** Study day of the onset, or a date as it is. */
  readonly onset: number | string;
  readonly grade: number;
  readonly term?: string;
  readonly local?: string;
  readonly suspects?: readonly (readonly [reference: string, relatedness: string | null])[];
  readonly serious?: boolean;
  readonly dlt?: boolean;
  readonly status?: string;
}

const guide = 'http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/';
const gradeCodes = ['', 'C41338', 'C41339', 'C41340', 'C41337', 'C48275'];

/** Returns an adverse event with the id. */
export function adverseEvent(id: string, event: TestEvent): Resource {
  const coding = [{ system: ncit, code: event.term ?? 'C143394', display: 'Term' }];
  const own = { system: codeSystem('ae-term'), code: event.local };
  return {
    resourceType: 'AdverseEvent',
    id,
    actuality: 'actual',
    study: [{ reference: 'ResearchStudy/nct01935843' }],
    event: { coding: event.local === undefined ? coding : [...coding, own] },
    date: typeof event.onset === 'number' ? dateOf(event.onset) : event.onset,
    seriousness: concept(
      'http://terminology.hl7.org/CodeSystem/adverse-event-seriousness',
      event.serious === true ? 'serious' : 'non-serious',
    ),
    modifierExtension: [{ url: `${guide}status`, valueCode: event.status ?? 'completed' }],
    extension: [
      {
        url: `${guide}ae-grade`,
        valueCodeableConcept: concept(ncit, gradeCodes[event.grade] ?? ''),
      },
      extension('grading-scale', { valueCode: 'ctcae-5.0' }),
      extension('dlt', { valueBoolean: event.dlt === true }),
      ...(event.suspects ?? []).map(suspect),
    ],
  };
}

function suspect([reference, relatedness]: readonly [string, string | null]) {
  const assessed = {
    url: 'entityRelatedness',
    valueCodeableConcept: concept(ncit, relatedness ?? ''),
  };
  return {
    url: `${guide}suspect-entity`,
    extension: [
      { url: 'instance', valueReference: { reference } },
      { url: 'causality', extension: relatedness === null ? [] : [assessed] },
    ],
  };
}

/** Returns a dose of conditioning with the id `ld-1`. */
export function conditioning(): Resource {
  return {
    resourceType: 'MedicationAdministration',
    id: 'ld-1',
    status: 'completed',
    medicationCodeableConcept: concept('http://www.nlm.nih.gov/research/umls/rxnorm', '3002'),
    effectiveDateTime: dateOf(-4),
    extension: [extension('visit', { valueCode: 'LD' })],
  };
}

/** Returns a vital status of a day: `419099009` is dead. */
export function vitalStatus(day: number, code: string): Resource {
  return {
    resourceType: 'Observation',
    id: `vital-${day}`,
    status: 'final',
    code: local('code', 'vital-status'),
    effectiveDateTime: dateOf(day),
    valueCodeableConcept: concept('http://snomed.info/sct', code),
  };
}
