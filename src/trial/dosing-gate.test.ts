import { describe, expect, it } from '@jest/globals';
import rows from '../../test/cases/trial/dosing-gate.json' with { type: 'json' };
import {
  adverseEventOf,
  consent,
  enrolledSubject,
  infusion,
  lot,
  observationOf,
  recordsOf,
  testTrial,
  type EventRow,
  type ObservationRow,
} from '../../test/support/trial-records.ts';
import type { JsonObject } from '../fhir/json/json-value.ts';
import { readAsOf, type AsOf } from './as-of.ts';
import { dosingGate, plannedDays } from './dosing-gate.ts';

const trial = testTrial();

interface GateRow {
  readonly title: string;
  readonly day?: number;
  readonly asOf?: string;
  readonly events?: readonly EventRow[];
  readonly observations?: readonly ObservationRow[];
  readonly enrolled?: string;
  readonly consent?: string;
  readonly lot?: JsonObject;
  readonly verdict?: string;
  readonly decision: string;
  readonly reasons: readonly string[];
}

const morning = '2024-03-05T08:30:00+08:00';
const assessment = [
  observationOf({ code: '8310-5', at: morning, value: 36.9, unit: 'Cel' }),
  observationOf({ code: '85354-9', at: morning, value: 120 }),
  observationOf({ code: '59408-5', at: morning, value: 98 }),
  observationOf({ code: 'crs-grade', at: morning, value: 'grade-0' }),
  observationOf({ code: 'icans-grade', at: morning, value: 'grade-0' }),
];

function ask(row: GateRow) {
  const subject = enrolledSubject(row.enrolled);
  const records = recordsOf(trial, subject, [
    consent(row.consent),
    infusion(0, '2024-03-04T10:00:00+08:00'),
    ...lot(row.lot, row.verdict),
    ...assessment,
    ...(row.events ?? []).map(adverseEventOf),
    ...(row.observations ?? []).map(observationOf),
  ]);
  const asOf = readAsOf(row.asOf ?? '2024-03-05T09:00:00+08:00', trial.zone) as AsOf;
  return dosingGate({ trial, records, asOf, day: row.day ?? 1, cycle: 1 });
}

describe('the dosing gate', () => {
  it.each(rows as unknown as readonly GateRow[])('of $title says $decision', (row) => {
    const { decision, reasons } = ask(row);
    expect(reasons.map(({ rule, effect }) => `${rule} ${effect}`)).toEqual(row.reasons);
    expect(decision).toBe(row.decision);
  });

  it('opens on the days that the plan has', () => {
    expect(plannedDays(trial.plan)).toEqual([0, 1, 2]);
  });

  it('takes its numbers from the protocol parameters', () => {
    const strict = testTrial((resource) =>
      resource.id === 'h2c-protocol-parameters'
        ? (JSON.parse(JSON.stringify(resource).replace('"value":50,', '"value":60,')) as never)
        : resource,
    );
    expect(strict.parameters.number('PP-15')).toBe(60);
  });
});
