import { describe, expect, it } from '@jest/globals';
import {
  adverseEventOf,
  enrolledSubject,
  infusion,
  lot,
  observationOf,
  recordsOf,
  testTrial,
  type EventRow,
} from '../../test/support/trial-records.ts';
import { readAsOf, type AsOf } from './as-of.ts';
import { exceeds, safetySignal } from './safety-signal.ts';
import type { TrialRecord } from './subject-records.ts';

const trial = testTrial();
const asOf = readAsOf('2024-06-01', trial.zone) as AsOf;
const crs: EventRow = { code: 'C143394', grade: 3, onset: '2024-03-05T18:40:00+08:00' };

function subject(...records: readonly TrialRecord[]) {
  return recordsOf(trial, enrolledSubject(), [
    infusion(0, '2024-03-04T10:00:00+08:00'),
    ...lot(),
    ...records,
  ]);
}

const signal = (...subjects: readonly ReturnType<typeof subject>[]) =>
  safetySignal({ trial, subjects, asOf });

describe('the stopping boundary', () => {
  it.each([
    [2, 3, 2],
    [4, 5, 3],
    [6, 8, 4],
    [9, 10, 5],
    [11, 13, 6],
    [14, 15, 7],
    [16, 18, 8],
    [19, 21, 9],
    [22, 24, 10],
    [25, 26, 11],
    [27, 29, 12],
    [30, 30, 13],
  ])('of %i to %i subjects is %i', (from, to, boundary) => {
    for (let n = from; n <= to; n++) {
      const found = signal(...Array.from({ length: n }, () => subject()));
      expect([n, found.boundary]).toEqual([n, boundary]);
    }
  });

  it('is none for one subject', () => {
    expect(signal(subject()).boundary).toBeUndefined();
  });

  it('is that of the Beta distribution', () => {
    // 1 - 0.3^3, and the sum of C(12, k) 0.3^k 0.7^(12 - k) for k = 0 … 4 in exact fractions.
    expect(exceeds(0.3, 3, 1)).toBeCloseTo(0.973, 12);
    expect(exceeds(0.3, 5, 8)).toBeCloseTo(0.72365546953, 12);
  });
});

describe('the safety signal', () => {
  it('counts a subject with a dose-limiting event, and pauses at the boundary', () => {
    const one = signal(subject(adverseEventOf(crs)), subject());
    expect(one).toMatchObject({ advice: 'continue', n: 2, dlt: 1, boundary: 2, reasons: [] });
    const two = signal(subject(adverseEventOf(crs)), subject(adverseEventOf(crs)));
    expect(two).toMatchObject({ advice: 'pause-enrolment', n: 2, dlt: 2 });
    expect(two.reasons.map(({ rule }) => rule)).toEqual(['R12/boundary']);
  });

  it.each<[string, EventRow, number]>([
    ['on day 28', { ...crs, onset: '2024-04-01' }, 1],
    ['on day 29', { ...crs, onset: '2024-04-02' }, 0],
    ['before the first dose', { ...crs, onset: '2024-03-03' }, 0],
    ['of a held grade', { ...crs, grade: 2 }, 0],
    ['that is unlikely related', { ...crs, relatedness: 'C53257' }, 0],
  ])('takes an event %s as dose-limiting or not', (_, event, dlt) => {
    expect(signal(subject(adverseEventOf(event))).dlt).toBe(dlt);
  });

  it('leaves out a subject whose window is open', () => {
    const early = readAsOf('2024-04-01', trial.zone) as AsOf;
    expect(safetySignal({ trial, subjects: [subject()], asOf: early }).n).toBe(0);
  });

  it.each<[string, readonly TrialRecord[]]>([
    ['R12/grade-5', [adverseEventOf({ code: 'C143827', grade: 5, onset: '2024-05-20' })]],
    ['R12/organ-grade-4', [adverseEventOf({ code: 'C58188', grade: 4, onset: '2024-05-20' })]],
    [
      'R12/rcl',
      ['2024-04-02', '2024-04-09'].map((at) =>
        observationOf({ code: 'rcl-blood', at, value: 'POS', system: 'interpretation' }),
      ),
    ],
  ])('pauses at once by %s', (rule, records) => {
    const found = signal(subject(...records));
    expect(found.advice).toBe('pause-enrolment');
    expect(found.reasons.map((one) => one.rule)).toEqual([rule]);
  });

  it('takes one positive test for virus as unconfirmed', () => {
    const test = { code: 'rcl-blood', value: 'POS', system: 'interpretation' } as const;
    expect(signal(subject(observationOf({ ...test, at: '2024-04-02' }))).advice).toBe('continue');
  });
});
