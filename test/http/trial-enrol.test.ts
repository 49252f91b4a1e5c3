import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readExample } from '../../seed/example-requests.ts';
import { at, textAt } from '../support/json-at.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { idOf, parametersOf, sendExample, sendRow } from '../support/trial.ts';

let server: TestServer;
let subject = '';
beforeAll(async () => {
  server = await startServer({ study: true });
  await sendExample(server, 5);
  subject = await idOf(
    server,
    'ResearchSubject?identifier=https://her2-cart.example.org/fhir/sid/screening-number|SCR-0011',
  );
});
afterAll(async () => server.close());

const guide = 'https://her2-cart.example.org/fhir';
const screening = (number: string) => `${guide}/sid/screening-number|${number}`;

/** Sends a subject like that of the worked example under other identifiers. */
async function screen(number: number): Promise<string> {
  const texts: [string, string][] = [
    ['0011', String(number)],
    ['0300042', `0${300_000 + number}`],
  ];
  for (const request of readExample().filter(({ row }) => row <= 6)) {
    let body = JSON.stringify(request.body);
    for (const [from, to] of texts) body = body.replaceAll(from, to);
    const answer = await server.send('post', '', body);
    if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  }
  return idOf(server, `ResearchSubject?identifier=${screening(`SCR-${number}`)}`);
}

const enrol = async (id: string, ...parameter: object[]) =>
  server.post(`ResearchSubject/${id}/$enrol`, { resourceType: 'Parameters', parameter });

const date = { name: 'date', valueDateTime: '2024-02-05T09:00:00+08:00' };

function orderOf(body: unknown): unknown {
  const extensions = (at(body, 'extension') ?? []) as { url: string; valuePositiveInt?: number }[];
  return extensions.find(({ url }) => url.endsWith('/h2c-enrolment-order'))?.valuePositiveInt;
}

describe('eligibility', () => {
  it('is indeterminate until the therapies are known', async () => {
    const answer = await server.get(`ResearchSubject/${subject}/$eligibility?asOf=2024-02-05`);
    expect(answer.status).toBe(200);
    expect(parametersOf(answer.body, 'overall')).toEqual(['indeterminate']);
    const criteria = parametersOf(answer.body, 'criterion') as Record<string, unknown>[];
    expect(criteria.map(({ id, state }) => `${String(id)} ${String(state)}`)).toEqual([
      'E1 met',
      'E2 met',
      'E3 unknown',
      'E4 unknown',
      'E5 met',
      'E6 met',
      'G1 met',
      'G2 unknown',
      'G3 unknown',
      'G4 unknown',
      'G5 not-applicable',
    ]);
    expect(criteria[0]).toEqual({
      id: 'E1',
      state: 'met',
      advisory: false,
      evidence: { reference: expect.stringMatching(/^Observation\/.+\/_history\/1$/) },
    });
  });
});

