import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startServer, type TestServer } from '../support/server.ts';
import { idOf, parametersOf, sendExample } from '../support/trial.ts';

let server: TestServer;
let subject = '';
beforeAll(async () => {
  server = await startServer({ study: true });
  await sendExample(server, 25);
  subject = await idOf(
    server,
    'ResearchSubject?identifier=https://her2-cart.example.org/fhir/sid/screening-number|SCR-0011',
  );
});
afterAll(async () => server.close());

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
