import fc from 'fast-check';
import type { JsonObject } from '../../src/fhir/json/json-value.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { TrialRecord } from '../../src/trial/subject-records.ts';
import { concept, dateOf, extension, local, specimen } from './subject.ts';
import { adverseEventOf, infusion, observationOf, record } from './trial-records.ts';

/** Makes a record of an id; `links` are the references that it may name. */
export type RandomRecord = (id: string, links: readonly string[]) => TrialRecord;

const ncit = 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl';

/** Around the doses, around the visits of the first half year, and far off. */
const days = fc.oneof(
  fc.integer({ min: -2, max: 5 }),
  fc.constantFrom(-60, -34, -28, -14, -7, 7, 10, 13, 14, 15, 17, 21, 24, 27, 28, 31, 35, 42),
  fc.constantFrom(56, 63, 77, 84, 91, 112, 140, 150, 168, 182, 196, 300),
);
const hours = fc.constantFrom('', 'T08:30:00+08:00', 'T10:00:00+08:00', 'T16:00:00+08:00');
const times = fc
  .tuple(days, hours)
  .map(([day, hour]) => (day > 290 ? dateOf(day).slice(0, 7) : `${dateOf(day)}${hour}`));
const visits = fc.constantFrom('SCR', 'LD', 'D0', 'D1', 'D7', 'D14', 'D28', 'W12', 'UNS');
const links = fc.option(fc.nat(), { freq: 1 });

/** Undefined when it names nothing. */
function linked(
  known: readonly string[],
  type: string,
  index: number | null,
): JsonObject | undefined {
  const some = known.filter((key) => key.startsWith(`${type}/`));
  const key = index === null ? undefined : some[index % Math.max(some.length, 1)];
  return key === undefined ? undefined : { reference: key };
}

const values = fc.constantFrom<JsonObject>(
  {},
  {
    interpretation: [
      concept('http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', 'ND'),
    ],
  },
  { valueQuantity: { value: 44, unit: '%', system: 'http://unitsofmeasure.org', code: '%' } },
  { valueCodeableConcept: local('astct', 'grade-0') },
  { valueCodeableConcept: local('astct', 'grade-3') },
  { valueCodeableConcept: concept('http://snomed.info/sct', '419099009') },
  { valueCodeableConcept: concept(ncit, 'C35571') },
);
const codes = fc.constantFrom(
  'persist-tcrz-cd137',
  'persist-tcrz',
  'tcell-subsets',
  'host-hama',
  'crs-grade',
  'icans-grade',
  'vital-status',
  'rcl-blood',
  '10230-1',
  '8310-5',
  '85354-9',
  '59408-5',
  '89247-1',
  '2106-3',
  '29463-7',
);

/** A result of any kind, in its time or not, that may name a visit, an Encounter and a specimen. */
const observations: fc.Arbitrary<RandomRecord> = fc
  .record({
    code: codes,
    at: times,
    value: values,
    visit: fc.option(visits),
    encounter: links,
    sample: links,
    status: fc.constantFrom('final', 'final', 'final', 'preliminary', 'cancelled'),
  })
  .map(({ code, at, value, visit, encounter, sample, status }) => (id, known) => {
    const [met, taken] = [linked(known, 'Encounter', encounter), linked(known, 'Specimen', sample)];
    const more = {
      ...value,
      status,
      ...(visit === null ? {} : { extension: [extension('visit', { valueCode: visit })] }),
      ...(met === undefined ? {} : { encounter: met }),
      ...(taken === undefined ? {} : { specimen: taken }),
    };
    return observationOf({ id, code, at, more });
  });

const encounters: fc.Arbitrary<RandomRecord> = fc
  .record({
    visit: visits,
    start: times,
    status: fc.constantFrom('finished', 'finished', 'in-progress', 'planned', 'cancelled'),
  })
  .map(
    ({ visit, start, status }) =>
      (id) =>
        record({
          resourceType: 'Encounter',
          id,
          status,
          type: [local('visit', visit)],
          subject: { reference: 'Patient/p' },
          period: { start },
        }),
  );

const specimens: fc.Arbitrary<RandomRecord> = fc.record({ at: times, visit: visits }).map(
  ({ at, visit }) =>
    (id) =>
      record({
        ...specimen(id, at),
        extension: [extension('visit', { valueCode: visit })],
      }),
);

/** Records that mostly change no judgement. */
export const quietOnes: fc.Arbitrary<RandomRecord> = fc.oneof(
  { arbitrary: observations, weight: 6 },
  { arbitrary: encounters, weight: 3 },
  { arbitrary: specimens, weight: 1 },
);

const events: fc.Arbitrary<RandomRecord> = fc
  .record({
    grade: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
    onset: times,
    code: fc.constantFrom('C146737', 'C55014'),
  })
  .map((row) => (id) => adverseEventOf({ id, ...row }));

const doses: fc.Arbitrary<RandomRecord> = fc
  .record({
    day: fc.constantFrom(0, 0, 1, 2, 3),
    start: times,
    status: fc.constantFrom('completed', 'completed', 'not-done'),
  })
  .map(
    ({ day, start, status }) =>
      (id) =>
        infusion(day, start, { id, status }),
  );

/** A schedule that was stored for a planned Day 0. */
const schedules: fc.Arbitrary<RandomRecord> = fc
  .integer({ min: -3, max: 30 })
  .map((day) => (id) => {
    const plan: Resource = {
      resourceType: 'CarePlan',
      id,
      status: 'active',
      intent: 'plan',
      subject: { reference: 'Patient/p' },
      instantiatesCanonical: [
        'https://her2-cart.example.org/fhir/PlanDefinition/h2c-protocol-plan',
      ],
      period: { start: dateOf(day) },
    };
    return record(plan);
  });

/** Records that mostly change a judgement. */
export const loudOnes: fc.Arbitrary<RandomRecord> = fc.oneof(events, doses, schedules);
