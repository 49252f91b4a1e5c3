import { describe, expect, it } from '@jest/globals';
import { local } from '../../test/support/subject.ts';
import { compareGrade } from './toxicity-grade.ts';

type Value = string | number | boolean;

/** The code system of the values of a component. */
const systems: Readonly<Record<string, string>> = {
  vasopressor: 'pressor',
  oxygen: 'oxygen',
  consciousness: 'consciousness',
  seizure: 'seizure',
  'cerebral-oedema': 'oedema',
};

function valueOf(code: string, value: Value): object {
  if (typeof value === 'boolean') return { valueBoolean: value };
  if (typeof value === 'number') return { valueInteger: value };
  return { valueCodeableConcept: local(systems[code] ?? '', value) };
}

function recomputed(kind: 'crs' | 'icans', parts: Readonly<Record<string, Value>>, grade = 0) {
  return compareGrade({
    code: local('code', `${kind}-grade`),
    valueCodeableConcept: local('astct', `grade-${grade}`),
    component: Object.entries(parts).map(([code, value]) => ({
      code: local('code', code),
      ...valueOf(code, value),
    })),
  })?.recomputed;
}

describe('a grade of CRS', () => {
  it.each([
    [false, 'none-needed', 'none', 0],
    [false, 'multiple', 'positive-pressure', 0],
    [true, 'none-needed', 'none', 1],
    [true, 'hypotension-no-pressor', 'none', 2],
    [true, 'none-needed', 'low-flow', 2],
    [true, 'one', 'low-flow', 3],
    [true, 'hypotension-no-pressor', 'high-flow', 3],
    [true, 'multiple', 'none', 4],
    [true, 'none-needed', 'positive-pressure', 4],
  ])('with fever %s, vasopressor %s, oxygen %s is %i', (fever, vasopressor, oxygen, grade) => {
    expect(recomputed('crs', { fever, vasopressor, oxygen })).toBe(grade);
  });

  it.each([
    [{ vasopressor: 'one', oxygen: 'none' }],
    [{ fever: true, oxygen: 'none' }],
    [{ fever: true, vasopressor: 'one' }],
  ])('is not told by %j alone', (parts) => {
    expect(recomputed('crs', parts)).toBeUndefined();
  });
});

describe('a grade of ICANS', () => {
  it.each([
    [{ 'ice-score': 10 }, 0],
    [{ 'ice-score': 9 }, 1],
    [{ 'ice-score': 7 }, 1],
    [{ 'ice-score': 6 }, 2],
    [{ 'ice-score': 3 }, 2],
    [{ 'ice-score': 2 }, 3],
    [{ 'ice-score': 0 }, 3],
    [{ 'ice-score': 0, consciousness: 'unarousable' }, 4],
    [{ 'ice-score': 10, consciousness: 'awake' }, 0],
    [{ 'ice-score': 10, consciousness: 'spontaneous' }, 1],
    [{ 'ice-score': 8, consciousness: 'voice' }, 2],
    [{ 'ice-score': 8, consciousness: 'tactile' }, 3],
    [{ 'ice-score': 5, seizure: 'brief' }, 3],
    [{ 'ice-score': 5, seizure: 'prolonged' }, 4],
    [{ 'ice-score': 5, seizure: 'none' }, 2],
    [{ 'ice-score': 10, 'motor-weakness': true }, 4],
    [{ 'ice-score': 10, 'motor-weakness': false }, 0],
    [{ 'ice-score': 10, 'cerebral-oedema': 'focal' }, 3],
    [{ 'ice-score': 10, 'cerebral-oedema': 'diffuse' }, 4],
  ] as readonly (readonly [Readonly<Record<string, Value>>, number])[])(
    'with %j is %i',
    (parts, grade) => {
      expect(recomputed('icans', parts)).toBe(grade);
    },
  );

  it('is not told without an ICE score', () => {
    expect(recomputed('icans', { consciousness: 'voice' })).toBeUndefined();
  });
});

describe('a recorded grade', () => {
  it('stands beside the recomputed one', () => {
    const parts = { fever: true, vasopressor: 'one', oxygen: 'low-flow' };
    expect(recomputed('crs', parts, 3)).toBe(3);
    expect(recomputed('crs', parts, 1)).toBe(3);
  });

  it('of a death is not recomputed', () => {
    expect(recomputed('icans', { 'ice-score': 0 }, 5)).toBeUndefined();
  });
});
