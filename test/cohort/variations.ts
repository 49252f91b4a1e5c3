import type { JsonObject } from '../../src/fhir/json/json-value.ts';
import { correction, transaction, type CohortRequest } from '../../seed/cohort/bundle.ts';
import { addDays, at } from '../../seed/cohort/calendar.ts';
import { courseOf, type Course } from '../../seed/cohort/course.ts';
import { subjectRequests } from '../../seed/cohort/cohort.ts';
import { random, type Random } from '../../seed/cohort/random.ts';
import { variedEvents } from './varied-events.ts';
import { variedResponse } from './varied-response.ts';
import {
  observation,
  recordOf,
  specimen,
  type CohortResource,
  type Occasion,
} from '../../seed/cohort/record.ts';
import { component, concept, local, quantity, systems } from '../../seed/cohort/vocabulary.ts';

/**
 * Yields what the cohort sends about a subject, and after it the rare things that a cohort of ordinary
 * courses lacks: replicates, failed and doubtful results, other methods, events of every kind.
 */
export function* variedRequests(
  ...[options, index, visits]: Parameters<typeof subjectRequests>
): Generator<CohortRequest> {
  yield* subjectRequests(options, index, visits);
  const seed = random(options.seed + 1000, index);
  const course = courseOf(index, options.subjects, options.start, random(options.seed, index));
  if (course.outcome !== 'treated' || course.departure === 'order-gap') return;
  const records = [
    ...persistenceRecords(course, seed),
    ...immunityRecords(course, seed),
    ...virusRecords(course, seed),
    ...variedResponse(course, seed),
  ];
  if (records.length > 0) yield transaction(records);
  for (const { first, later, report } of variedEvents(course, seed)) {
    yield transaction([first]);
    if (later !== undefined) yield correction([later]);
    if (report !== undefined) yield transaction([report]);
  }
}

const percentOf = (chance: number, seed: Random) => seed.chance(chance / 100);

function persistenceRecords(course: Course, seed: Random): readonly CohortResource[] {
  const records: CohortResource[] = [];
  const blood = (day: number) => {
    const slug = `varied-blood-${day}-${records.length}`;
    const sample = specimen(occasion(course, slug, day), seed.pick(['BLD', 'WB']));
    records.push(sample);
    return slug;
  };
  if (percentOf(30, seed)) {
    // A replicate of the collection on day 14, and a run that failed.
    records.push(
      pcr(course, 'replicate', { on: 'blood-d14', copies: seed.integer(5, 900), day: 14 }),
      failedPcr(course, 'blood-d14'),
    );
  }
  if (percentOf(20, seed)) {
    for (const day of [3, 9, 17, 33].slice(0, seed.integer(1, 4))) {
      const on = blood(day);
      const method = seed.pick(['qpcr-gdna', 'ddpcr-gdna']);
      records.push(pcr(course, `method-${day}`, { on, copies: seed.integer(0, 400), day, method }));
    }
  }
  if (percentOf(25, seed)) {
    for (const day of [5, 12, 30, 90]) {
      const target = 'persist-tcrz';
      const copies = seed.integer(0, 4000);
      records.push(pcr(course, `zeta-${day}`, { on: blood(day), copies, day, target }));
    }
  }
  if (percentOf(25, seed)) {
    const day = seed.integer(20, 500);
    const status = seed.pick(['final', 'preliminary', 'entered-in-error', 'amended']);
    const copies = seed.integer(0, 200);
    records.push(pcr(course, 'extra', { on: blood(day), copies, day, status }));
  }
  return records;
}

function occasion(course: Course, slug: string, day: number, time = '09:30'): Occasion {
  return { course, visit: 'UNS', slug, when: at(addDays(course.day0, day), time) };
}

interface Pcr {
  readonly on: string;
  readonly copies: number;
  readonly day: number;
  readonly method?: string;
  readonly target?: string;
  readonly status?: string;
}

