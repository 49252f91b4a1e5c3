import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { predecessorRequests } from '../../seed/example-predecessors.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { at, textAt } from '../support/json-at.ts';
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

const record = 'https://plagh.example.org/record';
const baselines = ['t01', 't02'].map((lesion) => `${record}|size-0011-${lesion}-pre`).join(',');

interface Part {
  readonly code: { readonly coding: readonly [{ readonly code: string }] };
  readonly valueQuantity: { readonly value: number };
}

interface Assessment {
  readonly studyDay: number;
  readonly sumOfDiameters: { readonly value: number };
  readonly percentChangeFromBaseline: number;
  readonly percentChangeFromNadir: number;
  readonly response: string;
  readonly recomputed: string;
}

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
    expect(parametersOf(body, 'overall')).toEqual(['eligible']);
    const criteria = parametersOf(body, 'criterion') as { id: string; state: string }[];
    expect(criteria.filter(({ id }) => id.startsWith('E')).map(({ state }) => state)).toEqual(
      Array.from({ length: 6 }, () => 'met'),
    );
  });

  const named = (body: unknown, names: readonly string[]) =>
    names.map((name) => parametersOf(body, name)[0]);
  const askAt = async (name: string, asOf: string) =>
    (await server.get(`ResearchSubject/${subject}/$${name}?asOf=${asOf}`)).body;

  it('lost the cells on day 112, which day 140 confirms', async () => {
    const body = await ask('persistence');
    expect(parametersOf(body, 'cmax')).toMatchObject([{ value: 21400, unit: '{copies}/ug' }]);
    const loss = ['outcome', 'lossDay', 'lossDate', 'event'];
    expect(named(body, loss)).toEqual(['lost', 112, '2024-06-24', true]);
    const known = async (asOf: string) => named(await askAt('persistence', asOf), loss);
    expect(await known('2024-07-21')).toEqual(['unconfirmed', undefined, undefined, false]);
    expect(await known('2024-07-22')).toEqual(['lost', 112, '2024-06-24', true]);
  });

  it('has its times an hour before whole days, which shifts the area slightly', async () => {
    const body = await ask('persistence');
    const [tmax, auc, tlast] = ['tmax', 'auc', 'tlast'].map(
      (name) => (parametersOf(body, name)[0] as { value: number }).value,
    );
    expect([tmax, tlast]).toEqual([10 - 1 / 24, 84 - 1 / 24]);
    expect(auc?.toFixed(2)).toBe('222499.53');
  });

  it('became immune on day 28, by the landmark and before that loss', async () => {
    const [humoral] = parametersOf(await ask('immunity'), 'humoral');
    expect(humoral).toEqual({
      state: 'immune',
      onset: '2024-04-01',
      sequence: 'immunity-before-loss',
      foldRise: 16,
    });
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
    const components = at(body, 'entry.0.resource.component') as Part[];
    const ratio = components.find(({ code }) => code.coding[0].code === 'trafficking-ratio');
    expect(ratio?.valueQuantity.value.toFixed(2)).toBe('2.75');
    expect(at(body, 'entry.*.resource.derivedFrom.length')).toEqual([2, 2]);
  });

  it('responded in part, confirmed at week 16, before it progressed', async () => {
    const best = async (asOf: string) =>
      named(await askAt('best-response', asOf), [
        'bestOverallResponse',
        'confirmed',
        'unconfirmedBestResponse',
      ]);
    expect(await best('2024-06-23')).toEqual(['SD', false, 'PR']);
    expect(await best('2024-06-24')).toEqual(['PR', true, 'PR']);
    expect(await best('2025-01-10')).toEqual(['PR', true, 'PR']);
    const assessments = parametersOf(await ask('best-response'), 'assessment') as Assessment[];
    expect(
      assessments.map((one) => [
        one.studyDay,
        one.sumOfDiameters.value,
        one.percentChangeFromBaseline.toFixed(1),
        one.percentChangeFromNadir.toFixed(1),
        one.response,
        one.recomputed,
      ]),
    ).toEqual([
      [56, 58, '-32.6', '-32.6', 'PR', 'PR'],
      [112, 55, '-36.0', '-5.2', 'PR', 'PR'],
      [168, 70, '-18.6', '27.3', 'PD', 'PD'],
    ]);
  });

  it('has a sum of 86 mm before the infusion', async () => {
    const measured = await server.get(`Observation?identifier=${baselines}`);
    const sizes = at(measured.body, 'entry.*.resource.valueQuantity.value') as number[];
    expect(sizes.toSorted()).toEqual([25, 61]);
    const [first] = parametersOf(await ask('best-response'), 'assessment') as Assessment[];
    expect(100 * (58 / 86 - 1)).toBeCloseTo(first?.percentChangeFromBaseline ?? 0, 10);
  });
});

