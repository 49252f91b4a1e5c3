import { describe, expect, it } from '@jest/globals';
import { createVerdicts } from './reference-verdicts.ts';

describe('verdicts', () => {
  it('are asked for once for each version and profile', () => {
    const verdicts = createVerdicts();
    const never = () => {
      throw new Error('asked twice');
    };
    expect(verdicts(1, 'urn:a', () => true)).toBe(true);
    expect(verdicts(1, 'urn:b', () => false)).toBe(false);
    expect(verdicts(2, 'urn:a', () => false)).toBe(false);
    expect(verdicts(1, 'urn:a', never)).toBe(true);
    expect(verdicts(1, 'urn:b', never)).toBe(false);
  });

  it('are forgotten when there are many, the oldest first', () => {
    const verdicts = createVerdicts();
    for (let sequence = 0; sequence <= 20_000; sequence++) verdicts(sequence, 'urn:a', () => true);
    expect(verdicts(0, 'urn:a', () => false)).toBe(false);
    expect(verdicts(20_000, 'urn:a', () => false)).toBe(true);
  });
});
