import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at, textAt } from '../support/json-at.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ environment: { BUNDLE_ENTRIES_MAX: '20' } });
});
afterAll(async () => server.close());

interface Entry {
  readonly fullUrl?: string;
  readonly resource?: object;
  readonly request?: object;
}

const bundle = (type: string, entry: readonly Entry[]) => ({ resourceType: 'Bundle', type, entry });
const send = async (
  type: string,
  entry: readonly Entry[],
  headers: Readonly<Record<string, string>> = {},
) => server.post('', bundle(type, entry), headers);
const patient = (value: string, more: object = {}) => ({
  resourceType: 'Patient',
  identifier: [{ system: 'urn:test', value }],
  ...more,
});
const observation = (reference: string, more: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'x' },
  subject: { reference },
  ...more,
});
const post = (
  resource: { readonly resourceType: string; readonly status?: string },
  more: object = {},
): Entry => ({
  resource,
  request: { method: 'POST', url: resource.resourceType, ...more },
});
const total = async (query: string) =>
  at((await server.get(`${query}&_summary=count`)).body, 'total') as number;

/** The status codes of the entries of an answer. */
const statuses = (body: unknown) =>
  (at(body, 'entry.*.response.status') as readonly string[]).map((status) => status.slice(0, 3));
/** Where an entry of an answer was written, relative to the base. */
const location = (body: unknown, index: number) =>
  textAt(body, `entry.${index}.response.location`).slice(server.baseUrl.length + 1);

describe('batch', () => {
  it('answers each entry as if it had been sent alone', async () => {
    await server.put('Patient/b1', patient('b1', { id: 'b1' }));
    const answer = await send('batch', [
      { request: { method: 'GET', url: 'Patient/b1' } },
      { request: { method: 'GET', url: 'Patient/never' } },
      post(patient('b2')),
      post({ resourceType: 'Patient', gender: 'x' } as { readonly resourceType: string }),
      { request: { method: 'DELETE', url: 'Patient/b1' } },
      { request: { method: 'GET', url: 'Patient?identifier=urn:test|b2' } },
      {},
      { request: { method: 'FETCH', url: 'Patient' } },
    ]);
    expect([answer.status, at(answer.body, 'type')]).toEqual([200, 'batch-response']);
    expect(statuses(answer.body)).toEqual(['200', '404', '201', '422', '204', '200', '400', '400']);
    expect(at(answer.body, 'entry.0.resource.id')).toBe('b1');
    expect(at(answer.body, 'entry.1.response.outcome.issue.0.code')).toBe('not-found');
    expect(location(answer.body, 2)).toMatch(/^Patient\/[0-9a-f-]{36}\/_history\/1$/u);
    expect(at(answer.body, 'entry.2.response.etag')).toBe('W/"1"');
    expect(textAt(answer.body, 'entry.2.response.lastModified')).toMatch(/Z$/u);
    expect(at(answer.body, 'entry.5.resource.total')).toBe(1);
    expect(at(answer.body, 'entry.6.response.outcome.issue.0.expression')).toEqual([
      'Bundle.entry[6].request',
    ]);
  });

  it('answers HEAD without the resource', async () => {
    await server.put('Patient/b9', patient('b9', { id: 'b9' }));
    for (const type of ['batch', 'transaction']) {
      const answer = await send(type, [{ request: { method: 'HEAD', url: 'Patient/b9' } }]);
      expect(statuses(answer.body)).toEqual(['200']);
      expect(at(answer.body, 'entry.0.response.etag')).toBe('W/"1"');
      expect(at(answer.body, 'entry.0.resource')).toBeUndefined();
    }
  });

  it('minds the conditions of each entry', async () => {
    const create = post(patient('b3'), { ifNoneExist: 'identifier=urn:test|b3' });
    const answer = await send('batch', [create, create]);
    expect(at(answer.body, 'entry.*.response.status')).toEqual(['201 Created', '200 OK']);
  });
});

