import type { JsonObject } from '../../src/fhir/json/json-value.ts';
import { at } from './calendar.ts';
import type { Course } from './course.ts';
import { observation, recordOf, specimen, type CohortResource, type Occasion } from './record.ts';
import { component, concept, local, quantity, systems } from './vocabulary.ts';

/** A visit that took place. */
export interface Attendance {
  readonly course: Course;
  readonly visit: string;
  readonly date: string;
  /** Study day of the date; negative before Day 0. */
  readonly day: number;
}

/** Returns the occasion of a record named `name` at the visit. */
export function occasionOf(attendance: Attendance, name: string, time = '09:00'): Occasion {
  const { course, visit, date } = attendance;
  return { course, visit, slug: `${name}-${visit.toLowerCase()}`, when: at(date, time) };
}

/** Returns measurements: `[name, LOINC code, lowest, highest, digits, unit]` each. */
export function measurements(
  attendance: Attendance,
  category: 'laboratory' | 'vital-signs' | 'imaging',
  rows: readonly (readonly [string, string, number, number, number, string])[],
): readonly CohortResource[] {
  return rows.map(([name, code, low, high, digits, unit]) =>
    observation(occasionOf(attendance, name), 'measurement', category, {
      code: concept(systems.loinc, code),
      valueQuantity: quantity(attendance.course.seed.decimal(low, high, digits), unit),
    }),
  );
}

/** Copies per microgram in blood on a study day: a rise to the peak on day 10, then a decline to the loss. */
export function copiesOn(course: Course, day: number): number {
  if (day <= 0 || day >= course.lossDay) return 0;
  const { peakCopies } = course;
  return day <= 10
    ? Math.round(peakCopies ** (0.4 + 0.06 * day))
    : Math.round(peakCopies * Math.exp(-(day - 10) / 14));
}

/** Returns the sample and its PCR result; the tumour holds three times as many cells as the blood. */
export function pcr(attendance: Attendance, compartment: 'blood' | 'tumour') {
  const { course, day } = attendance;
  const sample = occasionOf(attendance, compartment);
  const slug = `pcr-${compartment}`;
  const copies = copiesOn(course, day) * (compartment === 'tumour' ? 3 : 1);
  const site = { bodySite: concept(systems.snomed, '10200004') };
  const collected =
    compartment === 'tumour' ? specimen(sample, 'TUMOR', site) : specimen(sample, 'BLD');
  const result = observation(occasionOf(attendance, slug), 'persistence', 'laboratory', {
    code: concept(systems.code, 'persist-tcrz-cd137'),
    ...pcrResult(copies),
    method: concept(local('pcr-method'), 'rt-pcr-rna'),
    specimen: recordOf(course, 'Specimen', sample.slug),
    component: [
      component(systems.code, 'lod', { valueQuantity: quantity(10, '{copies}/ug') }),
      component(systems.code, 'lloq', { valueQuantity: quantity(25, '{copies}/ug') }),
    ],
  });
  return [collected, result];
}

function pcrResult(copies: number): JsonObject {
  const verdict = (code: string) => [concept(systems.interpretation, code)];
  if (copies >= 25) {
    return { valueQuantity: quantity(copies, '{copies}/ug'), interpretation: verdict('DET') };
  }
  return copies >= 10
    ? { valueQuantity: quantity(25, '{copies}/ug', '<'), interpretation: verdict('DET') }
    : { valueQuantity: quantity(10, '{copies}/ug', '<'), interpretation: verdict('ND') };
}

/** Returns a serum or blood sample and the laboratory's verdict on host immunity. */
export function immunity(attendance: Attendance, test: 'antibody' | 'elispot') {
  const { course, day } = attendance;
  const sample = occasionOf(attendance, `${test}-sample`);
  const positive = course.immune && day >= 14;
  const [code, measured] =
    test === 'antibody'
      ? ['host-ab-anti-murine-her2', titre(positive)]
      : ['host-cell-elispot', spots(positive)];
  const result = observation(occasionOf(attendance, test), 'host-immunity', 'laboratory', {
    code: concept(systems.code, code),
    valueCodeableConcept: concept(systems.interpretation, positive ? 'POS' : 'NEG'),
    specimen: recordOf(course, 'Specimen', sample.slug),
    component: measured,
  });
  return [specimen(sample, test === 'antibody' ? 'SER' : 'BLD'), result];
}

function titre(positive: boolean): readonly JsonObject[] {
  const value = positive ? quantity(320, '{titer}') : quantity(20, '{titer}', '<');
  return [component(systems.code, 'titre', { valueQuantity: value })];
}

function spots(positive: boolean): readonly JsonObject[] {
  const count = (code: string, value: number) =>
    component(systems.code, code, { valueQuantity: quantity(value, '{SFU}/10*6') });
  return [count('elispot-sfu', positive ? 140 : 8), count('elispot-background', 5)];
}
