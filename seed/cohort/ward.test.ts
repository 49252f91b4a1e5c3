import { describe, expect, it } from '@jest/globals';
import { cohort, type Chart } from './cohort.ts';

const options = { subjects: 1, seed: 1, start: '2010-01-05', until: '2026-06-30' };

function identifiersOf(chart: Chart): readonly string[] {
  return [...cohort({ ...options, chart })]
    .flatMap(({ body }) => (body?.['entry'] ?? []) as readonly { readonly resource?: object }[])
    .map(({ resource }) => JSON.stringify((resource as Record<string, unknown>)['identifier']));
}

describe('the chart of the ward', () => {
  it('doubles the records of a subject, and charts none twice', () => {
    const [visits, all] = [identifiersOf('visits'), identifiersOf('ward')];
    expect(all.length).toBeGreaterThan(1.5 * visits.length);
    const charted = all.filter((identifier) => identifier.includes('"ward-'));
    expect(charted).toHaveLength(29 * (4 * 6 + 10));
    expect(new Set(charted).size).toBe(charted.length);
  });

  it('is at its shortest half of what the visits have', () => {
    expect(identifiersOf('one').length).toBeLessThan(0.5 * identifiersOf('visits').length);
  });
});
