import { describe, expect, it } from '@jest/globals';
import {
  consent,
  enrolledSubject,
  infusion,
  lot,
  observationOf,
  record,
  recordsOf,
  testTrial,
} from '../../test/support/trial-records.ts';
import { local, specimen } from '../../test/support/subject.ts';
import { deviationResource, type Deviation } from './deviation.ts';
import { isQuiet } from './quiet-record.ts';

const trial = testTrial();
const base = [consent(), ...lot(), infusion(0, '2024-03-04T10:00:00+08:00')];
const missed: Deviation = {
  code: 'visit-missed',
  rules: ['R4/missed'],
  severity: 'low',
  subject: 'ResearchSubject/s',
  patient: 'Patient/p',
  implicated: ['ResearchSubject/s'],
  about: 'D14',
  detail: 'x',
  discovery: 'prospective',
};
const issue = record({ ...deviationResource(missed, '2024-04-01T00:00:00Z'), id: 'i' });
const visit = (code: string) => ({
  extension: [
    { url: 'https://her2-cart.example.org/fhir/StructureDefinition/h2c-visit', valueCode: code },
  ],
});

const encounter = (code: string) =>
  record({ resourceType: 'Encounter', id: 'e', status: 'finished', type: [local('visit', code)] });

describe('a new record', () => {
  it.each([
    ['in the window of its visit', '2024-03-18', {}, base, true],
    ['between two windows', '2024-03-21', {}, base, true],
    ['out of the window of the visit that it names', '2024-03-21', visit('D14'), base, false],
    ['before a dose, which its gate does not read', '2024-03-04T09:00:00+08:00', {}, base, true],
    ['before the consent', '2024-01-10', {}, [consent()], false],
    ['before any dose, after the consent', '2024-02-10', {}, [consent()], true],
    ['without a consent', '2024-02-10', {}, [], false],
    ['of a visit that was missed', '2024-03-18', {}, [...base, issue], false],
    ['that may end what a missed visit asks for', '2024-03-11', {}, [...base, issue], false],
    [
      'out of the window of the visit of its Encounter',
      '2024-03-18',
      { encounter: { reference: 'Encounter/e' } },
      [...base, encounter('D28')],
      false,
    ],
    [
      'in the window of the visit of its Encounter',
      '2024-03-18',
      { encounter: { reference: 'Encounter/e' } },
      [...base, encounter('D14')],
      true,
    ],
    [
      'whose specimen was collected out of the window',
      '2024-03-18',
      { ...visit('D14'), specimen: { reference: 'Specimen/p' } },
      [...base, record(specimen('p', '2024-03-21'))],
      false,
    ],
  ] as const)('%s changes no judgement: %s', (...[, at, more, others, quiet]) => {
    const added = observationOf({ code: 'persist-tcrz', at, more });
    const records = recordsOf(trial, enrolledSubject(), [...others, added]);
    expect(isQuiet(added, records, trial)).toBe(quiet);
  });

  it('of another visit than one that was missed changes no judgement', () => {
    const added = observationOf({ code: 'tcell-subsets', at: '2024-03-11' });
    const records = recordsOf(trial, enrolledSubject(), [...base, issue, added]);
    expect(isQuiet(added, records, trial)).toBe(true);
  });

  it.each([
    ['before a dose', '2024-03-04T09:00:00+08:00', false],
    ['on the day of a dose, its time unknown', '2024-03-04', false],
    ['after every dose', '2024-03-18', true],
  ] as const)('that the gate reads, %s: %s', (_, at, quiet) => {
    const added = observationOf({ code: 'crs-grade', at });
    const records = recordsOf(trial, enrolledSubject(), [...base, added]);
    expect(isQuiet(added, records, trial)).toBe(quiet);
  });
});
