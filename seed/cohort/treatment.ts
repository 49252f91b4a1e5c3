import { addDays, at } from './calendar.ts';
import type { Course } from './course.ts';
import {
  claims,
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
  referenceTo,
  structure,
  systems,
  visitExtension,
} from './vocabulary.ts';

/** Returns the leukapheresis. */
export function leukapheresis(course: Course, date: string): CohortResource {
  return {
    resourceType: 'Procedure',
    meta: claims('procedure'),
    extension: [visitExtension('APH')],
    identifier: [recordIdentifier(course, 'apheresis')],
    status: 'completed',
    code: {
      coding: [
        { system: systems.code, code: 'leukapheresis' },
        { system: systems.ncit, code: 'C15191' },
      ],
    },
    subject: patientOf(course),
    performedPeriod: { start: at(date, '09:00'), end: at(date, '12:30') },
  };
}

/** Returns the lot and its release tests. */
export function product(course: Course, date: string): readonly CohortResource[] {
  const lot = `HC-${course.number}`;
  const medication = {
    resourceType: 'Medication',
    meta: claims('product'),
    extension: [
      {
        url: structure('vector'),
        extension: [
          { url: 'vectorType', valueCode: 'lentiviral' },
          { url: 'vectorLot', valueString: 'LV-0007' },
          { url: 'scfvOrigin', valueCode: 'murine' },
          { url: 'domain', valueCode: 'CD137' },
          { url: 'domain', valueCode: 'CD3-zeta' },
        ],
      },
      {
        url: structure('source-apheresis'),
        valueReference: recordOf(course, 'Procedure', 'apheresis'),
      },
      { url: structure('autologous-donor'), valueReference: patientOf(course) },
    ],
    identifier: [{ system: `${base}/sid/product-lot`, value: lot }],
    code: concept(local('product'), 'cart-her-2'),
    status: 'active',
    manufacturer: organization('CPF-01'),
    ingredient: [
      {
        itemCodeableConcept: concept(local('product'), 'autologous-car-t-cells'),
        isActive: true,
      },
    ],
    batch: { lotNumber: lot, expirationDate: addDays(date, 170) },
  };
  return [medication, release(course, date)];
}

function release(course: Course, date: string): CohortResource {
  const { seed, departure, outcome } = course;
  const rejected = departure === 'dose-wrong-product' || outcome === 'product-failure';
  const test = (code: string, value: number, unit: string) =>
    component(systems.code, code, { valueQuantity: quantity(value, unit) });
  const occasion = { course, visit: 'PRE', slug: 'release', when: at(date, '15:00') };
  return observation(occasion, 'product-release', 'laboratory', {
    code: concept(systems.code, 'product-release'),
    focus: [lotOf(course)],
    valueCodeableConcept: concept(local('release'), rejected ? 'rejected' : 'released'),
    component: [
      test('transduction-efficiency', seed.integer(20, 60), '%'),
      test('viability', rejected ? 58 : seed.integer(80, 97), '%'),
      test('cd4-cd8-ratio', seed.decimal(0.5, 3, 1), '{ratio}'),
    ],
  });
}

/** One planned dose: `plannedDay` of the cycle, the date on which it was due or given. */
export interface Dose {
  readonly infusionNumber: number;
  readonly plannedDay: number;
  readonly date: string;
  readonly given: boolean;
}

/** Returns the doses of the course: held after a severe toxicity, unless the site gave them in spite of it. */
export function dosesOf(course: Course): readonly Dose[] {
  const { day0, crs, departure } = course;
  const blocked = (day: number) =>
    crs !== undefined && crs.day < day && crs.grade >= 2 && departure !== 'dose-despite-toxicity';
  const planned = [0, 1, 2].map((day) => ({
    infusionNumber: day + 1,
    plannedDay: day,
    date: addDays(day0, departure === 'dose-out-of-window' && day === 2 ? 3 : day),
    given: !blocked(day),
  }));
  return departure === 'unplanned-dose'
    ? [...planned, { infusionNumber: 4, plannedDay: 7, date: addDays(day0, 7), given: true }]
    : planned;
}

/** Returns the MedicationAdministration of the dose. */
export function infusion(course: Course, dose: Dose): CohortResource {
  const { infusionNumber, plannedDay, date, given } = dose;
  const cells = [1.2e7, 3.6e7, 7.2e7, 1e7][infusionNumber - 1] ?? 1e7;
  return {
    resourceType: 'MedicationAdministration',
    meta: claims('infusion'),
    extension: [
      visitExtension(plannedDay > 2 ? `D${plannedDay}` : `D${infusionNumber - 1}`),
      {
        url: structure('infusion-detail'),
        extension: [
          { url: 'cycle', valuePositiveInt: 1 },
          { url: 'infusionNumber', valuePositiveInt: infusionNumber },
          { url: 'plannedDay', valueInteger: plannedDay },
        ],
      },
    ],
    identifier: [recordIdentifier(course, `infusion-${infusionNumber}`)],
    status: given ? 'completed' : 'not-done',
    ...(given ? {} : { statusReason: [concept(local('not-done'), 'unacceptable-toxicity')] }),
    medicationReference: lotOf(course),
    subject: patientOf(course),
    effectivePeriod: { start: at(date, '10:00'), end: at(date, '10:20') },
    ...(given
      ? {
          dosage: {
            route: concept(systems.snomed, '47625008'),
            dose: quantity(cells, '{cells}'),
          },
        }
      : {}),
  };
}

function lotOf(course: Course) {
  return referenceTo('Medication', `${base}/sid/product-lot`, `HC-${course.number}`);
}
