import { addDays, at } from '../../seed/cohort/calendar.ts';
import type { Course } from '../../seed/cohort/course.ts';
import type { Random } from '../../seed/cohort/random.ts';
import {
  claims,
  observation,
  patientOf,
  recordIdentifier,
  recordOf,
  type CohortResource,
} from '../../seed/cohort/record.ts';
import { component, concept, quantity, structure, systems } from '../../seed/cohort/vocabulary.ts';

/** Returns a later therapy, assessments between the visits, and a vital status, where chance has them. */
export function variedResponse(course: Course, seed: Random): readonly CohortResource[] {
  return [
    ...(seed.chance(0.15) ? [laterTherapy(course, seed.integer(20, 300))] : []),
    ...(seed.chance(0.3) ? assessments(course, seed) : []),
    ...(seed.chance(0.05) ? [dead(course, seed.integer(30, 3000))] : []),
  ];
}

/** A therapy with its class among the extensions, as prior therapies are recorded. */
function laterTherapy(course: Course, day: number): CohortResource {
  return {
    resourceType: 'MedicationStatement',
    meta: claims('prior-therapy'),
    extension: [
      {
        url: structure('prior-therapy'),
        extension: [
          { url: 'therapyClass', valueCode: 'immunotherapy' },
          { url: 'line', valuePositiveInt: 3 },
          { url: 'refractory', valueBoolean: false },
        ],
      },
    ],
    identifier: [recordIdentifier(course, 'varied-therapy')],
    status: 'active',
    medicationCodeableConcept: { text: 'nivolumab' },
    subject: patientOf(course),
    effectivePeriod: { start: addDays(course.day0, day) },
  };
}

const categories = ['C4870', 'C18058', 'C18058', 'C18213', 'C35571', 'C62222'] as const;

/** Overall responses at no visit of the plan; some with a sum, none with measurements. */
function assessments(course: Course, seed: Random): readonly CohortResource[] {
  const days = [seed.integer(10, 45), seed.integer(60, 100), seed.integer(150, 230)];
  return days.map((day) => {
    const when = at(addDays(course.day0, day), '15:00');
    const occasion = { course, visit: 'UNS', slug: `varied-recist-${day}`, when };
    const sum = component(systems.code, 'sum-of-diameters', {
      valueQuantity: quantity(seed.integer(0, 160), 'mm'),
    });
    return {
      ...observation(occasion, 'response', 'imaging', {
        code: concept(systems.ncit, 'C96613'),
        valueCodeableConcept: concept(systems.ncit, seed.pick(categories)),
        method: concept(systems.ncit, 'C124415'),
        derivedFrom: [recordOf(course, 'Observation', 'size-t01-pre')],
        ...(seed.chance(0.7) ? { component: [sum] } : {}),
      }),
      status: seed.pick(['final', 'final', 'final', 'entered-in-error', 'corrected']),
    };
  });
}

function dead(course: Course, day: number): CohortResource {
  const when = at(addDays(course.day0, day), '10:00');
  const occasion = { course, visit: 'UNS', slug: 'varied-vital-status', when };
  return observation(occasion, 'vital-status', 'exam', {
    code: concept(systems.code, 'vital-status'),
    valueCodeableConcept: concept(systems.snomed, '419099009'),
  });
}
