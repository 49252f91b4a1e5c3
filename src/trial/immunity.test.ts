import { describe, expect, it } from '@jest/globals';
import rows from '../../test/cases/trial/immunity.json' with { type: 'json' };
import { assayRecords, type TestAssay } from '../../test/support/immunity.ts';
import { namedValues, partsOf } from '../../test/support/named-values.ts';
import { pcrSeries, type Pcr } from '../../test/support/pcr.ts';
import { infusion, momentOf, seededTrial, subjectWith } from '../../test/support/subject.ts';
import type { Resource } from '../fhir/resource.ts';
import { immunityAnswer } from './immunity-answer.ts';

const trial = seededTrial();

function answerOf(resources: readonly Resource[], asOf = '2026-01-01') {
  const records = subjectWith(resources);
  return immunityAnswer({ trial, records, asOf: momentOf(asOf, trial.zone) });
}

describe('immunity', () => {
  it.each(rows)('with $title', (row) => {
    const assays = assayRecords(row.assays as unknown as readonly TestAssay[]);
    const answer = answerOf([infusion(), ...assays]);
    const [humoral, cellular, either] = ['humoral', 'cellular', 'either'].map((run) =>
      partsOf(answer, run),
    );
    expect(humoral?.['state']).toBe(row.humoral);
    expect(humoral?.['onset']).toBe(row.onset);
    expect(humoral?.['foldRise']).toBe(row.foldRise);
    expect(cellular?.['state']).toBe(row.cellular);
    expect(cellular?.['foldRise']).toBe(row.cellularRise);
    expect(either).toMatchObject({ state: row.either, sequence: 'no-loss' });
    expect(answerOf([infusion(), ...assays].toReversed())).toEqual(answer);
  });

  it('is absent before any infusion', () => {
    expect(namedValues(answerOf(assayRecords([['murine', 28, 'POS']]))).absent).toEqual({
      humoral: 'not-applicable',
      cellular: 'not-applicable',
      either: 'not-applicable',
    });
  });

  it('without what was entered in error is as if that had never been', () => {
    const [drawn, ...result] = assayRecords([['murine', 28, 'POS']]);
    const wrong = result.map((one) => ({ ...one, status: 'entered-in-error' }));
    const records = [infusion(), ...(drawn === undefined ? [] : [drawn]), ...wrong];
    expect(answerOf(records)).toEqual(answerOf([infusion()]));
  });
});

describe('immunity and loss', () => {
  const lost = pcrSeries(
    ([[28, 100], [56, 'ND'], [84, 'ND']] as const).map(([day, level]): Pcr => ({ day, level })), // prettier-ignore
  );

  it.each([
    [28, 'POS', 'immunity-before-loss'],
    [56, 'POS', 'after-loss'],
    [84, 'POS', 'after-loss'],
    [28, 'NEG', 'none'],
  ] as const)('on day %i %s is %s', (day, verdict, sequence) => {
    const answer = answerOf([infusion(), ...lost, ...assayRecords([['murine', day, verdict]])]);
    expect(partsOf(answer, 'humoral')['sequence']).toBe(sequence);
  });

  it('a rise after the loss does not count', () => {
    const assays = assayRecords([
      ['murine', -7, 'NEG', 10],
      ['murine', 28, 'POS', 40],
      ['murine', 112, 'POS', 640],
    ]);
    const answer = answerOf([infusion(), ...lost, ...assays]);
    expect(partsOf(answer, 'humoral')['foldRise']).toBe(4);
  });
});