describe('the deviations of the worked example', () => {
  it('are the late month 9 visit alone', async () => {
    const { body } = await server.get('DetectedIssue?_count=100');
    expect(at(body, 'entry.*.resource.identifier.0.value')).toEqual([
      expect.stringMatching(`^visit-out-of-window:${subject}:Encounter/`),
    ]);
    expect(at(body, 'entry.0.resource')).toMatchObject({
      status: 'final',
      severity: 'low',
      code: { coding: [{ code: 'visit-out-of-window' }] },
      detail: 'Visit M9 took place on 2024-12-22; its window is 2024-11-20 to 2024-12-18.',
    });
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

  it('is open on day 0: the lot is the own, released one', async () => {
    const answer = await gate('day=0&asOf=2024-03-04T09:30:00%2B08:00');
    expect(parametersOf(answer.body, 'decision')).toEqual(['proceed']);
  });

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

describe('the adverse event of the worked example', () => {
  const found = async (query: string) =>
    at((await server.get(`AdverseEvent?${query}`)).body, 'entry.*.resource') as Resource[];

  it('is serious and dose-limiting, and lasted 6 days', async () => {
    const [event, ...others] = await found('seriousness=serious&dlt=true');
    expect(others).toEqual([]);
    expect(at(event, 'meta.versionId')).toBe('2');
    const extensions = event?.['extension'] as { url: string; valueDateTime: string }[];
    const resolved = extensions.find(({ url }) => url.endsWith('/resolve-date'))?.valueDateTime;
    const day = (text: string) => Date.parse(text.slice(0, 10)) / 86_400_000;
    expect(day(resolved ?? '') - day(textAt(event, 'date'))).toBe(6);
    const checked = await server.post('AdverseEvent/$validate', event as object);
    expect(at(checked.body, 'issue.*.severity')).not.toContain('error');
  });

  it('has a grade of its own that its components give too', async () => {
    const { body } = await server.get('Observation?code=crs-grade&value-concept=grade-3');
    const grade = at(body, 'entry.0.resource') as Resource;
    const checked = await server.post('Observation/$validate', grade);
    const said = at(checked.body, 'issue.*.diagnostics') as readonly (string | undefined)[];
    expect(said.filter((text) => text?.startsWith('grade-recomputed'))).toEqual([]);
  });
});

interface Count {
  readonly count: number;
}

interface Group {
  readonly code: { readonly text: string; readonly coding?: readonly unknown[] };
  readonly population: readonly Count[];
  readonly measureScore?: { readonly value: number };
  readonly stratifier: readonly {
    readonly code: readonly [{ readonly text: string }];
    readonly stratum: readonly {
      readonly value: { readonly text: string };
      readonly population: readonly Count[];
    }[];
  }[];
}

describe('the study of the worked example', () => {
  const ask = async (name: string, asOf: string) =>
    (await server.get(`ResearchStudy/nct01935843/$${name}?asOf=${asOf}`)).body;

  it('has one study-related term of one subject, of grade 3', async () => {
    const body = await ask('safety-endpoint', '2025-01-10');
    const groups = at(body, 'group') as Group[];
    const terms = groups.filter(({ code }) => code.coding !== undefined);
    expect(terms.map(({ code }) => code.text)).toEqual(['cytokine release syndrome']);
    const [term] = terms;
    expect(term?.population.map(({ count }) => count)).toEqual([1, 1]);
    expect(term?.measureScore).toEqual({ value: 1 });
    const strata = term?.stratifier.flatMap(({ code, stratum }) =>
      stratum.map(({ value, population }) => [code[0].text, value.text, population[1]?.count]),
    );
    expect(strata).toEqual([
      ['grade', '1', 0],
      ['grade', '2', 0],
      ['grade', '3', 1],
      ['grade', '4', 0],
      ['grade', '5', 0],
      ['grade', '>=3', 1],
      ['relatedness', 'cart-her-2', 1],
      ['relatedness', 'any', 1],
    ]);
    const score = (name: string) => groups.find(({ code }) => code.text === name)?.measureScore;
    expect(
      ['any study-related', 'any cart-her-2-related', 'serious', 'dlt', 'deaths', 'queries'].map(
        (name) => score(name)?.value,
      ),
    ).toEqual([1, 1, 1, 1, 0, 0]);
  });

  it('has one clock of 15 days, which the second version did not move', async () => {
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

  it('has the leukapheresis done in its window', async () => {
    const answer = await server.get(`ResearchSubject/${subject}/$schedule?asOf=2025-01-10`);
    expect(visit(answer.body, 'APH')).toMatchObject({
      outcomeReference: [{ reference: expect.stringMatching(/^Procedure\//) }],
      progress: expect.arrayContaining([{ time: '2024-02-12', text: 'done' }]),
      detail: {
        statusReason: { text: 'done' },
        description: '2024-02-12',
        scheduledPeriod: { start: '2024-02-05', end: '2024-02-23' },
      },
    });
  });

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

describe('the kinetics of samples whose times are corrected to whole days', () => {
  /** Every time of a collection an hour later: that of the infusion. */
  const corrected = async (query: string) => {
    const { body } = await server.get(`${query}&_count=100`);
    return (at(body, 'entry.*.resource') as Resource[]).map((resource) => ({
      resource: JSON.parse(
        JSON.stringify(resource).replaceAll('T09:00:00+08:00', 'T10:00:00+08:00'),
      ) as Resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${resource.id ?? ''}` },
    }));
  };

  it('are those of the protocol to the digit', async () => {
    const { body: who } = await server.get(`ResearchSubject/${subject}`);
    const patient = textAt(who, 'individual.reference');
    const entry = [
      ...(await corrected(`Specimen?patient=${patient}&type=BLD`)),
      ...(await corrected(`Observation?patient=${patient}&code=persist-tcrz-cd137`)),
    ];
    const answer = await server.post('', { resourceType: 'Bundle', type: 'transaction', entry });
    expect(answer.status).toBe(200);
    const { body } = await server.get(`ResearchSubject/${subject}/$persistence?asOf=2025-01-10`);
    const numbers = ['cmax', 'tmax', 'auc', 'tlast', 'duration'].map(
      (name) => (parametersOf(body, name)[0] as { value: number }).value,
    );
    expect(numbers).toEqual([21400, 10, 222452.5, 84, 112]);
    expect(parametersOf(body, 'lossDay')).toEqual([112]);
  });
});
