import { describe, expect, it } from '@jest/globals';
import table from '../../test/cases/trial/status-transitions.json' with { type: 'json' };
import { statusChange } from './subject-status.ts';

describe('the status of a subject', () => {
  it.each(table.rows.map((row) => [row.from, row] as const))(
    'goes from %s as R1 says',
    (from, row) => {
      const named = (change: string) =>
        table.statuses.filter((next) => statusChange(from ?? undefined, next) === change);
      expect(named('step').toSorted()).toEqual(row.step.toSorted());
      expect(named('skip').toSorted()).toEqual(row.skip.toSorted());
      expect(named('kept')).toEqual(from === null ? [] : [from]);
    },
  );

  it('is never brought on study by a client', () => {
    const enrolled = ['on-study', 'on-study-intervention', 'on-study-observation', 'follow-up'];
    const before = table.rows
      .map(({ from }) => from)
      .filter((from) => !enrolled.includes(from ?? ''));
    for (const from of before) {
      for (const next of enrolled) {
        expect(statusChange(from ?? undefined, next)).toBe('refused');
      }
    }
  });

  it('that R4 does not know is left to the validator', () => {
    expect(statusChange('screening', 'enrolled')).toBe('kept');
  });
});
