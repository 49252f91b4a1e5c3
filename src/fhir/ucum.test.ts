import { describe, expect, it } from '@jest/globals';
import { isUnit, toBase, unitScale } from './ucum.ts';

describe('unitScale', () => {
  it.each([
    ['mg', 'g', 0.001],
    ['mL', 'm3', 0.000001],
    ['10*9/L', 'm-3', 1e12],
    ['mm[Hg]', 'g.m-1.s-2', 133_322],
    ['%', '1', 0.01],
    ['k[IU]/L', '[iU].m-3', 1e6],
    ['/[HPF]', '[HPF]-1', 1],
  ])('reduces %s to %s', (code, base, factor) => {
    expect(unitScale(code)).toEqual({ base, factor, offset: 0 });
  });

  it.each([
    '{cells}',
    '{copies}/ug',
    'mL/min/{1.73_m2}',
    '[pH]',
    'dB',
    'W/Cel',
    'mgg',
    '',
    '((',
    'm'.repeat(200),
  ])('knows no scale of %s', (code) => {
    expect(unitScale(code)).toBeUndefined();
  });

  it('reduces a base unit to itself', () => {
    for (const base of ['g', 'm-3', 'g.m-1.s-2', '1', 'K', '[iU].m-3']) {
      expect(unitScale(base)).toEqual({ base, factor: 1, offset: 0 });
    }
  });

  it('gives a value one digit text, whatever unit it was written in', () => {
    const values = [
      ['mg', 5450],
      ['g', 5.45],
      ['kg', 0.00545],
    ] as const;
    const inBase = values.map(([code, value]) => {
      const scale = unitScale(code);
      return scale && toBase(scale, value);
    });
    expect(inBase).toEqual([5.45, 5.45, 5.45]);
  });
});

describe('isUnit', () => {
  it('takes any annotation, and no text that is no unit', () => {
    const codes = ['{cells}/uL', 'mL/min/{1.73_m2}', 'mg', 'mgg', 'µg', 'mm Hg', ''];
    expect(codes.filter(isUnit)).toEqual(['{cells}/uL', 'mL/min/{1.73_m2}', 'mg']);
  });
});
