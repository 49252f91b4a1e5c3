import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { answerValues } from '../../test/support/answer-values.ts';
import type { CaseRecord } from '../../test/support/case-row.ts';
import { caseSubject, type CaseSubject } from '../../test/support/case-subject.ts';
import { scoresOf } from '../../test/support/measure.ts';
import { testTrial } from '../../test/support/trial-records.ts';
import { momentOf } from '../../test/support/subject.ts';
import type { Resource } from '../fhir/resource.ts';
import type { AsOf } from './as-of.ts';
import { bestResponseAnswer } from './best-response-answer.ts';
import type { Deviation } from './deviation.ts';
import { dosingGateAnswer } from './dosing-gate-answer.ts';
import { eligibilityAnswer } from './eligibility-answer.ts';
import { objectsOf } from './element.ts';
import { enrolmentOf } from './enrolment.ts';
import { feasibilityAnswer } from './feasibility-answer.ts';
import { immunityAnswer } from './immunity-answer.ts';
import { immunityCorrelation } from './immunity-correlation.ts';
import { isOfSite, overdueParameters, overdueVisits } from './overdue-answer.ts';
import { persistenceAnswer } from './persistence-answer.ts';
import { persistenceEndpoint } from './persistence-endpoint.ts';
import { parametersAnswer } from './protocol-parameters-answer.ts';
import { recordDeviations } from './record-deviations.ts';
import { responseEndpoint } from './response-endpoint.ts';
import { safetyClockAnswer } from './safety-clock-answer.ts';
import { safetyEndpoint } from './safety-endpoint.ts';
import { safetySignalAnswer } from './safety-signal-answer.ts';
import { timeDeviations } from './schedule-deviations.ts';
import { scheduleOf } from './schedule.ts';
import type { SubjectRecords } from './subject-records.ts';
import { subsetTrendAnswer } from './subset-trend.ts';
import { traffickingAnswer } from './trafficking-answer.ts';
import type { Trial } from './trial.ts';

/** A table of cases of one rule: what `base` holds is stored in every row, unless the row replaces it. */
interface RuleTable {
  readonly rule: string;
  readonly answer: string;
  readonly asOf?: string;
  readonly subject?: CaseSubject;
  readonly base?: readonly CaseRecord[];
  readonly rows: readonly RuleCase[];
}

interface RuleCase {
  readonly title: string;
  readonly answer?: string;
  readonly asOf?: string;
  readonly subject?: CaseSubject;
  /** Ids of records of the base that this case has not. */
  readonly without?: readonly string[];
  readonly records?: readonly CaseRecord[];
  /** Several subjects instead of one, each with the base. */
  readonly subjects?: readonly (CaseSubject & {
    readonly without?: readonly string[];
    readonly records?: readonly CaseRecord[];
    /** So many of the same. */
    readonly times?: number;
  })[];
  readonly inputs?: Readonly<Record<string, string | number | boolean>>;
  /** Another text in a resource of the trial: [from, to]. */
  readonly protocol?: readonly (readonly [string, string])[];
  readonly expect: Readonly<Record<string, unknown>>;
}

interface Asked {
  readonly trial: Trial;
  readonly records: SubjectRecords;
  readonly subjects: readonly SubjectRecords[];
  readonly asOf: AsOf;
  readonly inputs: ReadonlyMap<string, string | number | boolean>;
}

