import type { JsonObject } from '../../src/fhir/json/json-value.ts';
import { addDays, at } from '../../seed/cohort/calendar.ts';
import type { Course } from '../../seed/cohort/course.ts';
import type { Random } from '../../seed/cohort/random.ts';
import {
  claims,
  patientOf,
  recordIdentifier,
  recordOf,
  subjectSearch,
  type CohortResource,
} from '../../seed/cohort/record.ts';
import {
  adverseEventGuide,
  concept,
  local,
  structure,
  systems,
} from '../../seed/cohort/vocabulary.ts';

/** An event as it was reported first, as a later version has it, and the report about it. */
export interface VariedEvent {
  readonly first: CohortResource;
  readonly later: CohortResource | undefined;
  readonly report: CohortResource | undefined;
}

/** Returns events of any term, grade, relation and time. */
export function variedEvents(course: Course, seed: Random): readonly VariedEvent[] {
  return Array.from({ length: seed.integer(0, 3) }, (_, index) => {
    const facts = factsOf(course, seed);
    const slug = `varied-ae-${index}`;
    const later = seed.chance(0.4) ? laterFacts(facts, seed) : undefined;
    return {
      first: eventResource(course, slug, facts),
      later: later && eventResource(course, slug, later),
      report: seed.chance(0.3) ? reportOf(course, slug, seed) : undefined,
    };
  });
}

interface Facts {
  readonly term: string;
  readonly localTerm: string | undefined;
  readonly date: string;
  readonly grade: 1 | 2 | 3 | 4 | 5;
  readonly isSerious: boolean;
  readonly isThreatening: boolean;
  readonly isExpected: boolean | undefined;
  readonly suspects: readonly (readonly [type: string, slug: string, relatedness: string])[];
  readonly isDlt: boolean;
  readonly isAware: boolean;
  readonly isInError: boolean;
}

const terms = ['C143485', 'C58188', 'C143436', 'C143764', 'C143283', 'C57896', 'C146764'] as const;
const relations = ['C53256', 'C53257', 'C53258', 'C53259', 'C53260', ''] as const;
const things = [
  ['MedicationAdministration', 'infusion-1'],
  ['MedicationAdministration', 'infusion-1'],
  ['Procedure', 'apheresis'],
] as const;

function factsOf(course: Course, seed: Random): Facts {
  const day = seed.pick([
    seed.integer(-25, -1),
    seed.integer(0, 28),
    seed.integer(0, 28),
    seed.integer(29, 400),
  ]);
  const isDay = addDays(course.day0, day);
  const suspects = Array.from(
    { length: seed.integer(0, 2) },
    () => [...seed.pick(things), seed.pick(relations)] as const,
  );
  const grade = seed.pick([1, 1, 2, 2, 3, 3, 4, 5] as const);
  return {
    term: seed.pick(terms),
    localTerm: seed.chance(0.1)
      ? seed.pick(['on-target-pulmonary', 'on-target-cardiac'])
      : undefined,
    date: seed.pick([at(isDay, '14:20'), at(isDay, '00:30'), isDay, isDay.slice(0, 7)]),
    grade,
    isSerious: grade === 5 || seed.chance(0.4),
    isThreatening: seed.chance(0.3),
    isExpected: seed.pick([true, false, undefined]),
    suspects: suspects.filter(
      ([, slug], index) => suspects.findIndex(([, other]) => other === slug) === index,
    ),
    isDlt: seed.chance(0.1),
    isAware: seed.chance(0.6),
    isInError: seed.chance(0.05),
  };
}

/** A site learns more: how serious it is, whether it was expected, or that it never was. */
function laterFacts(facts: Facts, seed: Random): Facts {
  const isSerious = facts.grade === 5 || seed.chance(0.5);
  return {
    ...facts,
    isSerious,
    isThreatening: seed.chance(0.5),
    isExpected: seed.pick([true, false, undefined]),
    isInError: seed.chance(0.1),
  };
}

const gradeCodes = { 1: 'C41338', 2: 'C41339', 3: 'C41340', 4: 'C41337', 5: 'C48275' };

