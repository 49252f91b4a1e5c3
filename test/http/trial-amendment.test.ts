import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { at } from '../support/json-at.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { idOf, parametersOf, sendExample } from '../support/trial.ts';

let server: TestServer;
let subject = '';
beforeAll(async () => {
  server = await startServer({ study: true });
  await sendExample(server, 14);
  subject = await idOf(
    server,
    'ResearchSubject?identifier=https://her2-cart.example.org/fhir/sid/screening-number|SCR-0011',
  );
});
afterAll(async () => server.close());

/** Stores the resource with a text of its JSON replaced, which must be there. */
async function amend(url: string, from: RegExp, to: string): Promise<void> {
  const text = JSON.stringify((await server.get(url)).body);
  expect(text).toMatch(from);
  const answer = await server.send('put', url, text.replace(from, to));
  expect(answer.status).toBe(200);
}

const parameters = 'Basic/h2c-protocol-parameters';

describe('an amendment of the protocol holds from its commit on', () => {
  it('for the age of the assessment before a dose (PP-18)', async () => {
    const gate = async () => {
      const query = 'day=1&asOf=2024-03-05T09:00:00%2B08:00';
      const { body } = await server.get(`ResearchSubject/${subject}/$dosing-gate?${query}`);
      return parametersOf(body, 'decision')[0];
    };
    expect(await gate()).toBe('proceed');
    await amend(parameters, /("valueCode":"PP-18".*?"value":)24/u, '$10.25');
    expect(await gate()).toBe('not-evaluable');
  });

  it('for the tumour types that ask for an antibody (PP-02)', async () => {
    const antibody = async () => {
      const { body } = await server.get(`ResearchSubject/${subject}/$eligibility?asOf=2024-02-05`);
      const criteria = parametersOf(body, 'criterion') as { id: string; state: string }[];
      return criteria.find(({ id }) => id === 'E4')?.state;
    };
    expect(await antibody()).toBe('met');
    await amend(parameters, /("valueCode":"PP-02".*?)"when-licensed"/u, '$1"never"');
    expect(await antibody()).toBe('not-applicable');
  });

  it('for the visits of the plan', async () => {
    const visits = async () => {
      const { body } = await server.get(`ResearchSubject/${subject}/$schedule?asOf=2024-04-01`);
      return at(body, 'activity.*.detail.code.coding.0.code') as readonly string[];
    };
    const before = await visits();
    const url = 'PlanDefinition/h2c-protocol-plan';
    const plan = (await server.get(url)).body as Resource & { readonly action: { id: string }[] };
    const action = plan.action.filter(({ id }) => id !== 'A13');
    expect((await server.put(url, { ...plan, action })).status).toBe(200);
    expect(before).toContain('A13');
    expect(await visits()).toEqual(before.filter((code) => code !== 'A13'));
  });
});