/** What a table asks, by name, as plain data. */
const answers: Readonly<Record<string, (asked: Asked) => Record<string, unknown>>> = {
  'protocol-parameters': (asked) => answerValues(parametersAnswer(asked)),
  enrolment: (asked) => {
    const found = enrolmentOf({
      ...asked,
      date: asked.asOf.text,
      isOverride: asked.inputs.get('override') === true,
      reason: asked.inputs.get('reason')?.toString(),
      highestOrder: Number(asked.inputs.get('highest') ?? 0),
    });
    if (!found.ok) return { refused: found.failure.issues.map(({ text }) => text).join(' ') };
    const { order, subjectNumber, arm, consent, deviation } = found.value;
    return { order, subjectNumber, arm, consent: consent.key, deviation: shown(deviation) };
  },
  eligibility: (asked) => {
    const { criterion, ...values } = answerValues(eligibilityAnswer(asked));
    const criteria = criterion as Record<string, unknown>[];
    const states = criteria.map(({ id, state }) => [id, state] as const);
    const evidence = criteria.map((one) => [`${String(one['id'])} evidence`, one['evidence']]);
    const details = criteria.map((one) => [`${String(one['id'])} detail`, one['detail']]);
    return {
      ...values,
      ...(Object.fromEntries([...states, ...evidence, ...details]) as Record<string, unknown>),
    };
  },
  'dosing-gate': (asked) => {
    const { reason = [], ...values } = answerValues(
      dosingGateAnswer({
        ...asked,
        day: Number(asked.inputs.get('day') ?? 1),
        cycle: Number(asked.inputs.get('cycle') ?? 1),
      }),
    );
    const reasons = [reason].flat() as Record<string, unknown>[];
    return {
      ...values,
      reasons: reasons.map((one) => `${String(one['rule'])} ${String(one['effect'])}`),
      reason,
    };
  },
  schedule: ({ inputs, ...asked }) => {
    const planned = inputs.get('plannedDay0');
    const question = {
      ...asked,
      ...(planned === undefined ? {} : { plannedDay0: String(planned) }),
    };
    const found = scheduleOf(question);
    const visits = found.visits.map(({ visit, window, state, actual, missing }) => [
      visit.code,
      { ...window, state, actual: actual.dated?.date, missing: missing.join(' ') },
    ]);
    return {
      day0: found.day0,
      ...(Object.fromEntries(visits) as Record<string, unknown>),
      late: timeDeviations(question, found).map(shown),
    };
  },
  overdue: (asked) => {
    const site = asked.inputs.get('site')?.toString();
    const visits = asked.subjects
      .filter(({ subject }) => isOfSite(subject, site))
      .flatMap((records) => {
        const schedule = scheduleOf({ ...asked, records });
        return overdueVisits(asked, { records, schedule });
      });
    return answerValues(overdueParameters(asked, visits));
  },
  'safety-endpoint': (asked) => scored(safetyEndpoint(asked)),
  'best-response': (asked) => answerValues(bestResponseAnswer(asked)),
  'response-endpoint': (asked) => scored(responseEndpoint(asked)),
  persistence: (asked) => answerValues(persistenceAnswer(asked)),
  'persistence-endpoint': (asked) => scored(persistenceEndpoint(asked)),
  immunity: (asked) => answerValues(immunityAnswer(asked)),
  'immunity-correlation': (asked) => scored(immunityCorrelation(asked)),
  'subset-trend': (asked) => {
    const { subset = [], ...values } = answerValues(subsetTrendAnswer(asked));
    const subsets = [subset].flat() as Record<string, unknown>[];
    const byCode = subsets.map((one) => [String(one['code']), one] as const);
    return { ...values, ...Object.fromEntries(byCode) };
  },
  trafficking: (asked) => ({
    shares: objectsOf(traffickingAnswer(asked)['entry']).map(({ resource }) => share(resource)),
  }),
  'safety-clock': (asked) => answerValues(safetyClockAnswer(asked)),
  'safety-signal': (asked) => answerValues(safetySignalAnswer(asked)),
  feasibility: (asked) => answerValues(feasibilityAnswer(asked)),
  deviations: ({ trial, records, asOf }) => ({
    found: recordDeviations({ trial, records, now: asOf }).map(shown).toSorted(),
  }),
};

