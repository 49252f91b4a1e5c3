import { describe, expect, it } from '@jest/globals';
import { assayRecords, type TestAssay } from '../../test/support/immunity.ts';
import { scoresOf } from '../../test/support/measure.ts';
import { pcrSeries, type Pcr } from '../../test/support/pcr.ts';
import { infusion, momentOf, seededTrial, subjectWith } from '../../test/support/subject.ts';
import { immunityCorrelation } from './immunity-correlation.ts';
import type { Trial } from './trial.ts';

const trial = seededTrial();

type Series = readonly (readonly [day: number, level: number | string])[];

interface Case {
  readonly series: Series;
  readonly assays: readonly TestAssay[];
}

function subject({ series, assays }: Case, index: number) {
  const samples = series.map(([day, level]): Pcr => ({ day, level }));
  return subjectWith([infusion(), ...pcrSeries(samples), ...assayRecords(assays)], `s${index}`);
}

const endpointOf = (cases: readonly Case[], asked: Trial = trial) =>
  immunityCorrelation({
    trial: asked,
    subjects: cases.map(subject),
    asOf: momentOf('2026-01-01', trial.zone),
  });

const lostOn = (day: number): Series => [
  [14, 100],
  [28, 100],
  [day, 'ND'],
  [day + 28, 'ND'],
];
const kept: Series = [
  [14, 100],
  [28, 100],
  [355, 'DET'],
];
const immune = (titre: number): readonly TestAssay[] => [
  ['murine', -7, 'NEG', '<20'],
  ['murine', 28, 'POS', titre],
];
const tolerant: readonly TestAssay[] = [
  ['murine', -7, 'NEG', '<20'],
  ['murine', 28, 'NEG', '<20'],
];

const cohort: readonly Case[] = [
  { series: lostOn(56), assays: immune(320) },
  { series: lostOn(84), assays: immune(160) },
  { series: lostOn(112), assays: immune(80) },
  { series: kept, assays: immune(40) },
  { series: lostOn(140), assays: tolerant },
  { series: kept, assays: tolerant },
  { series: kept, assays: tolerant },
  { series: [[28, 100], [84, 100]], assays: tolerant }, // prettier-ignore
];

describe('immunity and loss in the study', () => {
  it('is a table at the landmark, with its p, its φ and a rank correlation', () => {
    expect(scoresOf(endpointOf(cohort))).toMatchObject({
      'humoral immune lost': 3,
      'humoral immune kept': 1,
      'humoral not immune lost': 1,
      'humoral not immune kept': 2,
      'humoral censored': 1,
      // scipy 1.17.1: fisher_exact([[3, 1], [1, 2]]).pvalue
      'humoral p': expect.closeTo(0.48571428571428565, 12),
      'humoral phi': expect.closeTo(5 / 12, 12),
      // scipy 1.17.1: spearmanr([16, 8, 4, 2, 1, 1, 1], [56, 84, 112, 365, 140, 365, 365])
      'humoral rho': expect.closeTo(-0.8461538461538463, 12),
      'humoral n': 7,
      'cellular immune lost': 0,
      'cellular censored': 0,
      'cellular p': 1,
      'cellular phi': undefined,
      'cellular rho': undefined,
      'cellular n': 0,
      'either immune lost': 3,
    });
  });

  it.each([
    ['lost by the landmark', { series: lostOn(31), assays: immune(80) }],
    ['never engrafted', { series: [[14, 'ND'], [28, 'ND'], [56, 'ND']], assays: immune(80) }], // prettier-ignore
    ['not followed beyond the landmark', { series: [[28, 100]], assays: immune(80) }],
    ['not tested by the landmark', { series: lostOn(84), assays: [['murine', 32, 'POS']] }],
    ['tested on day 0 only', { series: lostOn(84), assays: [['murine', 0, 'POS']] }],
  ] as [string, Case][])('leaves out who was %s', (_, one) => {
    const scores = scoresOf(endpointOf([one]));
    const cells = ['immune lost', 'immune kept', 'not immune lost', 'not immune kept', 'censored'];
    expect(cells.map((cell) => scores[`humoral ${cell}`])).toEqual([0, 0, 0, 0, 0]);
  });

  it('takes who turned immune after the landmark as not immune by it', () => {
    const late: Case = {
      series: lostOn(84),
      assays: [...tolerant, ['murine', 56, 'POS', 640]],
    };
    expect(scoresOf(endpointOf([late]))['humoral not immune lost']).toBe(1);
  });

  it('takes as kept whoever has cells from the window of the visit at the horizon on', () => {
    const keptOn = (day: number, asked?: Trial) => {
      const series: Series = [
        [14, 100],
        [28, 100],
        [day, 'DET'],
      ];
      return scoresOf(endpointOf([{ series, assays: tolerant }], asked))['humoral not immune kept'];
    };
    expect([350, 351].map((day) => keptOn(day))).toEqual([0, 1]);
    const isAtHorizon = { target: '2025-03-04', start: '2025-02-25', end: '2025-03-11' };
    const amended = (windows: ReturnType<Trial['plan']['windowsAt']>): Trial => ({
      ...trial,
      plan: { ...trial.plan, windowsAt: () => windows },
    });
    expect([357, 358].map((day) => keptOn(day, amended([isAtHorizon])))).toEqual([0, 1]);
    expect([364, 365].map((day) => keptOn(day, amended([])))).toEqual([0, 1]);
  });

  it('does not depend on the order of the subjects', () => {
    expect(scoresOf(endpointOf(cohort.toReversed()))).toEqual(scoresOf(endpointOf(cohort)));
  });
});