function guide(name: string, value: JsonObject): JsonObject {
  return { url: `${adverseEventGuide}${name}`, ...value };
}

function eventResource(course: Course, slug: string, facts: Facts): CohortResource {
  const { term, localTerm, date, grade, isInError } = facts;
  const event = concept(systems.ncit, term)['coding'] as readonly JsonObject[];
  const own = localTerm === undefined ? [] : [{ system: local('ae-term'), code: localTerm }];
  return {
    resourceType: 'AdverseEvent',
    meta: claims('adverse-event'),
    extension: [
      guide('research-subject-ref', { valueReference: { reference: subjectSearch(course) } }),
      guide('ae-grade', { valueCodeableConcept: concept(systems.ncit, gradeCodes[grade]) }),
      { url: structure('grading-scale'), valueCode: 'ctcae-5.0' },
      ...judgements(course, facts),
    ],
    modifierExtension: [
      guide('status', { valueCode: isInError ? 'entered-in-error' : 'completed' }),
    ],
    identifier: recordIdentifier(course, slug),
    actuality: 'actual',
    event: { coding: [...event, ...own], text: 'As the site calls it' },
    subject: patientOf(course),
    date,
    recordedDate: at(addDays(course.day0, 20), '09:00'),
    seriousness: concept(
      'http://terminology.hl7.org/CodeSystem/adverse-event-seriousness',
      facts.isSerious ? 'serious' : 'non-serious',
    ),
    outcome: outcomeOf(grade),
    study: [{ reference: 'ResearchStudy/nct01935843' }],
  };
}

function judgements(course: Course, facts: Facts): readonly JsonObject[] {
  const { isSerious, isThreatening, grade, isExpected, suspects, isDlt, isAware } = facts;
  const criteria = [
    ...(grade === 5 ? ['C48275'] : ['C83052']),
    ...(isThreatening ? ['C84266'] : []),
  ];
  const awareness = at(addDays(course.day0, 25), '17:00');
  return [
    ...(isSerious ? criteria.map(criterion) : []),
    ...suspects.map(([type, name, relatedness]) =>
      suspect(recordOf(course, type, name), relatedness),
    ),
    ...(isExpected === undefined
      ? []
      : [guide('expected-in-research-study', { valueBoolean: isExpected })]),
    ...(isDlt ? [{ url: structure('dlt'), valueBoolean: true }] : []),
    ...(isAware ? [{ url: structure('sponsor-awareness'), valueDateTime: awareness }] : []),
  ];
}

function criterion(code: string): JsonObject {
  return guide('seriousness-criteria', {
    extension: [
      { url: 'criterionCode', valueCodeableConcept: concept(systems.ncit, code) },
      { url: 'criterionPresent', valueBoolean: true },
    ],
  });
}

function suspect(reference: JsonObject, relatedness: string): JsonObject {
  const judged = {
    url: 'entityRelatedness',
    valueCodeableConcept: concept(systems.ncit, relatedness),
  };
  const method = { url: 'author', valueReference: { display: 'Investigator' } };
  return guide('suspect-entity', {
    extension: [
      { url: 'instance', valueReference: reference },
      { url: 'causality', extension: relatedness === '' ? [method] : [judged] },
    ],
  });
}

function outcomeOf(grade: number): JsonObject {
  const system = 'http://terminology.hl7.org/CodeSystem/adverse-event-outcome';
  const [code, ncit] = grade === 5 ? ['fatal', 'C48275'] : ['ongoing', 'C49494'];
  return {
    coding: [
      { system, code },
      { system: systems.ncit, code: ncit },
    ],
  };
}

function reportOf(course: Course, slug: string, seed: Random): CohortResource {
  return {
    resourceType: 'Communication',
    identifier: [recordIdentifier(course, `report-${slug}`)],
    status: seed.pick(['completed', 'completed', 'completed', 'in-progress']),
    category: [concept(systems.code, 'safety-report')],
    subject: patientOf(course),
    about: [recordOf(course, 'AdverseEvent', slug)],
    sent: at(addDays(course.day0, seed.integer(20, 60)), '12:00'),
  };
}