function scored(report: Resource): Record<string, unknown> {
  const terms = objectsOf(report['group']).flatMap(({ code, stratifier }) =>
    Array.isArray(stratifier) ? [[(code as { text: string }).text, stratifier] as const] : [],
  );
  const strata = terms.map(([text, stratifiers]) => [
    `${text} strata`,
    objectsOf(stratifiers).map(({ stratum }) =>
      objectsOf(stratum).map((one) => objectsOf(one['population']).at(-1)?.['count']),
    ),
  ]);
  const references = objectsOf(report['evaluatedResource']).map(({ reference }) => reference);
  return {
    ...scoresOf(report),
    ...(Object.fromEntries(strata) as Record<string, unknown>),
    period: report['period'],
    evaluated: references,
  };
}

function share(resource: unknown): string {
  const observation = resource as Resource & {
    readonly code: { readonly coding: readonly { readonly code: string }[] };
    readonly valueQuantity?: { readonly value: number };
    readonly dataAbsentReason?: { readonly coding: readonly { readonly code: string }[] };
  };
  const value =
    observation.valueQuantity?.value ?? observation.dataAbsentReason?.coding[0]?.code ?? '';
  const from = objectsOf(observation['derivedFrom']).map(({ reference }) => reference);
  return [observation.code.coding[0]?.code, value, ...from].map(String).join(' ');
}

function shown(deviation: Deviation | undefined): string | undefined {
  if (deviation === undefined) return undefined;
  const { code, severity, discovery, rules, implicated, about } = deviation;
  return [code, severity, discovery, rules.join('+'), implicated.join('+'), about].join(' ');
}

const folder = new URL('../../test/cases/trial/rules/', import.meta.url);
const tables = readdirSync(folder)
  .toSorted()
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as RuleTable);

const seeded = testTrial();

/** The trial with another text in one of its resources. */
function trialWith(changes: RuleCase['protocol'] = []): Trial {
  if (changes.length === 0) return seeded;
  return testTrial((resource) => {
    const text = JSON.stringify(resource);
    return JSON.parse(changes.reduce((all, [from, to]) => all.replace(from, to), text)) as Resource;
  });
}

function ask(table: RuleTable, row: RuleCase): Record<string, unknown> {
  const trial = trialWith(row.protocol);
  const { base = [], asOf = '2026-01-01' } = table;
  const own = (part: Pick<RuleCase, 'without' | 'records'>) => [
    ...base.filter(({ id = '' }) => part.without?.includes(id) !== true),
    ...(part.records ?? []),
  ];
  const common = { ...table.subject, ...row.subject };
  const parts = row.subjects?.flatMap((one) => Array.from({ length: one.times ?? 1 }, () => one));
  const subjects = (parts ?? [row]).map((part, index) => {
    const id = parts === undefined ? 's' : `s${index}`;
    return caseSubject(trial, { id, ...common, ...('title' in part ? {} : part) }, own(part));
  });
  const [records = caseSubject(trial)] = subjects;
  const name = row.answer ?? table.answer;
  const answer = answers[name];
  if (answer === undefined) throw new Error(`There is no answer ${name}.`);
  const asked = { trial, records, subjects, asOf: momentOf(row.asOf ?? asOf, trial.zone) };
  return answer({ ...asked, inputs: new Map(Object.entries(row.inputs ?? {})) });
}

/** `"~12.5"` is a number as near as nine digits. */
function expected(value: unknown): unknown {
  if (typeof value === 'string' && /^~-?\d/u.test(value)) {
    return expect.closeTo(Number(value.slice(1)), 9);
  }
  if (Array.isArray(value)) return value.map(expected);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, expected(one)]));
}

describe.each(tables)('rule $rule', (table) => {
  it.each(table.rows)('$title', (row) => {
    const found = ask(table, row);
    const wanted = Object.entries(row.expect).map(
      ([name, value]) => [name, value === null ? undefined : expected(value)] as const,
    );
    for (const [name, value] of wanted) {
      if (value === undefined) expect([name, found[name]]).toEqual([name, undefined]);
      else expect({ [name]: found[name] }).toMatchObject({ [name]: value });
    }
  });
});
