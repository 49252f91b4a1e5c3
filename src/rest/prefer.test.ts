import { describe, expect, it } from '@jest/globals';
import { preferredHandling, preferredReturn } from './prefer.ts';

const prefer = (value: string | undefined) => ({
  header: (name: string) => (name === 'prefer' ? value : undefined),
});

describe('preferredReturn', () => {
  it.each([
    [undefined, undefined],
    ['return=minimal', 'minimal'],
    ['return="representation"', 'representation'],
    ['handling=strict, return=OperationOutcome', 'OperationOutcome'],
    ['respond-async; return=minimal', 'minimal'],
    ['return=everything', undefined],
  ])('reads %s as %s', (header, expected) => {
    expect(preferredReturn(prefer(header))).toBe(expected);
  });
});

describe('preferredHandling', () => {
  it.each([
    [undefined, 'strict'],
    ['handling=strict', 'strict'],
    ['return=minimal, handling=lenient', 'lenient'],
  ])('reads %s as %s', (header, expected) => {
    expect(preferredHandling(prefer(header))).toBe(expected);
  });
});