/** Of copies below 10 the result is not detected, below 25 detected without a number. */
function pcr(course: Course, name: string, result: Pcr): CohortResource {
  const { on, copies, day, method = 'rt-pcr-rna' } = result;
  const { target = 'persist-tcrz-cd137', status = 'final' } = result;
  const verdict = [concept(systems.interpretation, copies < 10 ? 'ND' : 'DET')];
  const value =
    copies >= 25
      ? quantity(copies, '{copies}/ug')
      : quantity(copies < 10 ? 10 : 25, '{copies}/ug', '<');
  return {
    ...observation(occasion(course, `varied-pcr-${name}`, day), 'persistence', 'laboratory', {
      code: concept(systems.code, target),
      valueQuantity: value,
      interpretation: verdict,
      method: concept(local('pcr-method'), method),
      specimen: recordOf(course, 'Specimen', on),
      component: limits(),
    }),
    status,
  };
}

function limits(): readonly JsonObject[] {
  return [
    component(systems.code, 'lod', { valueQuantity: quantity(10, '{copies}/ug') }),
    component(systems.code, 'lloq', { valueQuantity: quantity(25, '{copies}/ug') }),
  ];
}

function failedPcr(course: Course, on: string): CohortResource {
  const reason = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';
  return observation(occasion(course, 'varied-pcr-failed', 14), 'persistence', 'laboratory', {
    code: concept(systems.code, 'persist-tcrz-cd137'),
    dataAbsentReason: concept(reason, 'error'),
    method: concept(local('pcr-method'), 'rt-pcr-rna'),
    specimen: recordOf(course, 'Specimen', on),
    component: limits(),
  });
}

function immunityRecords(course: Course, seed: Random): readonly CohortResource[] {
  if (!percentOf(50, seed)) return [];
  const serum = (day: number) => `varied-serum-${day}`;
  const days = [-8, 15, seed.integer(20, 31), seed.integer(32, 300)];
  const samples = [...new Set(days)].map((day) =>
    specimen(occasion(course, serum(day), day), 'SER'),
  );
  const assay = seed.pick(['host-hama', 'host-ab-anti-murine-her2', 'host-cell-elispot'] as const);
  const results = [...new Set(days)].map((day) => {
    const verdict = seed.pick(['POS', 'NEG', 'NEG', 'IND']);
    return observation(occasion(course, `varied-host-${day}`, day), 'host-immunity', 'laboratory', {
      code: concept(systems.code, assay),
      specimen: recordOf(course, 'Specimen', serum(day)),
      valueCodeableConcept: concept(systems.interpretation, verdict),
      ...(percentOf(80, seed) ? { component: levelOf(assay, verdict, seed) } : {}),
    });
  });
  return [...samples, ...results];
}

function levelOf(assay: string, verdict: string, seed: Random): readonly JsonObject[] {
  if (assay === 'host-cell-elispot') {
    const unit = '{SFU}/10*6';
    const [spots, background] = [seed.integer(0, 150), seed.integer(0, 40)];
    return [
      component(systems.code, 'elispot-sfu', { valueQuantity: quantity(spots, unit) }),
      component(systems.code, 'elispot-background', { valueQuantity: quantity(background, unit) }),
    ];
  }
  const titre =
    verdict === 'POS'
      ? quantity(seed.pick([20, 40, 80, 160, 320, 640]), '{titer}')
      : quantity(20, '{titer}', '<');
  return [component(systems.code, 'titre', { valueQuantity: titre })];
}

function virusRecords(course: Course, seed: Random): readonly CohortResource[] {
  if (!percentOf(2, seed)) return [];
  return [90, seed.pick([90, 170])].flatMap((day, index) => {
    const slug = `varied-rcl-sample-${index}`;
    const result = observation(occasion(course, `varied-rcl-${index}`, day), 'rcl', 'laboratory', {
      code: concept(systems.code, 'rcl-blood'),
      valueCodeableConcept: concept(systems.interpretation, 'POS'),
      method: concept(local('rcl-method'), seed.pick(['vsv-g-qpcr', 'coculture'])),
      specimen: recordOf(course, 'Specimen', slug),
      note: [{ text: 'To be confirmed' }],
    });
    return [specimen(occasion(course, slug, day), 'BLD'), result];
  });
}
