import { describe, expect, it } from '@jest/globals';
import { namedValues } from '../../test/support/named-values.ts';
import {
  dateOf,
  infusion,
  local,
  momentOf,
  resultOf,
  seededTrial,
  specimen,
  subjectWith,
} from '../../test/support/subject.ts';
import { parametersOf } from '../../test/support/trial.ts';
import type { Resource } from '../fhir/resource.ts';
import { subsetTrendAnswer } from './subset-trend.ts';

const trial = seededTrial();

function answerOf(resources: readonly Resource[], asOf = '2026-01-01') {
  const records = subjectWith(resources);
  return subsetTrendAnswer({ trial, records, asOf: momentOf(asOf, trial.zone) });
}

interface Flow {
  readonly day: number;
  readonly type?: string;
  readonly gate?: string;
  readonly numbers: Readonly<Record<string, number>>;
  readonly status?: string;
}

function flow({ day, type, gate, numbers, status }: Flow): readonly Resource[] {
  const id = `${type ?? 'blood'}-${gate ?? 'cd3'}-${day}`;
  const component = [
    ...(gate === 'none'
      ? [{ code: local('code', 'parent-gate') }]
      : [
          {
            code: local('code', 'parent-gate'),
            valueCodeableConcept: local('gate', gate ?? 'car-cd3'),
          },
        ]),
    ...Object.entries(numbers).map(([code, value]) => ({
      code: local('code', code),
      valueQuantity: { value },
    })),
  ];
  return [
    specimen(id, dateOf(day), type),
    resultOf(id, 'tcell-subsets', { status: status ?? 'final', component }),
  ];
}

const product = flow({ day: -8, type: 'product-sample', numbers: { tcm: 40, tem: 38, treg: 3 } });
const blood = [7, 14, 28, 56].flatMap((day, index) =>
  flow({ day, numbers: { tcm: 35 - 5 * index, tem: 50 + index, treg: 4 } }),
);

describe('the trend of the subsets', () => {
  it('is the change from the product, and a correlation from four points on', () => {
    const answer = answerOf([infusion(), ...product, ...blood]);
    const [tcm, tem, treg] = parametersOf(answer, 'subset') as Record<string, unknown>[];
    expect(tcm).toMatchObject({ code: 'tcm', product: 40, rho: -1 });
    expect(tcm?.['point']).toMatchObject([
      { visit: 'D7', percent: 35, changeFromProduct: -5, time: { value: 7 } },
      { visit: 'D14', percent: 30, changeFromProduct: -10 },
      { visit: 'D28', percent: 25, changeFromProduct: -15 },
      { visit: 'W8', percent: 20, changeFromProduct: -20 },
    ]);
    expect(tem).toMatchObject({ rho: 1 });
    // Treg never changes: there is no rank to correlate.
    expect(treg).not.toHaveProperty('rho');
  });

  it('has no correlation of three points, and no change without a product', () => {
    const answer = answerOf([infusion(), ...blood.slice(0, 6)]);
    const [tcm] = parametersOf(answer, 'subset') as Record<string, unknown>[];
    expect(tcm).not.toHaveProperty('rho');
    expect(tcm).not.toHaveProperty('product');
    expect((tcm?.['point'] as object[])[0]).not.toHaveProperty('changeFromProduct');
  });

  it('never mixes gates, and lists what has too few cells', () => {
    const answer = answerOf([
      infusion(),
      ...blood,
      ...flow({ day: 14, gate: 'car-cd4', numbers: { tcm: 1 } }),
      ...flow({ day: 84, numbers: { tcm: 1, 'car-count': 0.9 } }),
      ...flow({ day: 91, gate: 'none', numbers: {} }),
    ]);
    const [tcm] = parametersOf(answer, 'subset') as Record<string, unknown>[];
    expect(tcm?.['point']).toHaveLength(4);
    expect(parametersOf(answer, 'excluded')).toEqual([
      {
        record: { reference: 'Observation/of-blood-cd3-84/_history/1' },
        reason: 'The count of CAR T cells is below 1 /uL.',
      },
      {
        record: { reference: 'Observation/of-blood-none-91/_history/1' },
        reason: 'The parent gate has no events.',
      },
    ]);
  });

  it('is absent before any infusion, and of what was never measured', () => {
    expect(namedValues(answerOf(product)).absent['tcm']).toBe('not-applicable');
    const measured = answerOf([infusion(), ...flow({ day: 14, numbers: { tcm: 30 } })]);
    expect(namedValues(measured).absent).toEqual({ tem: 'unknown', treg: 'unknown' });
  });

  it('is the same in any order, and without what was entered in error', () => {
    const all = [infusion(), ...product, ...blood];
    const wrong = flow({ day: 21, numbers: { tcm: 99 }, status: 'entered-in-error' });
    expect(answerOf([...wrong, ...all].toReversed())).toEqual(answerOf(all));
  });
});