describe('transaction', () => {
  it('links its entries everywhere, in any order, and answers in theirs', async () => {
    const uuid = 'urn:uuid:0b3dd7a4-2d9f-4a4e-9d35-2f7c8a1b0c11';
    const answer = await send('transaction', [
      {
        ...post(
          observation(uuid, {
            contained: [{ resourceType: 'Specimen', id: 's', subject: { reference: uuid } }],
            specimen: { reference: '#s' },
            extension: [
              { url: 'urn:test:ref', valueReference: { reference: uuid } },
              { url: 'urn:test:uri', valueUri: uuid },
              { url: 'urn:test:text', valueString: uuid },
              { url: 'urn:test:canonical', valueCanonical: uuid },
            ],
            text: {
              status: 'generated',
              div: `<div xmlns="http://www.w3.org/1999/xhtml"><a href="${uuid}">p</a></div>`,
            },
          }),
        ),
      },
      { ...post(patient('t1')), fullUrl: uuid },
    ]);
    expect([answer.status, at(answer.body, 'type')]).toEqual([200, 'transaction-response']);
    const target = location(answer.body, 1).replace('/_history/1', '');
    const stored: unknown = (await server.get(location(answer.body, 0))).body;
    expect(at(stored, 'subject.reference')).toBe(target);
    expect(at(stored, 'contained.0.subject.reference')).toBe(target);
    expect(at(stored, 'extension.0.valueReference.reference')).toBe(target);
    expect(at(stored, 'extension.1.valueUri')).toBe(target);
    expect(at(stored, 'extension.2.valueString')).toBe(uuid);
    expect(at(stored, 'extension.3.valueCanonical')).toBe(uuid);
    expect(at(stored, 'text.div')).toContain(`href="${target}"`);
    expect(at(answer.body, 'entry.0.resource')).toBeUndefined();
  });

  it('keeps the bytes of what it does not link', async () => {
    const text = JSON.stringify(
      bundle('transaction', [
        { ...post(observation('urn:uuid:1', { valueQuantity: { value: 7 } })) },
        { ...post(patient('t2')), fullUrl: 'urn:uuid:1' },
      ]),
    ).replace('"value":7', '"value" : 1.500');
    const answer = await server.send('post', '', text, { prefer: 'return=representation' });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('"value" : 1.500');
    expect(at(answer.body, 'entry.0.resource.subject.reference')).toMatch(/^Patient\//u);
  });

  it('resolves links by RESTful fullUrls too', async () => {
    const root = 'https://ehr.example.org/fhir';
    const answer = await send(
      'transaction',
      [
        { ...post(patient('t3', { id: '7' })), fullUrl: `${root}/Patient/7` },
        { ...post(observation('Patient/7')), fullUrl: `${root}/Observation/1` },
        { ...post(observation(`${root}/Patient/7`)), fullUrl: `${root}/Observation/2` },
      ],
      { prefer: 'return=representation' },
    );
    const made = `Patient/${textAt(answer.body, 'entry.0.resource.id')}`;
    expect(at(answer.body, 'entry.1.resource.subject.reference')).toBe(made);
    expect(at(answer.body, 'entry.2.resource.subject.reference')).toBe(made);
  });

  it('resolves conditional references, and fails whole without exactly one match', async () => {
    const created = await server.post('Patient', patient('t4'));
    const answer = await send(
      'transaction',
      [post(observation('Patient?identifier=urn:test|t4'))],
      {
        prefer: 'return=representation',
      },
    );
    expect(at(answer.body, 'entry.0.resource.subject.reference')).toBe(
      `Patient/${textAt(created.body, 'id')}`,
    );
    const none = await send('transaction', [
      post(patient('t5')),
      post(observation('Patient?identifier=urn:test|none')),
    ]);
    expect(none.status).toBe(412);
    expect(at(none.body, 'issue.0.expression')).toEqual([
      'Bundle.entry[1].resource.subject.reference',
    ]);
    expect(await total('Patient?identifier=urn:test|t5')).toBe(0);
    await server.post('Patient', patient('t4'));
    const several = await send('transaction', [
      post(observation('Patient?identifier=urn:test|t4')),
    ]);
    expect([several.status, at(several.body, 'issue.0.code')]).toEqual([412, 'multiple-matches']);
  });

  it('resolves conditional references after its writes, to what it creates and not to what it deletes', async () => {
    const own = await send(
      'transaction',
      [post(observation('Patient?identifier=urn:test|own-7')), post(patient('own-7'))],
      { prefer: 'return=representation' },
    );
    expect(own.status).toBe(200);
    const made = `Patient/${textAt(own.body, 'entry.1.resource.id')}`;
    expect(at(own.body, 'entry.0.resource.subject.reference')).toBe(made);
    const gone = await send('transaction', [
      post(observation('Patient?identifier=urn:test|own-7')),
      { request: { method: 'DELETE', url: made } },
    ]);
    expect(gone.status).toBe(412);
    const twice = await send('transaction', [
      post(observation('Patient?identifier=urn:test|own-7')),
      post(patient('own-7')),
    ]);
    expect([twice.status, at(twice.body, 'issue.0.code')]).toEqual([412, 'multiple-matches']);
  });

  it('stores nothing when one entry is invalid, and names every one that is', async () => {
    const answer = await send('transaction', [
      post(patient('t6')),
      post({ ...observation('Patient/1'), status: 'x' }),
      post(patient('t6', { gender: 'x' })),
    ]);
    expect([answer.status, at(answer.body, 'resourceType')]).toEqual([422, 'OperationOutcome']);
    const named = at(answer.body, 'issue.*.expression.0');
    expect(named).toEqual(
      expect.arrayContaining([
        'Bundle.entry[1].resource.status',
        'Bundle.entry[2].resource.gender',
      ]),
    );
    expect(await total('Patient?identifier=urn:test|t6')).toBe(0);
  });

  it('does deletes first, then writes, then reads that see what was written', async () => {
    await server.put('Patient/t7', patient('t7', { id: 't7' }));
    const answer = await send('transaction', [
      { request: { method: 'GET', url: 'Patient?identifier=urn:test|t7' } },
      { request: { method: 'GET', url: 'Patient/t8' } },
      post(patient('t7'), { ifNoneExist: 'identifier=urn:test|t7' }),
      { resource: patient('t8', { id: 't8' }), request: { method: 'PUT', url: 'Patient/t8' } },
      { request: { method: 'DELETE', url: 'Patient/t7' } },
    ]);
    expect(answer.status).toBe(200);
    expect(statuses(answer.body)).toEqual(['200', '200', '201', '201', '204']);
    expect(at(answer.body, 'entry.0.resource.entry.0.resource.id')).not.toBe('t7');
    expect(at(answer.body, 'entry.1.resource.id')).toBe('t8');
  });

  it('minds conditional creates, updates, deletes and ifMatch of entries', async () => {
    const known = await server.post('Patient', patient('t9'));
    await server.post('Patient', patient('t10'));
    const answer = await send('transaction', [
      { ...post(patient('t9'), { ifNoneExist: 'identifier=urn:test|t9' }), fullUrl: 'urn:uuid:9' },
      {
        resource: patient('t11'),
        request: { method: 'PUT', url: 'Patient?identifier=urn:test|t11' },
      },
      { request: { method: 'DELETE', url: 'Patient?identifier=urn:test|t10' } },
      post(observation('urn:uuid:9', { identifier: [{ value: 't9' }] })),
    ]);
    expect(statuses(answer.body)).toEqual(['200', '201', '204', '201']);
    const linked = await server.get(`Observation?patient=${textAt(known.body, 'id')}`);
    expect(at(linked.body, 'total')).toBe(1);
    const stale = await send('transaction', [
      post(patient('t12')),
      {
        resource: patient('t9', { id: at(known.body, 'id') }),
        request: { method: 'PUT', url: `Patient/${textAt(known.body, 'id')}`, ifMatch: 'W/"7"' },
      },
    ]);
    expect([stale.status, at(stale.body, 'issue.0.expression')]).toEqual([
      412,
      ['Bundle.entry[1]'],
    ]);
    expect(await total('Patient?identifier=urn:test|t12')).toBe(0);
  });

  it('patches in a transaction with a Binary', async () => {
    await server.put('Patient/t13', patient('t13', { id: 't13' }));
    const data = Buffer.from('[{"op":"add","path":"/active","value":true}]').toString('base64');
    const answer = await send('transaction', [
      {
        resource: { resourceType: 'Binary', contentType: 'application/json-patch+json', data },
        request: { method: 'PATCH', url: 'Patient/t13' },
      },
    ]);
    expect(at(answer.body, 'entry.0.response.status')).toBe('200 OK');
    expect(at((await server.get('Patient/t13')).body, 'active')).toBe(true);
  });

  it.each([
    [
      'two entries about one resource',
      [
        { resource: patient('t14', { id: 't14' }), request: { method: 'PUT', url: 'Patient/t14' } },
        { request: { method: 'DELETE', url: 'Patient/t14' } },
      ],
      'Bundle.entry[1]',
    ],
    [
      'two creates by the same criteria',
      [
        post(patient('t15'), { ifNoneExist: 'identifier=urn:test|t15' }),
        post(patient('t15'), { ifNoneExist: 'identifier=urn:test|t15' }),
      ],
      'Bundle.entry[1]',
    ],
    [
      'an entry without request',
      [post(patient('t16')), { resource: patient('t16') }],
      'Bundle.entry[1].request',
    ],
    ['an entry without URL', [{ request: { method: 'GET' } }], 'Bundle.entry[0].request.url'],
    [
      'an unknown method',
      [{ request: { method: 'FETCH', url: 'Patient' } }],
      'Bundle.entry[0].request.method',
    ],
    [
      'another resource than the URL says',
      [{ resource: patient('t17'), request: { method: 'POST', url: 'Observation' } }],
      'Bundle.entry[0].resource',
    ],
    [
      'an operation',
      [{ request: { method: 'POST', url: 'Patient/$validate' } }],
      'Bundle.entry[0].request',
    ],
  ])('refuses %s with 400, naming the entry', async (_title, entries, expression) => {
    const answer = await send('transaction', entries);
    expect([answer.status, at(answer.body, 'issue.0.expression')]).toEqual([400, [expression]]);
  });

  it('refuses two entries of one fullUrl, for a link to it would be to either', async () => {
    const fullUrl = 'urn:uuid:8c0ea456-9245-4db0-870d-7cdc69467228';
    const answer = await send('transaction', [
      { ...post(patient('t20')), fullUrl },
      { ...post(patient('t21')), fullUrl },
    ]);
    expect(answer.status).toBe(400);
    expect(at(answer.body, 'issue.*.expression')).toEqual([['Bundle.entry[1].fullUrl']]);
    expect(await total('Patient?identifier=urn:test|t20')).toBe(0);
  });

  it('writes nothing when one of its reads cannot be answered', async () => {
    const answer = await send('transaction', [
      post(patient('t18')),
      { request: { method: 'GET', url: 'Patient?colour=red' } },
    ]);
    expect(answer.status).toBe(400);
    expect(await total('Patient?identifier=urn:test|t18')).toBe(0);
  });

  it('takes an empty Bundle, refuses other Bundles, and more entries than it takes', async () => {
    expect((await send('transaction', [])).status).toBe(200);
    expect((await send('collection', [])).status).toBe(400);
    expect((await server.post('', patient('t19'))).status).toBe(400);
    const many = Array.from({ length: 21 }, () => ({
      request: { method: 'GET', url: 'Patient/1' },
    }));
    const answer = await send('batch', many);
    expect([answer.status, at(answer.body, 'issue.0.code')]).toEqual([413, 'too-costly']);
  });
});
