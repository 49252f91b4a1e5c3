import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Answer } from '../recompute/answer.ts';
import { asOfDate } from '../recompute/calendar.ts';
import { readDump, type Dossier, type Dump } from '../recompute/dump.ts';
import { feasibility } from '../recompute/feasibility.ts';
import { hostImmunity, immunityCorrelation, sequence } from '../recompute/immunity.ts';
import { overdue } from '../recompute/overdue.ts';
import { kinetics, persistenceEndpoint, persistenceMetrics } from '../recompute/persistence.ts';
import { bestResponse, bestResponseMetrics, responseEndpoint } from '../recompute/response.ts';
import { safetyClocks } from '../recompute/safety-clock.ts';
import { safetySignal } from '../recompute/safety-signal.ts';
import { safetyEndpoint } from '../recompute/safety.ts';
import { parametersOf, partValues, plainValues, reportAnswer, type Parameter } from './answers.ts';
import { loadCohort, type LoadedCohort } from './loaded-cohort.ts';

/** `COHORT_SUBJECTS=1000 npm test -- --selectProjects cohort` compares a larger cohort. */
const subjects = Number(process.env['COHORT_SUBJECTS'] ?? 50);

jest.setTimeout(60_000 + 3_000 * subjects);

const study = 'ResearchStudy/nct01935843';
let cohort: LoadedCohort;
let dump: Dump;

beforeAll(async () => {
  cohort = await loadCohort({
    subjects,
    seed: 1,
    start: '2009-01-05',
    until: '2026-06-30',
    chart: 'one',
  });
  dump = readDump(await cohort.dump());
});

afterAll(async () => cohort.close());

/** Early in the trial, late in it, and after everything was received. */
const days = ['2010-11-20', '2019-06-30', '2027-03-31'];

/** Doubles are summed in different orders, and limits are found by different ways. */
const digits = 9;

function expectSame(actual: Answer, expected: Answer): void {
  expect(rounded(actual)).toEqual(rounded(expected));
}

function rounded(answer: Answer): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    [...answer]
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, roundedValue(value)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

type Value = string | number | boolean | undefined;

function roundedValue(value: Value): Value {
  return typeof value === 'number' && !Number.isInteger(value)
    ? Number(value.toPrecision(digits))
    : value;
}

describe('the operations of the study', () => {
  it('took every record of the cohort', () => {
    expect(cohort.report.refusals).toEqual([]);
    expect(dump.dossiers.length).toBeGreaterThan(0.9 * subjects);
  });

  it.each(
    days.flatMap((day) =>
      [
        ['safety-endpoint', safetyEndpoint] as const,
        ['response-endpoint', responseEndpoint] as const,
        ['persistence-endpoint', persistenceEndpoint] as const,
        ['immunity-correlation', immunityCorrelation] as const,
      ].map(([name, recompute]) => ({ day, name, recompute })),
    ),
  )('report what the dump says: $name as of $day', async ({ day, name, recompute }) => {
    const report = await cohort.get(`${study}/$${name}?asOf=${day}`);
    expectSame(reportAnswer(report), recompute(dump, asOfDate(day)));
  });

  it.each(days)('count what the dump has: feasibility as of %s', async (day) => {
    const answer = parametersOf(await cohort.get(`${study}/$feasibility?asOf=${day}`));
    const toInfusion = answer.find(({ name }) => name === 'daysApheresisToInfusion');
    const parts = toInfusion?.parts.map(({ name, value }) => [name, value] as const) ?? [];
    const actual = new Map([...plainValues(answer), ...parts]);
    actual.delete('asOf');
    expectSame(actual, feasibility(dump, asOfDate(day)));
  });

  it.each(days)('advise what the dump advises: safety-signal as of %s', async (day) => {
    const answer = parametersOf(await cohort.get(`${study}/$safety-signal?asOf=${day}`));
    const reasons = answer
      .filter(({ name }) => name === 'reason')
      .map((reason) => partValues(reason, 'rule')[0]);
    const actual = new Map([...plainValues(answer), ['reasons', reasons.join(' ')] as const]);
    actual.delete('asOf');
    expectSame(actual, safetySignal(dump, asOfDate(day)));
  });

  it.each(days)('run the clocks of the dump: safety-clock as of %s', async (day) => {
    const answer = parametersOf(await cohort.get(`${study}/$safety-clock?asOf=${day}`));
    const expected = safetyClocks(dump, asOfDate(day));
    expect(sorted(cases(answer, 'case'))).toEqual(
      sorted(expected.clocks.map((clock) => JSON.stringify({ ...clock }))),
    );
    const periodic = answer.filter(({ name }) => name === 'periodic').map(({ value }) => value);
    expect(sorted(periodic)).toEqual(sorted(expected.periodic));
  });

  it.each(days)('list the visits that the dump lacks: overdue as of %s', async (day) => {
    const answer = parametersOf(await cohort.get(`${study}/$overdue?asOf=${day}`));
    const actual = answer
      .filter(({ name }) => name === 'visit')
      .map((visit) =>
        [
          ...['subject', 'code', 'windowStart', 'windowEnd', 'state'].flatMap((name) =>
            partValues(visit, name),
          ),
          ...sorted(partValues(visit, 'missing')),
        ].join(' '),
      );
    const expected = overdue(dump, asOfDate(day)).map(
      ({ subject, code, windowStart, windowEnd, state, missing }) =>
        [subject, code, windowStart, windowEnd, state, ...sorted(missing)].join(' '),
    );
    expect(sorted(actual)).toEqual(sorted(expected));
  });
});