describe('enrolment', () => {
  it('is refused while a criterion is not met', async () => {
    const answer = await enrol(subject, date);
    expect([answer.status, at(answer.body, 'issue.0.code')]).toEqual([422, 'business-rule']);
  });

  it.each([
    [[{ name: 'override', valueBoolean: true }, date], 422, 'reason'],
    [[{ name: 'date', valueDateTime: '2999-01-01' }], 422, 'date'],
    [[{ name: 'date', valueString: 'soon' }], 400, 'date'],
    [[{ name: 'arm', valueString: 'A' }], 400, 'arm'],
  ])('with %j is answered %i', async (parameter, status, name) => {
    const answer = await enrol(subject, ...parameter);
    expect([answer.status, at(answer.body, 'issue.0.expression.0')]).toEqual([status, name]);
  });

  it('gives order number, subject number, arm and membership in one commit', async () => {
    for (const request of readExample().filter(({ row }) => row === 6 || row === 7)) {
      const answer = await sendRow(server, request);
      expect(answer.status).toBe(200);
      if (request.row !== 7) continue;
      expect(orderOf(answer.body)).toBe(1);
      expect(answer.body).toMatchObject({
        status: 'on-study',
        assignedArm: 'CART-HER-2',
        actualArm: 'CART-HER-2',
      });
      const numbers = at(answer.body, 'identifier') as object[];
      expect(numbers).toContainEqual({ system: `${guide}/sid/subject-number`, value: 'H2C-001' });
    }
    const group = await server.get('Group/enrolled');
    const individual = await server.get(`ResearchSubject/${subject}`);
    expect(at(group.body, 'member')).toEqual([
      {
        entity: { reference: textAt(individual.body, 'individual.reference') },
        period: { start: '2024-02-05T09:00:00+08:00' },
        inactive: false,
      },
    ]);
  });

  it('is answered unchanged when it is repeated', async () => {
    const before = await server.get(`ResearchSubject/${subject}`);
    const again = await enrol(subject);
    expect([again.status, again.body]).toEqual([200, before.body]);
  });

  it('takes consecutive numbers when 64 are asked for at once', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 64; index++) ids.push(await screen(1000 + index));
    const answers = await Promise.all(ids.map(async (id) => enrol(id, date)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const orders = answers.map(({ body }) => Number(orderOf(body))).toSorted((a, b) => a - b);
    expect(orders).toEqual(Array.from({ length: 64 }, (_, index) => index + 2));
    const group = await server.get('Group/enrolled');
    expect(at(group.body, 'member')).toHaveLength(65);
  });

  it('in spite of a criterion is a deviation', async () => {
    const id = await screen(2000);
    const patient = textAt(
      (await server.get(`ResearchSubject/${id}`)).body,
      'individual.reference',
    );
    const found = await server.get(`Observation?patient=${patient}&code=48676-1`);
    const her2 = at(found.body, 'entry.0.resource') as { id: string };
    const negative = { system: at(her2, 'valueCodeableConcept.coding.0.system'), code: 'NEG' };
    const put = await server.put(`Observation/${her2.id}`, {
      ...her2,
      valueCodeableConcept: { coding: [negative] },
    });
    expect(put.status).toBe(200);
    expect((await enrol(id, date)).status).toBe(422);
    const reason = { name: 'reason', valueString: 'Agreed with the sponsor.' };
    const answer = await enrol(id, date, { name: 'override', valueBoolean: true }, reason);
    expect([answer.status, orderOf(answer.body)]).toEqual([200, 66]);
    const issues = await server.get(`DetectedIssue?patient=${patient}`);
    expect(at(issues.body, 'entry.0.resource')).toMatchObject({
      status: 'final',
      severity: 'high',
      implicated: [{ reference: `ResearchSubject/${id}` }],
      identifier: [
        {
          system: `${guide}/sid/deviation`,
          value: `eligibility-override:${id}:ResearchSubject/${id}`,
        },
      ],
    });
  });
});

describe('a subject that was entered in error', () => {
  it('leaves a documented hole: its number is never used again', async () => {
    const [last, next] = [await screen(3000), await screen(3001)];
    const order = Number(orderOf((await enrol(last, date)).body));
    expect((await server.delete(`ResearchSubject/${last}`)).status).toBe(204);
    const gaps = await server.get('DetectedIssue?code=order-gap');
    expect(at(gaps.body, 'entry.0.resource')).toMatchObject({
      status: 'final',
      severity: 'low',
      implicated: [{ reference: `ResearchSubject/${last}/_history/2` }],
      identifier: [{ value: `order-gap:${last}:ResearchSubject/${last}` }],
    });
    const group = await server.get('Group/enrolled');
    const members = at(group.body, 'member') as { inactive: boolean }[];
    expect(members.map(({ inactive }) => inactive).slice(-2)).toEqual([false, true]);
    expect(orderOf((await enrol(next, date)).body)).toBe(order + 1);
  });
});

describe('a subject that is not there', () => {
  it.each(['$enrol', '$eligibility'])('is answered 404 by %s', async (operation) => {
    const answer = await server.post(`ResearchSubject/absent/${operation}`, {
      resourceType: 'Parameters',
    });
    expect(answer.status).toBe(404);
  });
});
