import { observation, patientOf, claims, recordIdentifier, recordOf } from './record.ts';
import type { CohortResource } from './record.ts';
import { occasionOf, type Attendance } from './result.ts';
import { component, concept, quantity, structure, systems } from './vocabulary.ts';

const baselineMm = { T01: 60, T02: 40 };
type Label = keyof typeof baselineMm;

/** Returns the two target lesions and their first measurements. */
export function baselineLesions(attendance: Attendance): readonly CohortResource[] {
  return [
    lesion(attendance, 'T01', '10200004'),
    lesion(attendance, 'T02', '39607008'),
    measurement(attendance, 'T01', baselineMm.T01),
    measurement(attendance, 'T02', baselineMm.T02),
  ];
}

/** Returns the measurements of a follow-up and the investigator's RECIST 1.1 overall response. */
export function response(attendance: Attendance): readonly CohortResource[] {
  const { course, day } = attendance;
  if (day > course.progressionDay + 100) return [];
  const factor = day >= course.progressionDay ? course.depth * 1.5 : course.depth;
  const [first, second] = [
    Math.round(baselineMm.T01 * factor),
    Math.round(baselineMm.T02 * factor),
  ];
  const sum = first + second;
  const conflicting = course.departure === 'data-conflict' && attendance.visit === 'W8';
  const category = conflicting ? 'C4870' : categoryOf(sum, day >= course.progressionDay);
  const visit = attendance.visit.toLowerCase();
  const overall = observation(occasionOf(attendance, 'recist'), 'response', 'imaging', {
    code: concept(systems.ncit, 'C96613'),
    valueCodeableConcept: concept(systems.ncit, category),
    method: concept(systems.ncit, 'C124415'),
    derivedFrom: (['t01', 't02'] as const).map((label) =>
      recordOf(course, 'Observation', `size-${label}-${visit}`),
    ),
    component: [
      component(systems.code, 'sum-of-diameters', { valueQuantity: quantity(sum, 'mm') }),
      component(systems.code, 'sod-change-baseline', { valueQuantity: quantity(sum - 100, '%') }),
    ],
  });
  return [measurement(attendance, 'T01', first), measurement(attendance, 'T02', second), overall];
}

function categoryOf(sum: number, progressed: boolean): string {
  if (progressed) return 'C35571';
  return sum <= 70 ? 'C18058' : 'C18213';
}

function lesion({ course }: Attendance, label: Label, location: string): CohortResource {
  return {
    resourceType: 'BodyStructure',
    meta: claims('lesion'),
    extension: [
      {
        url: structure('lesion'),
        extension: [
          { url: 'role', valueCode: 'target' },
          { url: 'nodal', valueBoolean: false },
          { url: 'label', valueString: label },
        ],
      },
    ],
    identifier: [recordIdentifier(course, `lesion-${label.toLowerCase()}`)],
    active: true,
    location: concept(systems.snomed, location),
    patient: patientOf(course),
  };
}

function measurement(attendance: Attendance, label: Label, millimetres: number): CohortResource {
  const lower = label.toLowerCase();
  return observation(occasionOf(attendance, `size-${lower}`), 'lesion-measurement', 'imaging', {
    code: concept(systems.ncit, 'C96684'),
    focus: [recordOf(attendance.course, 'BodyStructure', `lesion-${lower}`)],
    valueQuantity: quantity(millimetres, 'mm'),
    method: concept(systems.snomed, '77477000'),
  });
}
