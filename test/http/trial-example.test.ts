import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { predecessorRequests } from '../../seed/example-predecessors.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { at } from '../support/json-at.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { idOf, parametersOf, sendExample, sendRow } from '../support/trial.ts';

let server: TestServer;
let subject = '';
beforeAll(async () => {
  server = await startServer({ study: true });
  for (const request of predecessorRequests(0)) {
    expect((await sendRow(server, request)).status).toBe(200);
  }
  await sendExample(server, 25);
  subject = await idOf(
    server,
    'ResearchSubject?identifier=https://her2-cart.example.org/fhir/sid/screening-number|SCR-0011',
  );
});
afterAll(async () => server.close());

describe('the subject of the worked example', () => {
  const ask = async (name: string) =>
    (await server.get(`ResearchSubject/${subject}/$${name}?asOf=2025-01-10`)).body;

  it('is the third who was enrolled, and the third member of the group', async () => {
    const { body } = await server.get(`ResearchSubject/${subject}`);
    expect(body).toMatchObject({ status: 'on-study', assignedArm: 'CART-HER-2' });
    expect(at(body, 'identifier.*.value')).toContain('H2C-003');
    expect(at(body, 'extension.*.valuePositiveInt')).toContain(3);
    const { body: group } = await server.get('Group/enrolled');
    expect(at(group, 'member.2.entity.reference')).toBe(at(body, 'individual.reference'));
  });

  it('was eligible when it was enrolled', async () => {
    const { body } = await server.get(`ResearchSubject/${subject}/$eligibility?asOf=2024-02-05`);
    const criteria = parametersOf(body, 'criterion') as { id: string; state: string }[];
    expect(criteria.filter(({ id }) => id.startsWith('E')).map(({ state }) => state)).toEqual(
      Array.from({ length: 6 }, () => 'met'),
    );
  });

  it('lost the cells on day 112', async () => {
    const body = await ask('persistence');
    expect(parametersOf(body, 'cmax')).toMatchObject([{ value: 21400 }]);
    expect(['outcome', 'lossDay', 'lossDate'].map((name) => parametersOf(body, name)[0])).toEqual([
      'lost',
      112,
      '2024-06-24',
    ]);
  });

  it('became immune before that', async () => {
    const [humoral] = parametersOf(await ask('immunity'), 'humoral');
    expect(humoral).toMatchObject({ state: 'immune', sequence: 'immunity-before-loss' });
  });

  it('has other subsets on day 14 than the product', async () => {
    const subsets = parametersOf(await ask('subset-trend'), 'subset') as {
      code: string;
      point: { changeFromProduct: number };
    }[];
    expect(subsets.map(({ code, point }) => [code, point.changeFromProduct])).toEqual([
      ['tcm', -9],
      ['tem', 14],
      ['treg', 1],
    ]);
  });

  it('has three quarters of the cells in the tumour', async () => {
    const body = await ask('trafficking');
    const [tumour, blood] = at(body, 'entry.*.resource.valueQuantity.value') as number[];
    expect([tumour?.toFixed(1), blood?.toFixed(1)]).toEqual(['73.3', '26.7']);
  });

  it('responded in part, confirmed', async () => {
    const body = await ask('best-response');
    const named = ['bestOverallResponse', 'confirmed'].map((name) => parametersOf(body, name)[0]);
    expect(named).toEqual(['PR', true]);
  });
});

describe('the deviations of the worked example', () => {
  it('are the late month 9 visit alone', async () => {
    const { body } = await server.get('DetectedIssue?_count=100');
    expect(at(body, 'entry.*.resource.identifier.0.value')).toEqual([
      expect.stringMatching(`^visit-out-of-window:${subject}:Encounter/`),
    ]);
    expect(at(body, 'entry.0.resource')).toMatchObject({ status: 'final', severity: 'low' });
  });
});

describe('a response that its measurements do not give', () => {
  const search = 'Observation?identifier=https://plagh.example.org/record|recist-0011-w8';
  const conflicts = async () =>
    at((await server.get('DetectedIssue?code=data-conflict')).body, 'entry.*.resource');

  it('is a conflict until it is corrected', async () => {
    const stored = at((await server.get(search)).body, 'entry.0.resource') as Resource;
    const system = 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl';
    const complete = { coding: [{ system, code: 'C4870' }] };
    await server.put(search, { ...stored, valueCodeableConcept: complete });
    expect(await conflicts()).toMatchObject([
      {
        status: 'final',
        severity: 'low',
        detail: 'The response is recorded as CR; its measurements give PR.',
        implicated: [{ reference: `Observation/${stored.id ?? ''}` }],
      },
    ]);
    await server.put(search, stored);
    expect(await conflicts()).toMatchObject([{ status: 'cancelled' }]);
  });
});

