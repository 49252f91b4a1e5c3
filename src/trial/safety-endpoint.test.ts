import { describe, expect, it } from '@jest/globals';
import rows from '../../test/cases/trial/safety-endpoint.json' with { type: 'json' };
import {
  adverseEvent,
  conditioning,
  vitalStatus,
  type TestEvent,
} from '../../test/support/adverse-events.ts';
import { scoresOf } from '../../test/support/measure.ts';
import {
  dateOf,
  infusion,
  momentOf,
  seededTrial,
  subjectWith,
} from '../../test/support/subject.ts';
import type { Resource } from '../fhir/resource.ts';
import { objectsOf } from './element.ts';
import { safetyEndpoint } from './safety-endpoint.ts';
import type { SubjectRecords } from './subject-records.ts';

const trial = seededTrial();

const endpointOf = (subjects: readonly SubjectRecords[], asOf = '2026-01-01') =>
  safetyEndpoint({ trial, subjects, asOf: momentOf(asOf, trial.zone) });

function subject(events: readonly TestEvent[], others: readonly Resource[] = [], id = 's1') {
  const recorded = events.map((event, index) => adverseEvent(`${id}-${index}`, event));
  return subjectWith([infusion(), conditioning(), ...recorded, ...others], id);
}

describe('the safety of one infused subject', () => {
  it.each(rows)('with $title', ({ events, expected }) => {
    const scores = scoresOf(endpointOf([subject(events as unknown as readonly TestEvent[])]));
    expect(scores).toMatchObject(expected);
    expect('term' in scores).toBe('term' in expected);
  });

  it('knows no event before its onset', () => {
    const subjects = [subject([{ onset: 10, grade: 3 }])];
    expect(scoresOf(endpointOf(subjects, dateOf(9)))['any study-related']).toBe(0);
    expect(scoresOf(endpointOf(subjects, dateOf(10)))['any study-related']).toBe(1);
  });
});

describe('the safety of the study', () => {
  const cohort = [
    subject([{ onset: 1, grade: 2 }, { onset: 9, grade: 4 }], [], 's1'), // prettier-ignore
    subject([{ onset: 1, grade: 3, suspects: [['Procedure/p', 'C53260']] }], [], 's2'),
    subject([{ onset: 1, grade: 1 }], [vitalStatus(300, '419099009')], 's3'),
    subject([], [vitalStatus(300, '399307001')], 's4'),
  ];

  it('counts each subject once, by the worst grade and the strongest relatedness', () => {
    const report = endpointOf([
      ...cohort,
      subjectWith([adverseEvent('x', { onset: 1, grade: 5 })]),
    ]);
    const [term] = objectsOf(report['group']);
    expect(term?.['code']).toEqual({
      text: 'term',
      coding: [
        { system: expect.stringContaining('Thesaurus'), code: 'C143394', display: 'Term' },
        { system: expect.stringContaining('h2c-grading-scale'), code: 'ctcae-5.0' },
      ],
    });
    const counts = objectsOf(term?.['stratifier']).map((stratifier) =>
      objectsOf(stratifier['stratum']).map((stratum) => {
        const [denominator, numerator] = objectsOf(stratum['population']);
        return [stratum['value'], numerator?.['count'], denominator?.['count']];
      }),
    );
    const stratum = (text: string, count: number) => [{ text }, count, 4];
    expect(counts).toEqual([
      [
        stratum('1', 1),
        stratum('2', 0),
        stratum('3', 1),
        stratum('4', 1),
        stratum('5', 0),
        stratum('>=3', 2),
      ],
      [stratum('cart-her-2', 2), stratum('any', 3)],
    ]);
    expect(scoresOf(report)).toMatchObject({ term: 0.75, 'term events': 4, deaths: 0.25 });
  });

  it('does not depend on the order of subjects', () => {
    expect(endpointOf(cohort.toReversed())).toEqual(endpointOf(cohort));
  });
});
