import { addDays, at } from './calendar.ts';
import type { Course } from './course.ts';
import { claims, patientOf, recordIdentifier, recordOf, subjectSearch } from './record.ts';
import type { CohortResource } from './record.ts';
import { adverseEventGuide, concept, structure, systems } from './vocabulary.ts';

const grades = { 1: 'C41338', 2: 'C41339', 3: 'C41340' };

/** Returns the cytokine release syndrome of the course; grade 3 is serious. Resolved once `resolved` is true. */
export function cytokineRelease(
  course: Course,
  crs: NonNullable<Course['crs']>,
  resolved: boolean,
): CohortResource {
  const date = addDays(course.day0, crs.day);
  const late = course.departure === 'sae-late-report';
  const serious = crs.grade === 3;
  const recorded = at(addDays(date, late ? 4 : 0), '21:00');
  return {
    resourceType: 'AdverseEvent',
    meta: claims('adverse-event'),
    extension: [
      guide('research-subject-ref', { valueReference: { reference: subjectSearch(course) } }),
      guide('ae-grade', { valueCodeableConcept: concept(systems.ncit, grades[crs.grade]) }),
      { url: structure('grading-scale'), valueCode: 'astct-2019' },
      ...(serious ? [hospitalisation()] : []),
      suspect(course, Math.min(crs.day, 1) + 1),
      guide('expected-in-research-study', { valueBoolean: true }),
      { url: structure('dlt'), valueBoolean: serious },
      { url: structure('sponsor-awareness'), valueDateTime: recorded },
      ...(resolved
        ? [guide('resolve-date', { valueDateTime: at(addDays(date, 6), '12:00') })]
        : []),
    ],
    modifierExtension: [guide('status', { valueCode: resolved ? 'completed' : 'in-progress' })],
    identifier: recordIdentifier(course, 'ae-crs'),
    actuality: 'actual',
    event: {
      ...concept(systems.ncit, 'C143394'),
      text: 'Cytokine release syndrome',
    },
    subject: patientOf(course),
    date: at(date, '18:40'),
    detected: at(date, '20:10'),
    recordedDate: recorded,
    seriousness: concept(
      'http://terminology.hl7.org/CodeSystem/adverse-event-seriousness',
      serious ? 'serious' : 'non-serious',
    ),
    outcome: outcome(resolved),
    study: [{ reference: 'ResearchStudy/nct01935843' }],
  };
}

function guide(name: string, value: Readonly<Record<string, unknown>>) {
  return { url: `${adverseEventGuide}${name}`, ...(value as object) };
}

function hospitalisation() {
  return guide('seriousness-criteria', {
    extension: [
      { url: 'criterionCode', valueCodeableConcept: concept(systems.ncit, 'C83052') },
      { url: 'criterionPresent', valueBoolean: true },
    ],
  });
}

function suspect(course: Course, infusionNumber: number) {
  return guide('suspect-entity', {
    extension: [
      {
        url: 'instance',
        valueReference: recordOf(course, 'MedicationAdministration', `infusion-${infusionNumber}`),
      },
      {
        url: 'causality',
        extension: [
          { url: 'entityRelatedness', valueCodeableConcept: concept(systems.ncit, 'C53260') },
        ],
      },
    ],
  });
}

function outcome(resolved: boolean) {
  const [code, ncit] = resolved ? ['resolved', 'C49498'] : ['ongoing', 'C49494'];
  const system = 'http://terminology.hl7.org/CodeSystem/adverse-event-outcome';
  return {
    coding: [
      { system, code },
      { system: systems.ncit, code: ncit },
    ],
  };
}