describe('the gate of the worked example', () => {
  const gate = async (query: string) =>
    server.get(`ResearchSubject/${subject}/$dosing-gate?${query}`);

  it('is open on day 1', async () => {
    const answer = await gate('day=1&asOf=2024-03-05T09:00:00%2B08:00');
    expect(answer.status).toBe(200);
    expect(parametersOf(answer.body, 'decision')).toEqual(['proceed']);
  });

  it('is closed on day 2 by the cytokine release syndrome', async () => {
    const answer = await gate('day=2&asOf=2024-03-06T09:00:00%2B08:00');
    expect(parametersOf(answer.body, 'decision')).toEqual(['stop']);
    const reasons = parametersOf(answer.body, 'reason') as { rule: string; effect: string }[];
    expect(reasons.map(({ rule, effect }) => `${rule} ${effect}`)).toEqual([
      'R3/UT-1 stop',
      'R3/UT-8 stop',
    ]);
  });

  it.each([
    ['day=3', 'day'],
    ['', 'day'],
    ['day=1&cycle=0', 'cycle'],
  ])('asked with %j names %s', async (query, name) => {
    const answer = await gate(query);
    expect(answer.status).toBe(400);
    expect((answer.body as { issue: { expression: string[] }[] }).issue[0]?.expression).toEqual([
      name,
    ]);
  });
});

describe('the study of the worked example', () => {
  const ask = async (name: string, asOf: string) =>
    (await server.get(`ResearchStudy/nct01935843/$${name}?asOf=${asOf}`)).body;

  it('has one clock of 15 days', async () => {
    const cases = parametersOf(await ask('safety-clock', '2024-03-21'), 'case');
    expect(cases).toEqual([
      {
        event: { reference: expect.stringMatching(/^AdverseEvent\//) },
        subject: { reference: `ResearchSubject/${subject}` },
        clockStart: '2024-03-05',
        days: 15,
        due: '2024-03-20',
        state: 'overdue',
        query: false,
      },
    ]);
  });

  it('has one dose-limiting toxicity of one subject', async () => {
    const body = await ask('safety-signal', '2025-01-10');
    expect(['advice', 'n', 'dlt', 'boundary'].map((name) => parametersOf(body, name)[0])).toEqual([
      'continue',
      1,
      1,
      undefined,
    ]);
  });

  it('counts how far subjects came', async () => {
    const body = await ask('feasibility', '2025-01-10');
    const names = [
      'screened',
      'eligible',
      'enrolled',
      'apheresed',
      'released',
      'infused',
      'infusedAll',
      'dosesGiven',
      'dosesHeldForToxicity',
      'dosesNotGivenOther',
    ];
    expect(names.map((name) => parametersOf(body, name)[0])).toEqual([
      3, 3, 3, 1, 1, 1, 0, 2, 1, 0,
    ]);
    expect(parametersOf(body, 'daysApheresisToInfusion')).toEqual([
      { median: 21, min: 21, max: 21 },
    ]);
  });
});

describe('the schedule of the worked example', () => {
  const activities = (body: unknown) =>
    (at(body, 'activity') ?? []) as { detail: { code: { coding: [{ code: string }] } } }[];
  const visit = (body: unknown, code: string) =>
    activities(body).find(({ detail }) => detail.code.coding[0].code === code);

  it('has month 9 out of its window', async () => {
    const answer = await server.get(`ResearchSubject/${subject}/$schedule?asOf=2025-01-10`);
    expect(answer.status).toBe(200);
    expect(activities(answer.body)).toHaveLength(40);
    expect(at(answer.body, 'period')).toEqual({ start: '2024-03-04' });
    expect(visit(answer.body, 'M9')).toMatchObject({
      progress: [
        { time: '2024-12-22', text: 'done' },
        { text: expect.stringMatching(/^missing: /) },
      ],
      detail: {
        status: 'completed',
        statusReason: { text: 'done-out-of-window' },
        description: '2024-12-04',
        scheduledPeriod: { start: '2024-11-20', end: '2024-12-18' },
      },
    });
  });

  it('is stored once by POST, with what is late', async () => {
    const body = {
      resourceType: 'Parameters',
      parameter: [{ name: 'asOf', valueDate: '2025-06-10' }],
    };
    const first = await server.post(`ResearchSubject/${subject}/$schedule`, body);
    const again = await server.post(`ResearchSubject/${subject}/$schedule`, body);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(at(again.body, 'id')).toBe(at(first.body, 'id'));
    const stored = await server.get(`CarePlan/${String(at(first.body, 'id'))}`);
    expect(stored.body).toEqual(again.body);
    const checked = await server.post('CarePlan/$validate', first.body as object);
    expect(at(checked.body, 'issue.*.severity')).not.toContain('error');
    const missed = await server.get(
      'DetectedIssue?code=visit-missed&_count=100&status=final&_summary=count',
    );
    const overdue = await server.get(
      'ResearchStudy/nct01935843/$overdue?asOf=2025-06-10&site=plagh',
    );
    const states = (parametersOf(overdue.body, 'visit') as { state: string }[]).map(
      ({ state }) => state,
    );
    expect(at(missed.body, 'total')).toBe(states.filter((state) => state === 'missed').length);
    const issue = await server.get('DetectedIssue?code=visit-missed&_count=1');
    const valid = await server.post(
      'DetectedIssue/$validate',
      at(issue.body, 'entry.0.resource') as object,
    );
    expect(at(valid.body, 'issue.*.severity')).not.toContain('error');
  });

  it('writes nothing twice', async () => {
    const total = async () => at((await server.get('_history?_count=1')).body, 'total');
    const body = {
      resourceType: 'Parameters',
      parameter: [{ name: 'asOf', valueDate: '2025-06-10' }],
    };
    await server.post('ResearchStudy/nct01935843/$overdue', body);
    const before = await total();
    const again = await server.post('ResearchStudy/nct01935843/$overdue', body);
    expect([again.status, await total()]).toEqual([200, before]);
  });
});
