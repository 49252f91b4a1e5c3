import { describe, expect, it } from '@jest/globals';
import { scoresOf } from '../../test/support/measure.ts';
import { pcrSeries, type Pcr } from '../../test/support/pcr.ts';
import { infusion, momentOf, seededTrial, subjectWith } from '../../test/support/subject.ts';
import { persistenceEndpoint } from './persistence-endpoint.ts';

const trial = seededTrial();

type Series = readonly (readonly [day: number, level: number | string])[];

function subject(series: Series, index: number) {
  const samples: readonly Pcr[] = series.map(([day, level]) => ({ day, level }));
  return subjectWith([infusion(), ...pcrSeries(samples)], `s${index}`);
}

const endpointOf = (subjects: ReturnType<typeof subject>[]) =>
  persistenceEndpoint({ trial, subjects, asOf: momentOf('2026-01-01', trial.zone) });

/** Losses on days 56 and 112, a failure at once, two who keep their cells, one who is unknown. */
const cohort: readonly Series[] = [
  [[14, 100], [28, 100], [56, 'ND'], [84, 'ND']],
  [[14, 400], [28, 400], [112, 'ND'], [140, 'ND']],
  [[14, 'ND'], [28, 'ND']],
  [[14, 100], [28, 100], [84, 100]],
  [[14, 100], [28, 100], [400, 100]],
  [[14, 'ND']],
]; // prettier-ignore

describe('the persistence of the study', () => {
  it('is the estimate of Kaplan and Meier over those with an outcome', () => {
    const scores = scoresOf(endpointOf(cohort.map(subject)));
    expect(scores).toMatchObject({
      'S(168)': expect.closeTo(0.3, 12),
      'S(365)': expect.closeTo(0.3, 12),
      // lifelines 0.30.3: KaplanMeierFitter().fit([56, 112, 0, 84, 365], [1, 1, 1, 0, 0])
      'S(168) lower95': expect.closeTo(0.012301529425416074, 12),
      'S(168) upper95': expect.closeTo(0.719218020810415, 12),
      median: 112,
      events: 3,
      censored: 2,
      'geometric mean cmax': expect.closeTo(Math.SQRT2 * 100, 9),
      'zeros cmax': 2,
      'zeros auc': 1,
    });
  });

  it('does not depend on the order of the subjects', () => {
    const subjects = cohort.map(subject);
    expect(endpointOf(subjects.toReversed())).toEqual(endpointOf(subjects));
  });

  it('has no limits where nobody lost, and no number where there is nobody', () => {
    const kept = scoresOf(endpointOf([subject(cohort[3] ?? [], 0)]));
    expect([kept['S(168)'], kept['S(168) lower95'], kept['median']]).toEqual([1, undefined, undefined]); // prettier-ignore
    const none = scoresOf(endpointOf([]));
    expect([none['S(168)'], none['events']]).toEqual([undefined, 0]);
  });

  it('leaves out who was not infused', () => {
    const waiting = subjectWith(pcrSeries([{ day: -7, level: 'ND' }]));
    const report = endpointOf([waiting]);
    expect(scoresOf(report)['zeros cmax']).toBe(0);
    expect(report['evaluatedResource']).toBeUndefined();
  });
});
