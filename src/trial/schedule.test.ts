import { describe, expect, it } from '@jest/globals';
import {
  consent,
  enrolledSubject,
  infusion,
  lot,
  observationOf,
  record,
  recordsOf,
  testTrial,
} from '../../test/support/trial-records.ts';
import { readAsOf, type AsOf } from './as-of.ts';
import { scheduleOf } from './schedule.ts';
import { timeDeviations, windowDeviations } from './schedule-deviations.ts';
import type { TrialRecord } from './subject-records.ts';

const trial = testTrial();
const guide = 'https://her2-cart.example.org/fhir';
const dose = infusion(0, '2024-03-04T10:00:00+08:00');

function visit(code: string, start: string, status = 'finished'): TrialRecord {
  return record({
    resourceType: 'Encounter',
    id: `visit-${code}`,
    status,
    type: [{ coding: [{ system: `${guide}/CodeSystem/h2c-visit`, code }] }],
    subject: { reference: 'Patient/p' },
    period: { start },
  });
}

function ask(asOf: string, records: readonly TrialRecord[], subject = enrolledSubject()) {
  const question = {
    trial,
    records: recordsOf(trial, subject, [consent(), ...lot(), ...records]),
    asOf: readAsOf(asOf, trial.zone) as AsOf,
  };
  return { question, schedule: scheduleOf(question) };
}

function stateAt(asOf: string, code: string, records: readonly TrialRecord[]) {
  const { schedule } = ask(asOf, records);
  return schedule.visits.find((one) => one.visit.code === code)?.state;
}

