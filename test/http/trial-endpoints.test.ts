import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { at } from '../support/json-at.ts';
import { scoresOf } from '../support/measure.ts';
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

/** What makes a resource invalid. */
async function errorsIn(type: string, resource: unknown): Promise<readonly unknown[]> {
  const { body } = await server.post(`${type}/$validate`, resource as object);
  const issues = at(body, 'issue') as readonly { readonly severity: string }[];
  return issues.filter(({ severity }) => severity === 'error' || severity === 'fatal');
}

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

describe('the response of the worked example', () => {
  it('is a partial one, confirmed before the progression', async () => {
    const { status, body } = await ask('$best-response');
    expect(status).toBe(200);
    const names = ['bestOverallResponse', 'confirmed', 'unconfirmedBestResponse'];
    expect(names.flatMap((name) => parametersOf(body, name))).toEqual(['PR', true, 'PR']);
    expect(parametersOf(body, 'bestPercentChange')).toEqual([expect.closeTo(-36.05, 2)]);
    const assessments = parametersOf(body, 'assessment');
    expect(assessments).toHaveLength(3);
    expect(assessments[2]).toEqual({
      date: '2024-08-19',
      studyDay: 168,
      response: 'PD',
      recomputed: 'PD',
      sumOfDiameters: quantity(70, 'mm'),
      percentChangeFromBaseline: expect.closeTo(-18.6, 1),
      percentChangeFromNadir: expect.closeTo(27.27, 2),
      record: { reference: expect.stringMatching(/^Observation\/.+\/_history\/1$/) },
    });
  });
});

const study = 'ResearchStudy/nct01935843';

/** The score of a group of a MeasureReport. */
const scoreOf = (body: unknown, name: string) =>
  scoresOf(body as Resource)[name] as number | undefined;

describe('the persistence of the study', () => {
  it('is a MeasureReport that a client can validate and trace', async () => {
    const { status, body } = await server.get(`${study}/$persistence-endpoint?asOf=2025-06-01`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      resourceType: 'MeasureReport',
      status: 'complete',
      type: 'summary',
      measure: 'https://her2-cart.example.org/fhir/Measure/h2c-om3',
      period: { start: '2024-03-04', end: '2025-06-01' },
    });
    expect([scoreOf(body, 'S(168)'), scoreOf(body, 'median')]).toEqual([0, 112]);
    expect(scoreOf(body, 'geometric mean cmax')).toBe(21_400);
    expect(at(body, 'evaluatedResource')).toHaveLength(15);
    expect(await errorsIn('MeasureReport', body)).toEqual([]);
  });
});

describe('the response of the study', () => {
  it('is that of its one subject', async () => {
    const { status, body } = await server.get(`${study}/$response-endpoint`);
    expect(status).toBe(200);
    expect([scoreOf(body, 'ORR'), scoreOf(body, 'ORR lower95')]).toEqual([
      1,
      expect.closeTo(0.025, 12),
    ]);
    expect(at(body, 'group.0.population.0')).toEqual({
      code: {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/measure-population',
            code: 'denominator',
          },
        ],
      },
      count: 1,
    });
    // The dose, three assessments, and two lesions at four times.
    expect(at(body, 'evaluatedResource')).toHaveLength(12);
    expect(await errorsIn('MeasureReport', body)).toEqual([]);
  });
});

describe('the safety of the study', () => {
  it('is one study-related term, named as CTCAE names it', async () => {
    const { status, body } = await server.get(`${study}/$safety-endpoint?asOf=2025-06-01`);
    expect(status).toBe(200);
    const crs = 'cytokine release syndrome';
    expect(scoresOf(body as Resource)).toMatchObject({
      [crs]: 1,
      [`${crs} lower95`]: expect.closeTo(0.025, 12),
      [`${crs} upper95`]: 1,
      [`${crs} events`]: 1,
      'any study-related': 1,
      'any cart-her-2-related': 1,
      serious: 1,
      dlt: 1,
      deaths: 0,
      'pre-infusion': 0,
      queries: 0,
    });
    expect(at(body, 'evaluatedResource.0.reference')).toMatch(/^AdverseEvent\/.+\/_history\/2$/);
    expect(await errorsIn('MeasureReport', body)).toEqual([]);
  });
});

describe('the immunity of the worked example', () => {
  it('came before the loss of the cells', async () => {
    const { status, body } = await ask('$immunity');
    expect(status).toBe(200);
    const sequence = 'immunity-before-loss';
    expect(parametersOf(body, 'humoral')).toEqual([
      { state: 'immune', onset: '2024-04-01', sequence, foldRise: 16 },
    ]);
    expect(parametersOf(body, 'cellular')).toEqual([{ state: 'not-evaluable', sequence: 'none' }]);
    expect(parametersOf(body, 'either')).toEqual([
      { state: 'immune', onset: '2024-04-01', sequence },
    ]);
  });
});

describe('the trafficking of the worked example', () => {
  it('is three quarters in the tumour bed, as Observations of the profile', async () => {
    const { status, body } = await ask('$trafficking');
    expect(status).toBe(200);
    expect([at(body, 'type'), at(body, 'entry')]).toEqual([
      'collection',
      [expect.anything(), expect.anything()],
    ]);
    const tumour = at(body, 'entry.0.resource') as object;
    expect(tumour).toMatchObject({
      valueQuantity: quantity(expect.closeTo(73.3, 1), '%'),
      component: [
        { valueQuantity: quantity(15_300, '{copies}/ug') },
        { valueQuantity: quantity(42_000, '{copies}/ug') },
        { valueQuantity: quantity(expect.closeTo(2.745, 3), '{ratio}') },
      ],
    });
    for (const resource of [tumour, at(body, 'entry.1.resource') as object]) {
      expect(await errorsIn('Observation', resource)).toEqual([]);
    }
    expect(await errorsIn('Bundle', body)).toEqual([]);
  });
});

describe('the subsets of the worked example', () => {
  it('have changed from those of the product by -9, +14 and +1 points', async () => {
    const { status, body } = await ask('$subset-trend');
    expect(status).toBe(200);
    const point = (percent: number, changeFromProduct: number) =>
      expect.objectContaining({ visit: 'D14', percent, changeFromProduct });
    expect(parametersOf(body, 'subset')).toEqual([
      { code: 'tcm', product: 40, point: point(31, -9) },
      { code: 'tem', product: 38, point: point(52, 14) },
      { code: 'treg', product: 3, point: point(4, 1) },
    ]);
    expect(parametersOf(body, 'excluded')).toEqual([]);
  });
});

describe('immunity and loss in the study', () => {
  it('is a table of one subject, which says nothing', async () => {
    const { status, body } = await server.get(`${study}/$immunity-correlation`);
    expect(status).toBe(200);
    expect(scoresOf(body as Resource)).toMatchObject({
      'humoral immune lost': 1,
      'humoral p': 1,
      'humoral phi': undefined,
      'humoral n': 1,
      'either immune lost': 1,
    });
    expect(await errorsIn('MeasureReport', body)).toEqual([]);
  });
});
