import { describe, expect, it } from '@jest/globals';
import rows from '../../test/cases/trial/deviations.json' with { type: 'json' };
import {
  adverseEventOf,
  consent,
  enrolledSubject,
  infusion,
  lot,
  observationOf,
  recordsOf,
  record,
  testTrial,
  type EventRow,
  type ObservationRow,
} from '../../test/support/trial-records.ts';
import { readAsOf, type AsOf } from './as-of.ts';
import { deviationChanges } from './deviation-changes.ts';
import { deviationResource, type Deviation } from './deviation.ts';
import { recordCodes, recordDeviations } from './record-deviations.ts';
import type { TrialRecord } from './subject-records.ts';

const trial = testTrial();
const now = readAsOf('2024-04-01', trial.zone) as AsOf;
const guide = 'https://her2-cart.example.org/fhir';

interface DeviationRow {
  readonly title: string;
  readonly doses?: readonly (readonly [day: number, start: string])[];
  readonly assessedAt?: string;
  readonly enrolled?: string;
  readonly verdict?: string;
  readonly held?: boolean;
  readonly events?: readonly EventRow[];
  readonly observations?: readonly ObservationRow[];
  readonly received?: string;
  readonly found: readonly string[];
}

/** No criterion of eligibility is unmet by it. */
const history: readonly TrialRecord[] = [
  record({
    resourceType: 'Condition',
    id: 'disease',
    extension: [{ url: `${guide}/StructureDefinition/h2c-extent`, valueCode: 'metastatic' }],
    clinicalStatus: coded('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active'),
    verificationStatus: coded(
      'http://terminology.hl7.org/CodeSystem/condition-ver-status',
      'confirmed',
    ),
    code: coded('http://snomed.info/sct', '363349007'),
    subject: { reference: 'Patient/p' },
  }),
];

function coded(system: string, code: string) {
  return { coding: [{ system, code }] };
}

function judge(row: DeviationRow, isReversed = false): readonly Deviation[] {
  const at = row.assessedAt ?? '2024-03-05T08:30:00+08:00';
  const doses = row.doses ?? [
    [0, '2024-03-04T10:00:00+08:00'],
    [1, '2024-03-05T10:00:00+08:00'],
  ];
  const events = (row.events ?? []).map(adverseEventOf);
  const read = [
    consent(),
    ...history,
    ...lot({}, row.verdict),
    ...doses.map(([day, start]) =>
      infusion(day, start, row.held === true && day === 1 ? { status: 'not-done' } : {}),
    ),
    ...['8310-5', '85354-9', '59408-5'].map((code) => observationOf({ code, at, value: 1 })),
    ...['crs-grade', 'icans-grade'].map((code) => observationOf({ code, at, value: 'grade-0' })),
    ...(row.observations ?? []).map(observationOf),
    ...(row.received === undefined
      ? events
      : events.map(({ resource }) => record(resource, row.received))),
  ];
  const ordered = isReversed ? read.toReversed() : read;
  const records = recordsOf(trial, enrolledSubject(row.enrolled), ordered);
  return recordDeviations({ trial, records, now });
}

describe('deviations', () => {
  it.each(rows as unknown as readonly DeviationRow[])('of $title', (row) => {
    const found = judge(row).map(({ code, severity, discovery, rules }) =>
      [code, severity, discovery, ...rules].join(' '),
    );
    expect(found).toEqual(row.found);
  });

  it.each(rows as unknown as readonly DeviationRow[])(
    'of $title do not depend on the order of the records',
    (row) => {
      expect(judge(row, true)).toEqual(judge(row));
    },
  );
});

describe('what is written of deviations', () => {
  const deviation: Deviation = {
    code: 'dose-despite-toxicity',
    rules: ['R3/UT-1'],
    severity: 'moderate',
    subject: 'ResearchSubject/s',
    patient: 'Patient/p',
    implicated: ['MedicationAdministration/d'],
    about: 'MedicationAdministration/d',
    detail: 'One.',
    discovery: 'retrospective',
  };
  const stored = record({ ...deviationResource(deviation, '2024-03-05T00:00:00Z'), id: 'i' });
  const options = { codes: recordCodes, identified: '2024-03-06T00:00:00Z' };

  it('is nothing when nothing has changed', () => {
    expect(deviationChanges([stored], [deviation], options)).toEqual([]);
  });

  it('is one DetectedIssue for all rules of one code and record', () => {
    const other: Deviation = { ...deviation, rules: ['R3/UT-8'], severity: 'high', detail: 'Two.' };
    const [change, ...more] = deviationChanges([], [deviation, other], options);
    expect(more).toEqual([]);
    expect(change?.resource).toMatchObject({ severity: 'high', detail: 'One. Two.' });
  });

  it('keeps date and mitigation of what is judged again', () => {
    const mitigated = {
      ...stored,
      resource: { ...stored.resource, mitigation: [{ action: { text: 'x' } }] },
    };
    const graver: Deviation = { ...deviation, severity: 'high' };
    const [change] = deviationChanges([mitigated], [graver], options);
    expect(change?.resource).toMatchObject({
      id: 'i',
      severity: 'high',
      identifiedDateTime: '2024-03-05T00:00:00Z',
      mitigation: [{ action: { text: 'x' } }],
    });
  });

  it('cancels what no longer holds, and leaves other codes alone', () => {
    const override: Deviation = { ...deviation, code: 'eligibility-override' };
    const kept = record({ ...deviationResource(override, '2024-03-05T00:00:00Z'), id: 'o' });
    const changes = deviationChanges([stored, kept], [], options);
    expect(changes.map(({ resource }) => [resource.id, resource['status']])).toEqual([
      ['i', 'cancelled'],
    ]);
  });
});
