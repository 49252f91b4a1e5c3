import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import rows from '../../test/cases/trial/persistence.json' with { type: 'json' };
import { namedValues } from '../../test/support/named-values.ts';
import { pcrSeries, type Pcr } from '../../test/support/pcr.ts';
import {
  dateOf,
  infusion,
  infusionStart,
  momentOf,
  seededTrial,
  subjectWith,
} from '../../test/support/subject.ts';
import type { Resource } from '../fhir/resource.ts';
import { persistenceAnswer } from './persistence-answer.ts';

const trial = seededTrial();

function answerOf(resources: readonly Resource[], asOf = '2026-01-01', inputs = {}) {
  const question = { trial, records: subjectWith(resources), asOf: momentOf(asOf, trial.zone) };
  return persistenceAnswer({ ...question, inputs: new Map(Object.entries(inputs)) });
}

/** Numbers within nine digits after the point, the rest as it is. */
function closeTo(expected: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(expected).map(([name, value]) => [
      name,
      typeof value === 'number' ? expect.closeTo(value, 9) : value,
    ]),
  );
}

const samplesOf = (samples: readonly unknown[][]): readonly Pcr[] =>
  samples.map(([day, level, method]) => ({
    day: Number(day),
    level: level as number | string,
    ...(method === undefined ? {} : { method: method as string }),
  }));

describe('the kinetics', () => {
  it.each(rows)('of $title', ({ samples, expected }) => {
    const answer = answerOf([infusion(), ...pcrSeries(samplesOf(samples))]);
    const { values, absent } = namedValues(answer);
    expect(values).toMatchObject(closeTo(expected));
    const named = ['cmax', 'tmax', 'auc', 'tlast', 'engrafted', 'outcome', 'lossDay', 'duration'];
    expect(named.filter((name) => values[name] === undefined)).toEqual(
      named.filter((name) => absent[name] !== undefined),
    );
    expect(named.filter((name) => values[name] !== undefined)).toEqual(
      named.filter((name) => name in expected),
    );
  });

  it('count the fraction of days from the start of the infusion', () => {
    const samples = [{ at: '2024-03-14T22:00:00+08:00', level: 100 }];
    expect(namedValues(answerOf([infusion(), ...pcrSeries(samples)])).values['tmax']).toBe(10.5);
  });

  it('are absent before any infusion', () => {
    const { values, absent } = namedValues(answerOf(pcrSeries([{ day: -7, level: 'ND' }])));
    expect(Object.keys(values)).toEqual(['subject', 'asOf', 'target']);
    expect(new Set(Object.values(absent))).toEqual(new Set(['not-applicable']));
    expect(Object.keys(absent)).toContain('auc');
  });

  it('know nothing of what happened after the moment', () => {
    const samples = pcrSeries(samplesOf([[10, 100], [28, 50], [56, 'ND'], [84, 'ND']])); // prettier-ignore
    expect(namedValues(answerOf([infusion(), ...samples], dateOf(56))).values).toMatchObject({
      outcome: 'unconfirmed',
      duration: 28,
    });
    const before = namedValues(answerOf([infusion(), ...samples], '2024-03-04T09:59:59+08:00'));
    expect(before.absent['cmax']).toBe('not-applicable');
  });

  it('never mix targets or compartments', () => {
    const samples = pcrSeries([
      { day: 10, level: 100 },
      { day: 10, level: 900, target: 'persist-tcrz' },
      { day: 10, level: 7000, type: 'TUMOR' },
    ]);
    const all = [infusion(), ...samples];
    expect(namedValues(answerOf(all)).values['cmax']).toBe(100);
    const other = answerOf(all, '2026-01-01', { target: 'persist-tcrz' });
    expect(namedValues(other).values).toMatchObject({ target: 'persist-tcrz', cmax: 900 });
  });
});

describe('the offset in which a time is written', () => {
  const hour = 3_600_000;
  const at = (milliseconds: number, offset: number) => {
    const local = new Date(milliseconds + offset * hour).toISOString().slice(0, 19);
    const sign = offset < 0 ? '-' : '+';
    return `${local}${sign}${String(Math.abs(offset)).padStart(2, '0')}:00`;
  };
  const start = Date.parse(infusionStart);
  const collection = fc.record({
    hours: fc.integer({ min: 1, max: 400 * 24 }),
    level: fc.oneof(fc.integer({ min: 25, max: 30_000 }), fc.constantFrom('ND', 'DET')),
  });

  it('changes nothing but the text', () => {
    fc.assert(
      fc.property(
        fc.array(collection, { maxLength: 10 }),
        fc.integer({ min: -11, max: 14 }),
        (collections, offset) => {
          const written = (zone: number) =>
            answerOf([
              infusion(at(start, zone)),
              ...pcrSeries(
                collections.map(({ hours, level }) => ({
                  at: at(start + hours * hour, zone),
                  level,
                })),
              ),
            ]);
          expect(written(offset)).toEqual(written(8));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('whatever is stored', () => {
  const levels = fc.oneof(
    fc.integer({ min: 25, max: 30_000 }),
    fc.constantFrom('ND', 'DET', 'failed'),
  );
  const series = fc.array(
    fc.record({ day: fc.integer({ min: -7, max: 400 }), level: levels, isError: fc.boolean() }),
    { maxLength: 12 },
  );

  it('its order, and what was entered in error, change nothing', () => {
    fc.assert(
      fc.property(series, (results) => {
        const all = pcrSeries(
          results.map(({ day, level, isError }) => ({
            day,
            level,
            status: isError ? 'entered-in-error' : 'final',
          })),
        );
        const wrong = new Set(
          all.filter(({ status }) => status === 'entered-in-error').map(({ id }) => id),
        );
        const expected = answerOf([infusion(), ...all]);
        expect(answerOf([infusion(), ...all].toReversed())).toEqual(expected);
        expect(answerOf([infusion(), ...all.filter(({ id }) => !wrong.has(id))])).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
