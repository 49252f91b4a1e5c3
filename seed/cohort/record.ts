import type { JsonObject } from '../../src/fhir/json/json-value.ts';
import type { Course } from './course.ts';
import { base, concept, referenceTo, structure, systems, visitExtension } from './vocabulary.ts';

/** A resource of the cohort before it is sent. */
export interface CohortResource extends JsonObject {
  readonly resourceType: string;
}

/** What every result has: who, when, in which visit; `slug` makes its business identifier unique. */
export interface Occasion {
  readonly course: Course;
  readonly visit: string;
  readonly slug: string;
  readonly when: string;
}

const hospital = { PLAGH: 'https://plagh.example.org', 'SITE-02': 'https://site-02.example.org' };

/** Returns the business identifier that the site gives its record. */
export function recordIdentifier(course: Course, slug: string): JsonObject {
  return { system: `${hospital[course.site]}/record`, value: `${slug}-${course.number}` };
}

/** Returns the identifier of the subject's Patient: the hospital's medical record number. */
export function mrn(course: Course): { readonly system: string; readonly value: string } {
  return { system: `${hospital[course.site]}/mrn`, value: `9${course.number}` };
}

/** Returns a conditional reference to a record of the subject. */
export function recordOf(course: Course, type: string, slug: string): JsonObject {
  return referenceTo(type, `${hospital[course.site]}/record`, `${slug}-${course.number}`);
}

/** Returns a conditional reference to the subject's Patient. */
export function patientOf(course: Course): JsonObject {
  const { system, value } = mrn(course);
  return referenceTo('Patient', system, value);
}

/** Returns a conditional reference to the organization with this code. */
export function organization(code: string): JsonObject {
  return referenceTo('Organization', `${base}/sid/organization`, code);
}

/** Returns a reference that a search would find the ResearchSubject by, without its type's URL. */
export function subjectSearch(course: Course): string {
  return `ResearchSubject?identifier=${base}/sid/screening-number|SCR-${course.number}`;
}

/** Returns the claim of the local profile `h2c-<name>`. */
export function claims(name: string): JsonObject {
  return { profile: [structure(name)] };
}

/** Returns a final Observation of the profile `h2c-<profile>`; `result` holds its value and components. */
export function observation(
  occasion: Occasion,
  profile: string,
  category: 'laboratory' | 'vital-signs' | 'imaging' | 'exam',
  result: JsonObject & { readonly code: JsonObject },
): CohortResource {
  const { course, visit, slug, when } = occasion;
  const { code, ...rest } = result;
  return {
    resourceType: 'Observation',
    meta: claims(profile),
    extension: [visitExtension(visit)],
    identifier: [recordIdentifier(course, slug)],
    status: 'final',
    category: [concept('http://terminology.hl7.org/CodeSystem/observation-category', category)],
    code,
    subject: patientOf(course),
    effectiveDateTime: when,
    ...rest,
  };
}

/** Returns a Specimen of the type `code` of v2-0487. */
export function specimen(occasion: Occasion, code: string, more: JsonObject = {}): CohortResource {
  const { course, visit, slug, when } = occasion;
  return {
    resourceType: 'Specimen',
    meta: claims('specimen'),
    extension: [visitExtension(visit)],
    identifier: [recordIdentifier(course, slug)],
    status: 'available',
    type: concept(systems.specimen, code),
    subject: patientOf(course),
    collection: { collectedDateTime: when, ...more },
  };
}
