import type { AsOf } from './as-of.ts';
import type { Criterion, CriterionState, Question } from './criterion.ts';
import { latestBy } from './latest.ts';
import { objectsOf, textOf } from './element.ts';
import { addDays, addMonths, readTime } from './local-time.ts';
import {
  codedValue,
  hasLoinc,
  interpretation,
  measured,
  measuredValue,
  snomed,
} from './observation-value.ts';
import { recordTime } from './record-time.ts';
import { exact } from './statistics/exact.ts';
import type { RecordKind, TrialRecord } from './subject-records.ts';

/**
 * R2, G1 to G5: the limits that sites apply before they screen. No protocol parameter holds them but
 * that of the heart (PP-15), for they advise and never decide.
 */
const ageYearsMin = 18;
const ecogMax = 2;
const ecogDays = 14;
const lvefDays = 28;
const labDays = 14;
const neutrophilsMin = 1;
const plateletsMin = 75;
const upperLimitMultiple = 1.5;

/** Returns the criteria that are listed and never block: age, performance, heart, laboratory, pregnancy. */
export function advisoryCriteria(question: Question): readonly Criterion[] {
  return [age, performance, heart, laboratory, pregnancy].map((judge) => judge(question));
}

function advisory(
  id: string,
  state: CriterionState,
  evidence: readonly (TrialRecord | undefined)[],
): Criterion {
  return {
    id,
    state,
    isAdvisory: true,
    evidence: evidence.filter((record) => record !== undefined),
  };
}

/** Of a birth date without day or month the age is known where every day of it says the same. */
function age({ records, trial, asOf }: Question): Criterion {
  const { patient } = records;
  const born = readTime(textOf(patient?.resource['birthDate']), trial.zone);
  if (born === undefined) return advisory('G1', 'unknown', [patient]);
  const isAdultIfBorn = (at: number) =>
    addMonths(trial.zone.dateAt(at), ageYearsMin * 12) <= asOf.date;
  const [first, last] = [isAdultIfBorn(born.start), isAdultIfBorn(born.end - 1)];
  return advisory('G1', first !== last ? 'unknown' : first ? 'met' : 'unmet', [patient]);
}

function performance(question: Question): Criterion {
  const found = latestWithin(question, 'ecog', ecogDays, () => true);
  const value = found?.resource['valueInteger'];
  if (typeof value !== 'number') return advisory('G2', 'unknown', [found]);
  return advisory('G2', value <= ecogMax ? 'met' : 'unmet', [found]);
}

function heart(question: Question): Criterion {
  const found = latestWithin(question, 'measurement', lvefDays, (record) =>
    hasLoinc(record.resource, ['10230-1']),
  );
  const value = found === undefined ? undefined : measuredValue(found.resource)?.value;
  if (value === undefined) return advisory('G3', 'unknown', [found]);
  const floor = question.trial.parameters.number('PP-15');
  return advisory('G3', value >= floor ? 'met' : 'unmet', [found]);
}

/** A laboratory value and what makes it adequate; undefined when that cannot be said. */
interface LabTest {
  readonly codes: readonly string[];
  readonly isAdequate: (record: TrialRecord) => boolean | undefined;
}

const labTests: readonly LabTest[] = [
  { codes: ['751-8'], isAdequate: atLeast(neutrophilsMin) },
  { codes: ['777-3'], isAdequate: atLeast(plateletsMin) },
  { codes: ['1975-2', '14631-6'], isAdequate: belowUpperLimit },
  { codes: ['2160-0', '14682-9'], isAdequate: belowUpperLimit },
];

function laboratory(question: Question): Criterion {
  const found = labTests.map(({ codes, isAdequate }) => {
    const record = latestWithin(question, 'measurement', labDays, (one) =>
      hasLoinc(one.resource, codes),
    );
    return { record, verdict: record === undefined ? undefined : isAdequate(record) };
  });
  const verdicts = found.map(({ verdict }) => verdict);
  const state = verdicts.includes(false)
    ? 'unmet'
    : verdicts.includes(undefined)
      ? 'unknown'
      : 'met';
  return advisory(
    'G4',
    state,
    found.map(({ record }) => record),
  );
}

function atLeast(least: number): LabTest['isAdequate'] {
  return ({ resource }) => {
    const value = measuredValue(resource)?.value;
    return value === undefined ? undefined : value >= least;
  };
}

function belowUpperLimit({ resource }: TrialRecord): boolean | undefined {
  const value = measuredValue(resource);
  const limit = objectsOf(resource['referenceRange'])
    .map(({ high }) => measured(high))
    .find((high) => high !== undefined && high.unit === value?.unit);
  return value === undefined || limit === undefined
    ? undefined
    : exact(value.value) <= exact(upperLimitMultiple * limit.value);
}

function pregnancy(question: Question): Criterion {
  const { records, trial, asOf } = question;
  if (records.patient?.resource['gender'] === 'male') return advisory('G5', 'not-applicable', []);
  const found = latestBy(records.of('pregnancy'), records, { zone: trial.zone, asOf });
  if (found === undefined) return advisory('G5', 'unknown', []);
  const status = codedValue(found.resource, snomed) ?? codedValue(found.resource, interpretation);
  const isNot = status === '60001007' || status === 'NEG';
  const isSo = status === '77386006' || status === 'POS';
  return advisory('G5', isNot ? 'met' : isSo ? 'unmet' : 'unknown', [found]);
}

/** The latest record of a kind that is not older than some days. */
function latestWithin(
  { records, trial: { zone }, asOf }: Question,
  kind: RecordKind,
  days: number,
  isWanted: (record: TrialRecord) => boolean,
): TrialRecord | undefined {
  const since: AsOf['date'] = addDays(asOf.date, -days);
  const candidates = records.of(kind).filter((record) => {
    if (!isWanted(record)) return false;
    const date = recordTime(record, records, zone)?.date;
    return date !== undefined && date >= since;
  });
  return latestBy(candidates, records, { zone, asOf });
}
