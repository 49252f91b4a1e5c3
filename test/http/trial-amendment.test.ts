import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readExample } from '../../seed/example-requests.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { at } from '../support/json-at.ts';
import { scoresOf } from '../support/measure.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { idOf, parametersOf, sendExample, sendRow } from '../support/trial.ts';

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
const record = 'https://plagh.example.org/record';
const categories = 'http://terminology.hl7.org/CodeSystem/observation-category';

/** Sends further rows of the worked example. */
async function sendRows(first: number, last: number): Promise<void> {
  for (const request of readExample().filter(({ row }) => row >= first && row <= last)) {
    expect((await sendRow(server, request)).status).toBe(200);
  }
}

/** An action of the plan with another window, in days around its target or from Day 0. */
function withRange<T extends object>(action: T, low: number, high: number): T {
  const text = JSON.stringify(action)
    .replace(/("low":\{"value":)-?\d+/u, `$1${low}`)
    .replace(/("high":\{"value":)-?\d+/u, `$1${high}`);
  return JSON.parse(text) as T;
}

/** Another visit with the activities of an action, two days early or late. */
function addedAfter<T extends object>(
  action: T,
  { id, day }: { readonly id: string; readonly day: number },
): T {
  const text = JSON.stringify(withRange(action, day - 2, day + 2)).replace(
    /("offsetDuration":\{"value":)\d+/u,
    `$1${day}`,
  );
  const system = 'https://her2-cart.example.org/fhir/CodeSystem/h2c-visit';
  const code = [{ coding: [{ system, code: id }] }];
  return { ...(JSON.parse(text) as T), id, code, title: 'Added visit' };
}

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

  it('for the floor of the ejection fraction (PP-15)', async () => {
    const rules = async () => {
      const query = 'day=2&asOf=2024-03-06T09:00:00%2B08:00';
      const { body } = await server.get(`ResearchSubject/${subject}/$dosing-gate?${query}`);
      return (parametersOf(body, 'reason') as { rule: string }[]).map(({ rule }) => rule);
    };
    const { body: temperature } = await server.get(`Observation?identifier=${record}|temp-0011-d1`);
    const measured = await server.post('Observation', {
      ...(at(temperature, 'entry.0.resource') as object),
      identifier: [{ system: record, value: 'lvef-0011-d1' }],
      category: [{ coding: [{ system: categories, code: 'imaging' }] }],
      code: { coding: [{ system: 'http://loinc.org', code: '10230-1' }] },
      valueQuantity: { value: 54, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
    });
    expect(measured.status).toBe(201);
    expect(await rules()).not.toContain('R3/UT-4');
    await amend(parameters, /("valueCode":"PP-15".*?"value":)50/u, '$155');
    expect(await rules()).toContain('R3/UT-4');
  });

  it('for the landmark of immunity (PP-11)', async () => {
    await sendRows(20, 22);
    const cells = ['immune lost', 'immune kept', 'not immune lost', 'not immune kept', 'censored'];
    const table = async () => {
      const url = `ResearchStudy/nct01935843/$immunity-correlation?asOf=2025-06-10`;
      const scores = scoresOf((await server.get(url)).body as Resource);
      return cells.map((cell) => scores[`humoral ${cell}`]);
    };
    expect(await table()).toEqual([1, 0, 0, 0, 0]);
    // The sample of day 28 is no longer one by the landmark.
    await amend(parameters, /("valueCode":"PP-11".*?"value":)31/u, '$127');
    expect(await table()).toEqual([0, 0, 0, 0, 0]);
    await amend(parameters, /("valueCode":"PP-11".*?"value":)27/u, '$131');
  });
});

describe('an amendment of the plan holds from its commit on', () => {
  const planUrl = 'PlanDefinition/h2c-protocol-plan';
  const visitsOn = async (asOf: string) => {
    const { body } = await server.get(`ResearchSubject/${subject}/$schedule?asOf=${asOf}`);
    const details = at(body, 'activity.*.detail') as {
      readonly code: { readonly coding: readonly [{ readonly code: string }] };
      readonly scheduledPeriod: unknown;
      readonly statusReason: { readonly text: string };
    }[];
    return new Map(details.map((detail) => [detail.code.coding[0].code, detail]));
  };
  const deviations = async (code: string) => {
    const { body } = await server.get(`DetectedIssue?code=${code}&_count=100`);
    const issues = (at(body, 'entry.*.resource') ?? []) as { status: string; detail: string }[];
    return issues.map(({ status, detail }) => `${status}: ${detail}`);
  };
  const judge = async (asOf: string) => {
    const answer = await server.post(`ResearchSubject/${subject}/$schedule`, {
      resourceType: 'Parameters',
      parameter: [{ name: 'asOf', valueDate: asOf }],
    });
    expect(answer.status).toBe(200);
  };
  interface Action {
    readonly id: string;
  }
  const putActions = async (
    url: string,
    change: (actions: readonly Action[]) => readonly Action[],
  ) => {
    const plan = (await server.get(url)).body as Resource & { readonly action: readonly Action[] };
    const answer = await server.put(url, { ...plan, action: change(plan.action) });
    expect(answer.status).toBe(200);
  };

  it('for a visit that is dropped', async () => {
    const before = [...(await visitsOn('2024-04-01')).keys()];
    expect(before).toContain('A13');
    await putActions(planUrl, (actions) => actions.filter(({ id }) => id !== 'A13'));
    const after = [...(await visitsOn('2024-04-01')).keys()];
    expect(after).toEqual(before.filter((code) => code !== 'A13'));
  });

  it('for the window of a visit, and for what is written of the visit from then on', async () => {
    const days = async (low: number, high: number) =>
      putActions(planUrl, (actions) =>
        actions.map((action) => (action.id === 'M9' ? withRange(action, low, high) : action)),
      );
    await days(-14, 20);
    expect((await visitsOn('2024-04-01')).get('M9')?.scheduledPeriod).toEqual({
      start: '2024-11-20',
      end: '2024-12-24',
    });
    await sendRows(25, 25);
    expect(await deviations('visit-out-of-window')).toEqual([]);
    const { body } = await server.get(`Encounter?identifier=${record}|visit-0011-m9`);
    const visit = at(body, 'entry.0.resource') as Resource;
    const endedAt = async (hour: number) => {
      const period = {
        start: '2024-12-22T09:00:00+08:00',
        end: `2024-12-22T${hour}:00:00+08:00`,
      };
      const answer = await server.put(`Encounter/${visit.id ?? ''}`, { ...visit, period });
      expect(answer.status).toBe(200);
    };
    await days(-14, 10);
    expect(await deviations('visit-out-of-window')).toEqual([]);
    await endedAt(12);
    const said = 'Visit M9 took place on 2024-12-22; its window is 2024-11-20 to 2024-12-14.';
    expect(await deviations('visit-out-of-window')).toEqual([`final: ${said}`]);
    await days(-14, 20);
    await endedAt(13);
    expect(await deviations('visit-out-of-window')).toEqual([`cancelled: ${said}`]);
  });

  it('for a visit that is added, which can be missed then', async () => {
    expect((await visitsOn('2024-07-01')).has('W10')).toBe(false);
    // A visit has a code of its own first.
    const codes = (await server.get('CodeSystem/h2c-visit')).body as Resource & {
      readonly concept: readonly object[];
    };
    const concept = [...codes.concept, { code: 'W10' }];
    const added = { ...codes, concept, count: concept.length };
    expect((await server.put('CodeSystem/h2c-visit', added)).status).toBe(200);
    await putActions(planUrl, (actions) =>
      actions.flatMap((action) =>
        action.id === 'W8' ? [action, addedAfter(action, { id: 'W10', day: 70 })] : [action],
      ),
    );
    expect((await visitsOn('2024-07-01')).get('W10')).toMatchObject({
      statusReason: { text: 'missed' },
      scheduledPeriod: { start: '2024-05-11', end: '2024-05-15' },
    });
    await judge('2024-07-01');
    expect(await deviations('visit-missed')).toContain(
      'final: Visit W10 was missed; its window ended on 2024-05-15.',
    );
  });

  it('for an activity that is dropped, which a visit then no longer lacks', async () => {
    const lacking = async () =>
      (await deviations('activity-missed')).filter((text) => text.includes('Visit D28 '));
    const lacks = (...activities: readonly string[]) => [
      `final: Visit D28 lacks: ${activities.join(', ')}.`,
    ];
    const most = ['vitals', 'ecog', 'exam', 'labs', 'cytokines', 'iec-tox'];
    const last = ['cardiac-markers', 'flow', 'elispot', 'imaging'];
    expect(await lacking()).toEqual(lacks(...most, 'lvef', ...last));
    await putActions('PlanDefinition/h2c-visit-d28', (actions) =>
      actions.filter(({ id }) => id !== 'lvef'),
    );
    await judge('2024-07-01');
    expect(await lacking()).toEqual(lacks(...most, ...last));
  });
});
