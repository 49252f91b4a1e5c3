import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import cases from '../../../test/cases/trial/statistics.json' with { type: 'json' };
import { geometricMean, median } from './average.ts';
import { exactInterval } from './clopper-pearson.ts';
import { kaplanMeier, medianSurvival, survivalAt, type FollowUp } from './kaplan-meier.ts';
import { spearman } from './spearman.ts';
import { interpolate, trapezoidArea } from './trapezoid.ts';
import { fisherExact, phi } from './two-by-two.ts';

/** Expected within twelve digits of what scipy and lifelines say. */
function near(actual: number | undefined, expected: number) {
  expect(Math.abs((actual ?? NaN) - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
}

describe('a 2 × 2 table', () => {
  it.each(cases.fisherExact)('$table has p $p and φ $phi', ({ table, p, phi: expected }) => {
    const [exposedEvent = 0, exposedNone = 0, unexposedEvent = 0, unexposedNone = 0] = table;
    const counts = { exposedEvent, exposedNone, unexposedEvent, unexposedNone };
    near(fisherExact(counts), p);
    if (expected === null) expect(phi(counts)).toBeUndefined();
    else near(phi(counts), expected);
  });
});

describe('the exact interval', () => {
  it.each(cases.exactInterval)('of $count of $total', ({ count, total, lower, upper }) => {
    near(exactInterval(count, total).lower, lower);
    near(exactInterval(count, total).upper, upper);
  });
});

describe('Spearman ρ', () => {
  it.each(cases.spearman)('of $x and $y is $rho', ({ x, y, rho }) => {
    near(spearman(x.map((value, index) => [value, y[index] ?? 0])), rho);
  });

  it('is none when one measure never changes', () => {
    expect(spearman([1, 2, 3, 4].map((x) => [x, 7]))).toBeUndefined();
  });
});

describe('averages and areas', () => {
  it('agree with scipy', () => {
    const { values } = cases.averages;
    near(geometricMean(values), cases.averages.geometricMean);
    expect(median(values)).toBe(cases.averages.median);
    const { times, values: heights, area } = cases.trapezoidArea;
    const points = times.map((time, index) => ({ time, value: heights[index] ?? 0 }));
    expect(trapezoidArea(points)).toBe(area);
  });

  it('of nothing are none', () => {
    expect([geometricMean([]), median([])]).toEqual([undefined, undefined]);
  });

  it('interpolate along the line', () => {
    expect(interpolate({ time: 21, value: 4200 }, { time: 35, value: 200 }, 28)).toBe(2200);
  });
});

describe('Kaplan and Meier', () => {
  it.each(cases.kaplanMeier)('of $title', ({ times, events, steps, median: expected }) => {
    const followUps = times.map((time, index) => ({ time, event: events[index] === 1 }));
    const actual = kaplanMeier(followUps);
    for (const { time, survival, lower, upper } of steps) {
      const step = survivalAt(actual, time);
      expect(Math.abs(step.survival - survival)).toBeLessThan(1e-12);
      if (lower === undefined) expect(step.interval).toBeUndefined();
      else near(step.interval?.lower, lower);
      if (upper !== undefined) near(step.interval?.upper, upper);
    }
    expect(medianSurvival(actual)).toBe(expected);
  });

  it('starts from all alive, and without anybody stays there', () => {
    expect(survivalAt(kaplanMeier([]), 365)).toEqual({ time: 0, survival: 1 });
    expect(medianSurvival(kaplanMeier([]))).toBeUndefined();
  });
});

describe('the order of the input', () => {
  const followUp = fc.record({ time: fc.integer({ min: 0, max: 365 }), event: fc.boolean() });
  const numbers = fc.array(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), { maxLength: 20 });

  it('changes no digit', () => {
    fc.assert(
      fc.property(fc.array(followUp, { maxLength: 30 }), numbers, (followUps, values) => {
        const reversed: readonly FollowUp[] = followUps.toReversed();
        expect(kaplanMeier(reversed)).toEqual(kaplanMeier(followUps));
        expect(geometricMean(values.toReversed())).toBe(geometricMean(values));
        expect(median(values.toReversed())).toBe(median(values));
        const pairs = followUps.map(({ time }, index) => [time, index % 7] as const);
        expect(spearman(pairs.toReversed())).toBe(spearman(pairs));
      }),
    );
  });
});
