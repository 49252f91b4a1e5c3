import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readExample } from '../../seed/example-requests.ts';
import { at, textAt } from '../support/json-at.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { idOf, sendExample } from '../support/trial.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ study: true });
  await sendExample(server, 17);
});
afterAll(async () => server.close());

interface Issue {
  readonly status: string;
  readonly severity: string;
  readonly code: { readonly coding: readonly [{ readonly code: string }] };
  readonly implicated: readonly { readonly reference: string }[];
  readonly extension: readonly {
    readonly url: string;
    readonly valueString?: string;
    readonly valueCode?: string;
  }[];
}

async function deviations(): Promise<readonly Issue[]> {
  const { body } = await server.get('DetectedIssue?_count=100');
  return ((at(body, 'entry') ?? []) as { resource: Issue }[]).map(({ resource }) => resource);
}

const summary = ({ code, status, severity, extension }: Issue) =>
  [
    code.coding[0].code,
    status,
    severity,
    ...extension.map(({ valueString, valueCode }) => valueString ?? valueCode),
  ].join(' ');

const prefer = { prefer: 'return=OperationOutcome' };

describe('a dose in spite of toxicity', () => {
  const given = () => {
    const row = readExample().find((request) => request.row === 18);
    const dose = structuredClone(at(row?.body, 'entry.0.resource')) as Record<string, unknown>;
    Reflect.deleteProperty(dose, 'statusReason');
    return dose;
  };

  const completed = async () => {
    const patient = await idOf(server, 'Patient?identifier=https://plagh.example.org/mrn|0300042');
    const lot = await idOf(
      server,
      'Medication?identifier=https://her2-cart.example.org/fhir/sid/product-lot|HC-0003',
    );
    return {
      ...given(),
      status: 'completed',
      subject: { reference: `Patient/${patient}` },
      medicationReference: { reference: `Medication/${lot}` },
      dosage: {
        dose: { value: 7e7, unit: '{cells}', system: 'http://unitsofmeasure.org', code: '{cells}' },
      },
    };
  };

  it('is foreseen by a dry run, alone and in a Bundle, which writes nothing', async () => {
    const dose = await completed();
    const found = (body: unknown) =>
      (at(body, 'issue') as { severity: string; diagnostics?: string; expression: string[] }[])
        .filter(({ diagnostics = '' }) => diagnostics.startsWith('R3/'))
        .map(({ severity, diagnostics, expression }) => [severity, diagnostics, ...expression]);
    const before = at((await server.get('_history?_count=1')).body, 'total');
    const alone = await server.post('MedicationAdministration/$validate?mode=create', dose);
    expect(alone.status).toBe(200);
    expect(found(alone.body)).toEqual([
      ['information', 'R3/UT-1, R3/UT-8', 'MedicationAdministration'],
    ]);
    expect(at(alone.body, 'issue.*.severity')).not.toContain('error');
    const entry = { resource: dose, request: { method: 'POST', url: 'MedicationAdministration' } };
    const bundle = { resourceType: 'Bundle', type: 'transaction', entry: [entry] };
    const inBundle = await server.post('$validate?mode=create', bundle);
    expect(found(inBundle.body)).toEqual([
      ['information', 'R3/UT-1, R3/UT-8', 'Bundle.entry[0].resource'],
    ]);
    expect(await deviations()).toEqual([]);
    expect(at((await server.get('_history?_count=1')).body, 'total')).toBe(before);
  });

  it('is stored, and flagged in the same commit', async () => {
    const dose = await completed();
    const before = at((await server.get('_history?_count=1')).body, 'total') as number;
    const answer = await server.post('MedicationAdministration', dose, prefer);
    expect(answer.status).toBe(201);
    expect(at(answer.body, 'issue')).toContainEqual(
      expect.objectContaining({ severity: 'warning', code: 'business-rule' }),
    );
    const found = await deviations();
    expect(found.map(summary)).toEqual([
      'dose-despite-toxicity final high R3/UT-1 R3/UT-8 prospective',
    ]);
    const types = found[0]?.implicated.map(({ reference }) => reference.split('/')[0]);
    expect(types).toEqual(['MedicationAdministration', 'AdverseEvent', 'Observation']);
    expect(at((await server.get('_history?_count=1')).body, 'total')).toBe(before + 2);
    const valid = await server.post('DetectedIssue/$validate', found[0] as object);
    expect(at(valid.body, 'issue.*.severity')).not.toContain('error');
  });

  it('is cancelled when the records no longer say so', async () => {
    const { body } = await server.get('MedicationAdministration?_sort=-_lastUpdated&_count=1');
    const dose = at(body, 'entry.0.resource') as Record<string, unknown>;
    const id = textAt(dose, 'id');
    const without = { ...dose, status: 'not-done', dosage: undefined };
    const put = await server.put(`MedicationAdministration/${id}`, {
      ...without,
      statusReason: at(
        readExample().find(({ row }) => row === 18)?.body,
        'entry.0.resource.statusReason',
      ),
    });
    expect(put.status).toBe(200);
    expect((await deviations()).map(summary)).toEqual([
      'dose-despite-toxicity cancelled high R3/UT-1 R3/UT-8 prospective',
    ]);
    const again = await server.put(`MedicationAdministration/${id}`, dose);
    expect(again.status).toBe(200);
    expect((await deviations()).map(({ status }) => status)).toEqual(['final']);
  });

  it('keeps what a client says of its mitigation', async () => {
    const [issue] = await deviations();
    const id = textAt(issue, 'id');
    const mitigated = { ...issue, mitigation: [{ action: { text: 'Tocilizumab' } }] };
    expect((await server.put(`DetectedIssue/${id}`, mitigated)).status).toBe(200);
    expect(
      (await server.put(`DetectedIssue/${id}`, { ...mitigated, severity: 'low' })).status,
    ).toBe(422);
  });
});

describe('writers of one subject', () => {
  it('leave no deviation wrong when they race', async () => {
    const patient = await idOf(server, 'Patient?identifier=https://plagh.example.org/mrn|0300042');
    const consent = await server.get(`Consent?patient=Patient/${patient}`);
    const signed = at(consent.body, 'entry.0.resource') as Record<string, unknown>;
    const visit = readExample().find(({ row }) => row === 25);
    const encounter = (index: number) => ({
      ...(at(visit?.body, 'entry.0.resource') as object),
      identifier: [{ system: 'urn:race', value: String(index) }],
      subject: { reference: `Patient/${patient}` },
      serviceProvider: { reference: 'Organization/plagh' },
      period: { start: '2024-01-20T09:00:00+08:00' },
    });
    const posts = Array.from({ length: 12 }, async (_, index) =>
      server.post('Encounter', encounter(index)),
    );
    const put = server.put(`Consent/${textAt(signed, 'id')}`, {
      ...signed,
      dateTime: '2024-01-10T10:30:00+08:00',
    });
    const answers = await Promise.all([...posts, put]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 200]));
    const open = (await deviations()).filter(
      ({ code, status }) => code.coding[0].code === 'activity-before-consent' && status === 'final',
    );
    expect(open).toEqual([]);
  });
});