function sorted(values: readonly unknown[]): readonly unknown[] {
  return values.map(String).toSorted();
}

function cases(answer: readonly Parameter[], name: string): readonly string[] {
  return answer
    .filter((one) => one.name === name)
    .map(({ parts }) =>
      JSON.stringify(
        Object.fromEntries(
          parts
            .filter((part) => part.name !== 'subject')
            .map((part) => [part.name, part.value] as const),
        ),
      ),
    );
}

describe('the operations on a subject', () => {
  /** Every seventh subject, and all of a small cohort. */
  const sample = () => dump.dossiers.filter((_, index) => subjects <= 50 || index % 7 === 0);

  async function compare(
    operation: string,
    day: string,
    look: (answer: readonly Parameter[]) => Answer,
    recompute: (dossier: Dossier) => Answer | undefined,
  ): Promise<void> {
    for (const dossier of sample()) {
      const url = `ResearchSubject/${dossier.subject.id}/${operation}asOf=${day}`;
      const actual = new Map(look(parametersOf(await cohort.get(url))));
      actual.delete('asOf');
      expectSame(actual, recompute(dossier) ?? new Map());
    }
  }

  it.each(days)('give the kinetics of the dump as of %s', async (day) => {
    for (const target of ['persist-tcrz-cd137', 'persist-tcrz']) {
      await compare(
        `$persistence?target=${target}&`,
        day,
        (answer) => {
          const found = new Map(plainValues(answer));
          found.delete('target');
          if (answer.some(({ name, parts }) => isAllAbsent(name, parts))) return new Map();
          return found.set('points', answer.filter(({ name }) => name === 'point').length);
        },
        (dossier) => {
          const found = kinetics(dossier, dump, asOfDate(day), target);
          return found && persistenceMetrics(found);
        },
      );
    }
  });

  it.each(days)('give the best response of the dump as of %s', async (day) => {
    await compare('$best-response?', day, assessments, (dossier) => {
      const found = bestResponse(dossier, dump, asOfDate(day));
      return found && bestResponseMetrics(found);
    });
  });

  it.each(days)('give the immunity of the dump as of %s', async (day) => {
    await compare('$immunity?', day, immunityParts, (dossier) => {
      const found = hostImmunity(dossier, dump, asOfDate(day));
      return (
        found &&
        new Map<string, Value>(
          (['humoral', 'cellular', 'either'] as const).flatMap((run) => [
            [`${run} state`, found[run].state] as const,
            [`${run} onset`, found[run].onset] as const,
            [`${run} sequence`, sequence(found[run], found.kinetics)] as const,
            [`${run} foldRise`, run === 'either' ? undefined : found[run].foldRise] as const,
          ]),
        )
      );
    });
  });
});

function isAllAbsent(name: string, parts: readonly Parameter[]): boolean {
  return name === 'absent' && parts.some(({ value }) => value === 'engrafted');
}

const assessmentNames = [
  ['date', 'date'],
  ['response', 'response'],
  ['sumOfDiameters', 'sum'],
  ['percentChangeFromBaseline', 'baseline'],
  ['percentChangeFromNadir', 'nadir'],
] as const;

function assessments(answer: readonly Parameter[]): Answer {
  const found = answer.filter(({ name }) => name === 'assessment');
  const values = new Map(plainValues(answer));
  if (!values.has('bestOverallResponse')) return new Map();
  values.set('assessments', found.length);
  found.forEach((one, index) => {
    for (const [name, own] of assessmentNames) {
      const [value] = partValues(one, name);
      values.set(`${index} ${own}`, value as Value);
    }
  });
  return values;
}

function immunityParts(answer: readonly Parameter[]): Answer {
  const runs = answer.filter(({ name }) => ['humoral', 'cellular', 'either'].includes(name));
  return new Map(
    runs.flatMap(({ name, parts }) =>
      parts.map((part) => [`${name} ${part.name}`, part.value] as const),
    ),
  );
}
