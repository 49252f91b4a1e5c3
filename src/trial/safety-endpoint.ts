import type { JsonObject } from '../fhir/json/json-value.ts';
import type { Resource } from '../fhir/resource.ts';
import { adverseEventsOf } from './adverse-event.ts';
import { isBy } from './as-of.ts';
import {
  measureReport,
  proportionGroups,
  proportionOf,
  scoreGroup,
  type MeasureGroup,
} from './measure-report.ts';
import { subjectSafety, type SafetyEvent, type SubjectSafety } from './safety-event.ts';
import { createTermReader, type SafetyTerm } from './safety-term.ts';
import { deathDate } from './study-end.ts';
import { foundOf, type StudyQuestion } from './study-question.ts';

/** Returns the answer of `$safety-endpoint`: the incidence of study-related events in the infused. */
export function safetyEndpoint(question: StudyQuestion): Resource {
  const subjects = foundOf(question, subjectSafety);
  return measureReport({
    measure: 'om1',
    asOf: question.asOf,
    dayZeros: subjects.map(({ infused }) => infused.day0),
    groups: [
      ...termsOf(question, subjects).flatMap((term) => termGroups(term, subjects.length)),
      ...overallGroups(question, subjects),
    ],
    records: subjects.flatMap(({ infused, events, preInfusion }) => [
      infused.dose.record,
      ...events.map(({ event }) => event.record),
      ...preInfusion.map(({ record }) => record),
    ]),
  });
}

/** A term with the events of each subject who had one. */
interface TermEvents {
  readonly text: string;
  readonly codings: readonly JsonObject[];
  readonly bySubject: readonly (readonly SafetyEvent[])[];
}

function termsOf(
  { trial }: StudyQuestion,
  subjects: readonly SubjectSafety[],
): readonly TermEvents[] {
  const readTerm = createTermReader(trial.terminology);
  const found = new Map<string, { term: SafetyTerm[]; bySubject: (readonly SafetyEvent[])[] }>();
  for (const { events } of subjects) {
    const termed = events.flatMap((event) => {
      const term = readTerm(event.event.record);
      return term === undefined ? [] : [{ term, event }];
    });
    for (const [key, group] of Map.groupBy(termed, ({ term }) => term.key)) {
      const known = found.get(key) ?? { term: [], bySubject: [] };
      known.term.push(...group.map(({ term }) => term));
      known.bySubject.push(group.map(({ event }) => event));
      found.set(key, known);
    }
  }
  return [...found.values()]
    .map(({ term, bySubject }) => ({ text: textIn(term), codings: codingsOf(term), bySubject }))
    .toSorted((a, b) => (a.text < b.text ? -1 : 1));
}

/** One text of a term that is written in several ways, the same in whatever order. */
function textIn(terms: readonly SafetyTerm[]): string {
  return terms.map(({ text }) => text).toSorted()[0] ?? '';
}

/** Every coding once; terms before scales, whatever came first. */
function codingsOf(terms: readonly SafetyTerm[]): readonly JsonObject[] {
  const byText = new Map(
    terms.flatMap(({ codings }) => codings.map((coding) => [JSON.stringify(coding), coding])),
  );
  const isScale = (text: string) => Number(text.includes('/h2c-grading-scale"'));
  return [...byText]
    .toSorted(([a], [b]) => isScale(a) - isScale(b) || (a < b ? -1 : 1))
    .map(([, coding]) => coding);
}

const grades = [1, 2, 3, 4, 5];
const severeFrom = 3;

function termGroups(term: TermEvents, total: number): readonly MeasureGroup[] {
  const { text, codings, bySubject } = term;
  // One subject counts once, by the worst grade and the strongest relatedness.
  const worst = bySubject.map((events) => Math.max(...events.map(({ grade }) => grade)));
  const ofProduct = bySubject.filter((events) => events.some((one) => one.isProductRelated));
  const countOf = (holds: (grade: number) => boolean) => worst.filter(holds).length;
  const gradeStrata = [
    ...grades.map((grade) => [String(grade), countOf((one) => one === grade)] as const),
    [`>=${severeFrom}`, countOf((one) => one >= severeFrom)] as const,
  ];
  const relatednessStrata = [
    ['cart-her-2', ofProduct.length],
    ['any', bySubject.length],
  ] as const;
  return [
    ...proportionGroups({ coding: codings, text }, { count: bySubject.length, total }, [
      stratifier('grade', gradeStrata, total),
      stratifier('relatedness', relatednessStrata, total),
    ]),
    scoreGroup(`${text} events`, bySubject.flat().length),
  ];
}

function stratifier(
  name: string,
  strata: readonly (readonly [value: string, count: number])[],
  total: number,
): JsonObject {
  return {
    code: [{ text: name }],
    stratum: strata.map(([value, count]) => ({
      value: { text: value },
      ...proportionOf({ count, total }),
    })),
  };
}

function overallGroups(
  question: StudyQuestion,
  subjects: readonly SubjectSafety[],
): readonly MeasureGroup[] {
  const share = (text: string, holds: (subject: SubjectSafety) => boolean) =>
    proportionGroups({ text }, { count: subjects.filter(holds).length, total: subjects.length });
  const withEvent = (holds: (event: SafetyEvent) => boolean) => (subject: SubjectSafety) =>
    subject.events.some(holds);
  const countOf = (listed: (subject: SubjectSafety) => readonly unknown[]) =>
    subjects.reduce((sum, subject) => sum + listed(subject).length, 0);
  return [
    ...share('any study-related', ({ events }) => events.length > 0),
    ...share(
      'any cart-her-2-related',
      withEvent((event) => event.isProductRelated),
    ),
    ...share(
      'serious',
      withEvent(({ event }) => event.isSerious),
    ),
    ...share(
      'dlt',
      withEvent(({ event }) => event.isDoseLimiting),
    ),
    ...share('deaths', (subject) => isDead(question, subject)),
    scoreGroup(
      'pre-infusion',
      countOf(({ preInfusion }) => preInfusion),
    ),
    scoreGroup(
      'queries',
      countOf(({ events }) => events.filter(({ isQuery }) => isQuery)),
    ),
  ];
}

/** Of any cause, and whoever reported it: the vital status, the Patient, or a fatal event. */
function isDead({ trial, asOf }: StudyQuestion, { records }: SubjectSafety): boolean {
  if (deathDate(records, trial.zone, asOf) !== undefined) return true;
  if (records.patient?.resource['deceasedBoolean'] === true) return true;
  return adverseEventsOf(records, trial.zone).some(
    ({ grade, resolved, onset }) => grade === fatalGrade && isBy(resolved ?? onset, asOf),
  );
}

const fatalGrade = 5;
