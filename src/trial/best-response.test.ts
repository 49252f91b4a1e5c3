import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import rows from '../../test/cases/trial/best-response.json' with { type: 'json' };
import recomputed from '../../test/cases/trial/response-recomputed.json' with { type: 'json' };
import { lesionRecords, overallRecord, type TestLesion } from '../../test/support/lesions.ts';
import { namedParts, namedValues } from '../../test/support/named-values.ts';
import {
  dateOf,
  extension,
  infusion,
  momentOf,
  seededTrial,
  subjectWith,
} from '../../test/support/subject.ts';
import type { Resource } from '../fhir/resource.ts';
import { bestResponseAnswer } from './best-response-answer.ts';

const trial = seededTrial();

function answerOf(resources: readonly Resource[], asOf = '2026-01-01') {
  const records = subjectWith(resources);
  return bestResponseAnswer({ trial, records, asOf: momentOf(asOf, trial.zone) });
}

function therapy(day: number): Resource {
  return {
    resourceType: 'MedicationStatement',
    id: 'therapy',
    status: 'active',
    effectivePeriod: { start: dateOf(day) },
    extension: [extension('prior-therapy', { extension: [] })],
  };
}

const overallOf = (rows: readonly unknown[][]) =>
  rows.map(([day, response]) => overallRecord(Number(day), response as string));

describe('the best overall response', () => {
  it.each(rows)('of $title', ({ responses, therapyDay, best, confirmed, unconfirmed }) => {
    const other = therapyDay === undefined ? [] : [therapy(therapyDay)];
    const { values } = namedValues(answerOf([infusion(), ...overallOf(responses), ...other]));
    expect([
      values['bestOverallResponse'],
      values['confirmed'],
      values['unconfirmedBestResponse'],
    ]).toEqual([best, confirmed, unconfirmed]);
  });

  it('is absent before any infusion', () => {
    const { values, absent } = namedValues(answerOf(overallOf([[56, 'PR']])));
    expect(Object.keys(values)).toEqual(['subject', 'asOf']);
    expect(absent).toEqual({
      bestOverallResponse: 'not-applicable',
      confirmed: 'not-applicable',
      unconfirmedBestResponse: 'not-applicable',
      bestPercentChange: 'not-applicable',
    });
  });

  it('does not know a confirmation that is still to come', () => {
    const records = [infusion(), ...overallOf([[56, 'PR'], [84, 'PR']])]; // prettier-ignore
    expect(namedValues(answerOf(records, dateOf(83))).values['bestOverallResponse']).toBe('SD');
  });
});

describe('the response that the measurements say', () => {
  it.each(recomputed)('of $title', ({ lesions, days, recomputed: expected, sums }) => {
    const measured = (lesions as unknown as readonly TestLesion[]).flatMap(lesionRecords);
    const overall = days.map((day) => overallRecord(day, 'NE'));
    const parts = namedParts(answerOf([infusion(), ...measured, ...overall]), 'assessment');
    expect(parts.map((part) => part['recomputed'] ?? null)).toEqual(expected);
    const actual = parts.map((part) => part['sumOfDiameters'] ?? null);
    expect(actual).toEqual(sums.map((sum) => (sum === null ? null : expect.closeTo(sum, 9))));
    expect(parts.map((part) => part['response'])).toEqual(days.map(() => 'NE'));
  });

  it('comes from the recorded sums where nothing else is recorded', () => {
    const sums: [number, number][] = [
      [-7, 100],
      [56, 70],
      [112, 84],
      [140, 0],
    ];
    const overall = sums.map(([day, sum]) => overallRecord(day, 'SD', sum));
    const answer = answerOf([infusion(), ...overall]);
    const parts = namedParts(answer, 'assessment');
    expect(parts.map((part) => part['recomputed'])).toEqual(['PR', 'PD', 'CR']);
    expect(parts.map((part) => part['percentChangeFromNadir'])).toEqual([-30, 20, -100]);
    expect(namedValues(answer).values['bestPercentChange']).toBe(-100);
  });
});

describe('whatever is stored', () => {
  const response = fc.constantFrom('CR', 'PR', 'SD', 'PD', 'NE');
  const series = fc.uniqueArray(
    fc.record({ day: fc.integer({ min: 1, max: 300 }), response, isError: fc.boolean() }),
    { selector: ({ day }) => day, maxLength: 8 },
  );

  it('its order, and what was entered in error, change nothing', () => {
    fc.assert(
      fc.property(series, (assessed) => {
        const all = assessed.map(({ day, response: value, isError }) => ({
          ...overallRecord(day, value),
          status: isError ? 'entered-in-error' : 'final',
        }));
        const expected = answerOf([infusion(), ...all]);
        expect(answerOf([infusion(), ...all].toReversed())).toEqual(expected);
        const right = all.filter(({ status }) => status === 'final');
        expect(answerOf([infusion(), ...right])).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
