import type { JsonObject } from '../../src/fhir/json/json-value.ts';
import { addDays, at } from './calendar.ts';
import type { Course } from './course.ts';
import {
  claims,
  mrn,
  observation,
  organization,
  patientOf,
  recordIdentifier,
  recordOf,
  type CohortResource,
} from './record.ts';
import {
  base,
  component,
  concept,
  local,
  quantity,
  structure,
  systems,
  visitExtension,
} from './vocabulary.ts';

/** Returns what a site sends when a subject comes to screening. */
export function screening(course: Course): readonly CohortResource[] {
  return [
    patient(course),
    consent(course, 'active'),
    participation(course, 'screening'),
    disease(course),
    her2(course, course.departure === 'eligibility-override' ? 'E' : 'POS'),
    priorTherapy(course, 'chemotherapy', 'paclitaxel'),
    priorTherapy(course, 'her2-antibody', 'trastuzumab'),
  ];
}

/** Returns the Patient; with a date of death once it is known. */
export function patient(course: Course, deceasedDate?: string): CohortResource {
  return {
    resourceType: 'Patient',
    meta: claims('patient'),
    identifier: [
      { type: concept('http://terminology.hl7.org/CodeSystem/v2-0203', 'MR'), ...mrn(course) },
    ],
    gender: course.gender,
    birthDate: course.birthDate,
    ...(deceasedDate !== undefined ? { deceasedDateTime: deceasedDate } : {}),
    managingOrganization: organization(course.site),
  };
}

/** Returns the Consent; `inactive` once it was withdrawn. */
export function consent(course: Course, status: 'active' | 'inactive'): CohortResource {
  return {
    resourceType: 'Consent',
    meta: claims('consent'),
    extension: [visitExtension('SCR')],
    identifier: [recordIdentifier(course, 'consent')],
    status,
    scope: concept('http://terminology.hl7.org/CodeSystem/consentscope', 'research'),
    category: [concept(systems.loinc, '59284-0')],
    patient: patientOf(course),
    dateTime: at(course.consentDate, '10:30'),
    organization: [organization(course.site)],
    policy: [{ uri: 'urn:h2c:icf:2.0' }],
    provision: {
      type: 'permit',
      purpose: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'CLINTRCH' }],
    },
  };
}

/** Why and when a subject left. */
export interface Disposition {
  readonly reason: JsonObject;
  readonly date: string;
  readonly epoch: 'screening' | 'treatment' | 'follow-up';
}

/** Returns the ResearchSubject; a subject who leaves has a disposition. */
export function participation(
  course: Course,
  status: string,
  disposition?: Disposition,
): CohortResource {
  const left = disposition === undefined ? [] : [dispositionExtension(disposition)];
  return {
    resourceType: 'ResearchSubject',
    meta: claims('subject'),
    extension: [
      { url: structure('subject-site'), valueReference: organization(course.site) },
      ...left,
    ],
    identifier: [{ system: `${base}/sid/screening-number`, value: `SCR-${course.number}` }],
    status,
    period: {
      start: course.consentDate,
      ...(disposition !== undefined ? { end: disposition.date } : {}),
    },
    study: { reference: 'ResearchStudy/nct01935843' },
    individual: patientOf(course),
    consent: recordOf(course, 'Consent', 'consent'),
  };
}

/** Returns the HER-2 status with this verdict. */
export function her2(course: Course, verdict: 'POS' | 'NEG' | 'E'): CohortResource {
  const score = { POS: '3+', E: '2+', NEG: '0' }[verdict];
  const days = course.departure === 'activity-before-consent' ? -10 : 1;
  const occasion = {
    course,
    visit: 'SCR',
    slug: 'her2',
    when: at(addDays(course.consentDate, days), '11:00'),
  };
  return observation(occasion, 'her2-status', 'laboratory', {
    code: concept(systems.loinc, '48676-1'),
    valueCodeableConcept: concept(systems.interpretation, verdict),
    component: [
      component(systems.code, 'her2-ihc-score', {
        valueCodeableConcept: concept(local('ihc'), score),
      }),
      component(systems.code, 'her2-ihc-percent', {
        valueQuantity: quantity(verdict === 'NEG' ? 0 : 80, '%'),
      }),
    ],
  });
}

function dispositionExtension({ reason, date, epoch }: Disposition): JsonObject {
  return {
    url: structure('disposition'),
    extension: [
      { url: 'reason', valueCodeableConcept: reason },
      { url: 'date', valueDate: date },
      { url: 'epoch', valueCode: epoch },
    ],
  };
}

function disease(course: Course): CohortResource {
  const terminology = 'http://terminology.hl7.org/CodeSystem';
  return {
    resourceType: 'Condition',
    meta: claims('disease'),
    extension: [{ url: structure('extent'), valueCode: 'metastatic' }],
    identifier: [recordIdentifier(course, 'disease')],
    clinicalStatus: concept(`${terminology}/condition-clinical`, 'active'),
    verificationStatus: concept(`${terminology}/condition-ver-status`, 'confirmed'),
    category: [concept(`${terminology}/condition-category`, 'encounter-diagnosis')],
    code: concept(systems.snomed, course.tumour),
    subject: patientOf(course),
    recordedDate: addDays(course.consentDate, 1),
  };
}

function priorTherapy(course: Course, therapyClass: string, drug: string): CohortResource {
  const progressionDate = addDays(course.consentDate, -120);
  return {
    resourceType: 'MedicationStatement',
    meta: claims('prior-therapy'),
    extension: [
      {
        url: structure('prior-therapy'),
        extension: [
          { url: 'therapyClass', valueCode: therapyClass },
          { url: 'line', valuePositiveInt: 1 },
          { url: 'refractory', valueBoolean: true },
          { url: 'progressionDate', valueDate: progressionDate },
        ],
      },
    ],
    identifier: [recordIdentifier(course, `therapy-${therapyClass}`)],
    status: 'completed',
    medicationCodeableConcept: { text: drug },
    subject: patientOf(course),
    effectivePeriod: { start: addDays(progressionDate, -180), end: progressionDate },
  };
}
