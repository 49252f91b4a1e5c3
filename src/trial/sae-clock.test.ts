import { describe, expect, it } from '@jest/globals';
import {
  adverseEventOf,
  enrolledSubject,
  record,
  recordsOf,
  testTrial,
} from '../../test/support/trial-records.ts';
import { readAsOf, type AsOf } from './as-of.ts';
import { saeClock } from './sae-clock.ts';
import type { TrialRecord } from './subject-records.ts';

const trial = testTrial();
const ncit = 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl';
const guide = 'http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/';

interface Version {
  readonly received: string;
  readonly serious?: boolean;
  readonly criterion?: string;
  readonly expected?: boolean;
  readonly relatedness?: string | null;
  readonly aware?: string;
}

function version(row: Version, index: number): TrialRecord {
  const { received, serious = true, criterion = 'C83052', relatedness = 'C53260' } = row;
  const base = adverseEventOf({
    id: 'ae',
    code: 'C143394',
    grade: 3,
    onset: '2024-03-05T18:40:00+08:00',
    relatedness,
    extension: [
      {
        url: `${guide}seriousness-criteria`,
        extension: [
          {
            url: 'criterionCode',
            valueCodeableConcept: { coding: [{ system: ncit, code: criterion }] },
          },
          { url: 'criterionPresent', valueBoolean: true },
        ],
      },
      ...(row.expected === undefined
        ? []
        : [{ url: `${guide}expected-in-research-study`, valueBoolean: row.expected }]),
      ...(row.aware === undefined
        ? []
        : [
            {
              url: 'https://her2-cart.example.org/fhir/StructureDefinition/h2c-sponsor-awareness',
              valueDateTime: row.aware,
            },
          ]),
    ],
    more: {
      seriousness: {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/adverse-event-seriousness',
            code: serious ? 'serious' : 'non-serious',
          },
        ],
      },
    },
  });
  return { ...record(base.resource, received), versionId: index + 1 };
}

function clock(versions: readonly Version[], asOf: string, sent?: string) {
  const stored = versions.map(version);
  const last = stored.at(-1) as TrialRecord;
  const event = { ...last, earlier: stored.slice(0, -1).toReversed() };
  const report = record({
    resourceType: 'Communication',
    id: 'report',
    status: 'completed',
    category: [
      {
        coding: [
          {
            system: 'https://her2-cart.example.org/fhir/CodeSystem/h2c-code',
            code: 'safety-report',
          },
        ],
      },
    ],
    about: [{ reference: 'AdverseEvent/ae' }],
    sent: sent ?? '',
  });
  const records = recordsOf(trial, enrolledSubject(), [
    event,
    ...(sent === undefined ? [] : [report]),
  ]);
  const moment = readAsOf(asOf, trial.zone) as AsOf;
  const found = saeClock(event, { trial, records, asOf: moment });
  if (found === undefined) return undefined;
  const { start, days, due, completeDue, state, isQueried } = found;
  return [start, days, due, completeDue, state, isQueried];
}

const first = { received: '2024-03-05T13:00:00Z', expected: false };

describe('the clock of a serious adverse event', () => {
  it('runs 15 days from the local date of the receipt', () => {
    expect(clock([first], '2024-03-20')).toEqual([
      '2024-03-05',
      15,
      '2024-03-20',
      undefined,
      'open',
      false,
    ]);
    expect(clock([first], '2024-03-21')?.[4]).toBe('overdue');
    expect(clock([{ ...first, received: '2024-03-05T16:30:00Z' }], '2024-03-20')?.[0]).toBe(
      '2024-03-06',
    );
  });

  it('runs from the awareness of the sponsor when that was earlier', () => {
    const aware = {
      ...first,
      received: '2026-01-01T00:00:00Z',
      aware: '2024-03-05T21:00:00+08:00',
    };
    expect(clock([aware], '2024-03-10')).toEqual([
      '2024-03-05',
      15,
      '2024-03-20',
      undefined,
      'open',
      false,
    ]);
  });

  it('runs 7 days for a life-threatening event, whose complete report follows', () => {
    const urgent = { ...first, criterion: 'C84266' };
    expect(clock([urgent], '2024-03-06')).toEqual([
      '2024-03-05',
      7,
      '2024-03-12',
      '2024-03-20',
      'open',
      false,
    ]);
    expect(clock([urgent], '2024-03-12', '2024-03-08T09:00:00+08:00')).toEqual([
      '2024-03-05',
      7,
      '2024-03-12',
      '2024-03-16',
      'closed',
      false,
    ]);
  });

  it('starts anew when the event becomes more urgent, and is open again', () => {
    const upgrade = { ...first, received: '2024-03-15T01:00:00Z', criterion: 'C48275' };
    expect(clock([first, upgrade], '2024-03-16', '2024-03-08T09:00:00+08:00')).toEqual([
      '2024-03-15',
      7,
      '2024-03-22',
      '2024-03-30',
      'open',
      false,
    ]);
  });

  it('does not start anew by a version that changes nothing of it', () => {
    const same = { ...first, received: '2024-03-15T01:00:00Z' };
    expect(clock([first, same], '2024-03-16')?.slice(0, 3)).toEqual([
      '2024-03-05',
      15,
      '2024-03-20',
    ]);
  });

  it('starts with the version that is reportable, and stops with one that is not', () => {
    const mild = { ...first, serious: false };
    const later = { ...first, received: '2024-03-10T01:00:00Z' };
    expect(clock([mild, later], '2024-03-11')?.[0]).toBe('2024-03-10');
    expect(clock([first, { ...mild, received: '2024-03-10T01:00:00Z' }], '2024-03-11')?.[4]).toBe(
      'closed',
    );
  });

  it.each<[string, Version]>([
    ['expected', { ...first, expected: true }],
    ['not serious', { ...first, serious: false }],
    ['unlikely related', { ...first, relatedness: 'C53257' }],
  ])('does not run for an event that is %s', (_, row) => {
    expect(clock([row], '2024-03-11')).toBeUndefined();
  });

  it('takes what is missing as the worse, and asks', () => {
    expect(clock([{ received: first.received }], '2024-03-11')?.at(-1)).toBe(true);
    expect(clock([{ ...first, relatedness: null }], '2024-03-11')?.at(-1)).toBe(true);
  });
});
