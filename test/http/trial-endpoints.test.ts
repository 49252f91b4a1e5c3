import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at } from '../support/json-at.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { idOf, parametersOf, sendExample } from '../support/trial.ts';

let server: TestServer;
let subject = '';
beforeAll(async () => {
  server = await startServer({ study: true });
  await sendExample(server, 25, ({ method }) => method === 'POST');
  subject = await idOf(
    server,
    'ResearchSubject?identifier=https://her2-cart.example.org/fhir/sid/screening-number|SCR-0011',
  );
});
afterAll(async () => server.close());

const ask = async (operation: string) => server.get(`ResearchSubject/${subject}/${operation}`);
const quantity = (value: unknown, code: string) =>
  expect.objectContaining({ value, system: 'http://unitsofmeasure.org', code });

describe('the persistence of the worked example', () => {
  it('has its peak, its area, its loss, and every point of it', async () => {
    const { status, body } = await ask('$persistence');
    expect(status).toBe(200);
    const [first] = parametersOf(body, 'cmax');
    expect(first).toEqual(quantity(21_400, '{copies}/ug'));
    // Blood was drawn an hour before the hour of the infusion.
    expect(parametersOf(body, 'tmax')).toEqual([quantity(expect.closeTo(10 - 1 / 24, 9), 'd')]);
    expect(parametersOf(body, 'tlast')).toEqual([quantity(expect.closeTo(84 - 1 / 24, 9), 'd')]);
    expect(parametersOf(body, 'auc')).toEqual([quantity(expect.any(Number), '{copies}/ug.d')]);
    expect(parametersOf(body, 'duration')).toEqual([quantity(112, 'd')]);
    const texts = ['target', 'method', 'engrafted', 'outcome', 'lossDate', 'lossDay', 'event'];
    expect(texts.flatMap((name) => parametersOf(body, name))).toEqual([
      'persist-tcrz-cd137',
      'rt-pcr-rna',
      true,
      'lost',
      '2024-06-24',
      112,
      true,
    ]);
    const points = parametersOf(body, 'point');
    expect(points).toHaveLength(14);
    expect(points[11]).toEqual({
      time: quantity(expect.closeTo(84 - 1 / 24, 9), 'd'),
      value: quantity(12.5, '{copies}/ug'),
      detected: true,
      record: { reference: expect.stringMatching(/^Observation\/.+\/_history\/1$/) },
    });
    expect(parametersOf(body, 'absent')).toEqual([]);
  });

  it('is asked of a target that there is', async () => {
    const other = await ask('$persistence?target=persist-tcrz');
    expect(parametersOf(other.body, 'absent')).toContainEqual({
      metric: 'cmax',
      reason: 'not-applicable',
    });
    const wrong = await ask('$persistence?target=persist');
    expect([wrong.status, at(wrong.body, 'issue.0.expression.0')]).toEqual([400, 'target']);
  });

  it('was different before the loss was confirmed', async () => {
    const { body } = await ask('$persistence?asOf=2024-06-24');
    expect(parametersOf(body, 'outcome')).toEqual(['unconfirmed']);
    expect(parametersOf(body, 'event')).toEqual([false]);
  });
});