describe('the schedule', () => {
  it.each([
    ['SCR', '2024-01-29', '2023-12-25', '2024-02-04'],
    ['PRE', '2024-02-26', '2024-02-24', '2024-02-27'],
    ['D1', '2024-03-05', '2024-03-05', '2024-03-05'],
    ['D28', '2024-04-01', '2024-03-29', '2024-04-04'],
    ['W24', '2024-08-19', '2024-08-12', '2024-08-26'],
    ['M9', '2024-12-04', '2024-11-20', '2024-12-18'],
    ['A13', '2039-09-04', '2039-07-21', '2039-10-19'],
  ])('puts %s at %s', (code, target, start, end) => {
    const { schedule } = ask('2024-03-06', [dose]);
    const found = schedule.visits.find((one) => one.visit.code === code);
    expect(found?.window).toEqual({ target, start, end });
  });

  it('has 40 visits whose windows do not overlap', () => {
    const windows = ask('2024-03-06', [dose]).schedule.visits.map(({ window }) => window);
    expect(windows).toHaveLength(40);
    const sorted = windows.toSorted((a, b) => ((a?.start ?? '') < (b?.start ?? '') ? -1 : 1));
    sorted.slice(1).forEach((window, index) => {
      expect((window?.start ?? '') > (sorted[index]?.end ?? '')).toBe(true);
    });
  });

  it.each([
    ['2024-06-02', 'W16', [], 'planned'],
    ['2024-06-20', 'W16', [], 'due'],
    ['2024-07-01', 'W16', [], 'due'],
    ['2024-07-02', 'W16', [], 'overdue'],
    ['2024-07-15', 'W16', [], 'missed'],
    ['2024-09-25', 'W24', [], 'overdue'],
    ['2024-09-26', 'W24', [], 'missed'],
    ['2024-07-15', 'W16', [visit('W16', '2024-06-24T09:00:00+08:00')], 'done'],
    ['2024-07-15', 'W16', [visit('W16', '2024-07-02T09:00:00+08:00')], 'done-out-of-window'],
    ['2024-07-15', 'W16', [visit('W16', '2024-06-24T09:00:00+08:00', 'cancelled')], 'missed'],
    ['2024-07-15', 'LD', [], 'not-applicable'],
    ['2024-07-15', 'W16', [observationOf({ code: '8310-5', at: '2024-06-24', value: 37 })], 'done'],
  ] as const)('on %s has %s with %j as %s', (asOf, code, records, state) => {
    expect(stateAt(asOf, code, [dose, ...records])).toBe(state);
  });

  it('ends with death', () => {
    const death = record({
      resourceType: 'Patient',
      id: 'p',
      deceasedDateTime: '2024-06-20T03:00:00+08:00',
    });
    expect(stateAt('2025-01-01', 'W16', [dose, death])).toBe('not-applicable');
    expect(stateAt('2025-01-01', 'W12', [dose, death])).toBe('missed');
  });

  it('is planned without windows before an infusion or a planned Day 0', () => {
    const { schedule } = ask('2024-03-06', []);
    expect(schedule.visits.map(({ state, window }) => [state, window])).toEqual(
      schedule.visits.map(() => ['planned', undefined]),
    );
  });

  it('names the required activities that a visit lacks, and those alone', () => {
    const { question, schedule } = ask('2024-08-20', [
      dose,
      visit('W16', '2024-06-24T09:00:00+08:00'),
      observationOf({ code: '8310-5', at: '2024-06-24', value: 37 }),
      observationOf({ code: '89247-1', at: '2024-06-24', more: { valueInteger: 1 } }),
    ]);
    const week16 = schedule.visits.find((one) => one.visit.code === 'W16');
    expect(week16?.missing).toEqual(['labs', 'pcr-blood', 'imaging']);
    const found = timeDeviations(question, schedule).find(({ about }) => about === 'W16');
    expect(found).toMatchObject({
      code: 'activity-missed',
      rules: ['R4/activity'],
      severity: 'low',
      detail: 'Visit W16 lacks: labs, pcr-blood, imaging.',
    });
  });

  it('takes the first measurements for the imaging of the baseline', () => {
    const measured = observationOf({ code: 'x', at: '2024-02-26', value: 61 });
    const ncit = 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl';
    const code = { coding: [{ system: ncit, code: 'C96684' }] };
    const baseline = { ...measured, resource: { ...measured.resource, code } };
    const encounter = visit('PRE', '2024-02-26T09:00:00+08:00');
    const missingOf = (records: readonly TrialRecord[]) =>
      ask('2024-08-20', records).schedule.visits.find((one) => one.visit.code === 'PRE')?.missing;
    expect(missingOf([dose, encounter])).toContain('imaging');
    expect(missingOf([dose, encounter, baseline])).not.toContain('imaging');
  });

  it('asks for no imaging after progression', () => {
    const progression = observationOf({ code: 'x', at: '2024-05-01' });
    const ncit = 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl';
    const response = {
      ...progression,
      resource: {
        ...progression.resource,
        code: { coding: [{ system: ncit, code: 'C96613' }] },
        valueCodeableConcept: { coding: [{ system: ncit, code: 'C35571' }] },
      },
    };
    const { schedule } = ask('2024-08-20', [
      dose,
      response,
      visit('W16', '2024-06-24T09:00:00+08:00'),
    ]);
    const week16 = schedule.visits.find((one) => one.visit.code === 'W16');
    expect(week16?.missing).not.toContain('imaging');
  });

  it('tells a missed visit around the doses from a later one', () => {
    const { question, schedule } = ask('2025-06-01', [dose]);
    const severities = new Map(
      timeDeviations(question, schedule).map(({ about, severity }) => [about, severity]),
    );
    expect(['D7', 'D28', 'W8', 'W24', 'M9'].map((code) => severities.get(code))).toEqual([
      'moderate',
      'moderate',
      'low',
      'moderate',
      'low',
    ]);
  });

  it('finds the visits out of their window', () => {
    const { question, schedule } = ask('2025-01-10', [
      dose,
      visit('M9', '2024-12-22T09:00:00+08:00'),
    ]);
    expect(windowDeviations(question, schedule)).toMatchObject([
      { code: 'visit-out-of-window', severity: 'low', about: 'Encounter/visit-M9' },
    ]);
  });

  it('follows the plan when its resource changes', () => {
    const later = testTrial((resource) =>
      resource.id === 'h2c-protocol-plan'
        ? (JSON.parse(
            JSON.stringify(resource).replace('"value":9,"unit":"mo"', '"value":10,"unit":"mo"'),
          ) as never)
        : resource,
    );
    const records = recordsOf(later, enrolledSubject(), [dose, ...lot()]);
    const asOf = readAsOf('2024-03-06', later.zone) as AsOf;
    const moved = scheduleOf({ trial: later, records, asOf }).visits;
    expect(moved.find((one) => one.visit.code === 'M9')?.window?.target).toBe('2025-01-04');
  });
});
