import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at } from '../support/json-at.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await server.put('Questionnaire/q1', { ...questionnaire, id: 'q1', version: '1' });
});
afterAll(async () => server.close());

const url = 'http://example.org/Questionnaire/smoking';
const questionnaire = {
  resourceType: 'Questionnaire',
  url,
  status: 'active',
  item: [{ linkId: 'smokes', type: 'boolean', required: true }],
};

function response(canonical: string | undefined, answer: object) {
  return {
    resourceType: 'QuestionnaireResponse',
    questionnaire: canonical,
    status: 'completed',
    item: [{ linkId: 'smokes', answer: [answer] }],
  };
}

const [good, bad] = [{ valueBoolean: false }, { valueString: 'no' }];

interface Found {
  readonly severity: string;
  readonly diagnostics?: string;
  readonly expression?: readonly string[];
}

/** Severity, rule and place of the issues that the Questionnaire gives rise to. */
function findings(body: unknown): readonly string[] {
  return ((at(body, 'issue') ?? []) as readonly Found[])
    .filter(({ diagnostics }) => diagnostics?.startsWith('questionnaire-') === true)
    .map(({ severity, diagnostics, expression }) =>
      [severity, diagnostics, expression?.[0]].join(' '),
    );
}

const refused = [
  'error questionnaire-type QuestionnaireResponse.item[0].answer[0]',
] as readonly string[];
const unknown = ['information questionnaire-known QuestionnaireResponse.questionnaire'];

describe('a QuestionnaireResponse whose Questionnaire is stored', () => {
  it.each([url, `${url}|1`, 'Questionnaire/q1'])(
    'is created when it agrees with %s, and refused when it does not',
    async (canonical) => {
      expect((await server.post('QuestionnaireResponse', response(canonical, good))).status).toBe(
        201,
      );
      const answer = await server.post('QuestionnaireResponse', response(canonical, bad));
      expect([answer.status, findings(answer.body)]).toEqual([422, refused]);
    },
  );

  it('is judged the same by $validate', async () => {
    const judge = async (canonical: string, answer: object) =>
      findings(
        (await server.post('QuestionnaireResponse/$validate', response(canonical, answer))).body,
      );
    expect(await judge(url, good)).toEqual([]);
    expect(await judge(url, bad)).toEqual(refused);
    expect(await judge(`${url}|2`, bad)).toEqual(unknown);
    const bundle = {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [
        { fullUrl: 'urn:uuid:6f9619ff-8b86-4011-b42d-00c04fc964ff', resource: response(url, bad) },
      ],
    };
    expect(findings((await server.post('Bundle/$validate', bundle)).body)).toEqual([
      'error questionnaire-type Bundle.entry[0].resource.item[0].answer[0]',
    ]);
  });
});

describe('a QuestionnaireResponse whose Questionnaire is elsewhere', () => {
  it('is created', async () => {
    for (const canonical of ['http://example.org/none', `${url}|2`, 'Questionnaire/none']) {
      const answer = await server.post('QuestionnaireResponse', response(canonical, bad));
      expect(answer.status).toBe(201);
    }
    expect((await server.post('QuestionnaireResponse', response(undefined, bad))).status).toBe(201);
  });

  it('is held to the one that it contains', async () => {
    const contained = [{ ...questionnaire, id: 'q', url: undefined }];
    const post = async (answer: object) =>
      server.post('QuestionnaireResponse', { ...response('#q', answer), contained });
    expect((await post(good)).status).toBe(201);
    expect(findings((await post(bad)).body)).toEqual(refused);
  });

  it('is held to the one of the same transaction', async () => {
    const canonical = 'http://example.org/Questionnaire/together';
    const post = async (answer: object) =>
      server.post('', {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          {
            resource: response(canonical, answer),
            request: { method: 'POST', url: 'QuestionnaireResponse' },
          },
          {
            resource: { ...questionnaire, url: canonical },
            request: { method: 'POST', url: 'Questionnaire' },
          },
        ],
      });
    const answer = await post(bad);
    expect([answer.status, findings(answer.body)]).toEqual([
      422,
      ['error questionnaire-type Bundle.entry[0].resource.item[0].answer[0]'],
    ]);
    expect((await post(good)).status).toBe(200);
  });
});
