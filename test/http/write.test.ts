import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at, textAt } from '../support/json-at.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => server.close());

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';

function organization(name: string, more: object = {}) {
  return { resourceType: 'Organization', name, ...more };
}

describe('create', () => {
  it('answers 201 with an id of the server, Location, ETag and Last-Modified', async () => {
    const answer = await server.post('Organization', organization('A', { id: 'mine' }));
    expect(answer.status).toBe(201);
    const id = textAt(answer.body, 'id');
    expect(id).toMatch(new RegExp(`^${uuid}$`));
    expect(at(answer.body, 'meta.versionId')).toBe('1');
    expect(answer.headers['etag']).toBe('W/"1"');
    expect(answer.headers['location']).toBe(`${server.baseUrl}/Organization/${id}/_history/1`);
    expect(Date.parse(answer.headers['last-modified'] ?? '')).toBe(
      Math.floor(Date.parse(textAt(answer.body, 'meta.lastUpdated')) / 1000) * 1000,
    );
    expect((await server.get(`Organization/${id}`)).body).toEqual(answer.body);
    expect((await server.get('Organization/mine')).status).toBe(404);
  });

  it('answers as the client prefers', async () => {
    const prefer = (value: string) =>
      server.post('Organization', organization('A'), { prefer: `return=${value}` });
    const minimal = await prefer('minimal');
    expect([minimal.status, minimal.text]).toEqual([201, '']);
    expect(at((await prefer('representation')).body, 'resourceType')).toBe('Organization');
    const outcome = await prefer('OperationOutcome');
    expect([outcome.status, at(outcome.body, 'resourceType')]).toEqual([201, 'OperationOutcome']);
  });

  it.each([
    ['no body', '', 400],
    ['malformed JSON', '{"resourceType":"Organization",', 400],
    ['a duplicate key', '{"resourceType":"Organization","name":"A","name":"B"}', 400],
    ['no resourceType', '{"name":"A"}', 400],
    ['another type', '{"resourceType":"Patient"}', 400],
    ['a forbidden key', '{"resourceType":"Organization","__proto__":{}}', 400],
    ['invalid content', '{"resourceType":"Organization","active":"yes"}', 422],
    ['a broken invariant', '{"resourceType":"Organization"}', 422],
  ])('refuses %s with an OperationOutcome and stores nothing', async (_title, body, status) => {
    const before = at((await server.get('Organization?_summary=count')).body, 'total');
    const answer = await server.send('post', 'Organization', body);
    expect([answer.status, at(answer.body, 'resourceType')]).toEqual([status, 'OperationOutcome']);
    expect(at((await server.get('Organization?_summary=count')).body, 'total')).toBe(before);
  });

  it('answers 404 for an unknown type', async () => {
    expect((await server.post('Organisation', organization('A'))).status).toBe(404);
  });

  it('returns every byte but id and meta as it came', async () => {
    const text =
      '{ "resourceType" : "Observation",\n  "status":"final", "code":{"text":"\\u00e9 \\ud83d\\ude00 Grüße"},\t"valueQuantity":{"value":1.00},\n' +
      '"component":[{"code":{"text":"x"},"valueQuantity":{"value":1e-3}}, {"code":{"text":"y"},"valueQuantity":{"value":12345678901234567890.10}}] }\n';
    const answer = await server.send('post', 'Observation', text);
    expect(answer.status).toBe(201);
    const read = await server.get(`Observation/${textAt(answer.body, 'id')}`);
    const withoutOwn = read.text.replace(/"id":"[^"]*",?/u, '').replace(/"meta":\{[^}]*\},?/u, '');
    expect(withoutOwn.replace(/\s+/gu, '')).toBe(text.replace(/\s+/gu, ''));
    for (const part of [
      '1.00',
      '1e-3',
      '12345678901234567890.10',
      '\\u00e9 \\ud83d\\ude00 Grüße',
    ]) {
      expect(read.text).toContain(part);
    }
  });
});

describe('conditional create', () => {
  const search = (value: string) => ({ 'if-none-exist': `identifier=urn:test|${value}` });
  const identified = (value: string) =>
    organization('A', { identifier: [{ system: 'urn:test', value }] });

  it('creates without a match, and answers 200 with the match unchanged', async () => {
    const first = await server.post('Organization', identified('c1'), search('c1'));
    expect(first.status).toBe(201);
    const second = await server.post(
      'Organization',
      { ...identified('c1'), name: 'B' },
      search('c1'),
    );
    expect(second.status).toBe(200);
    expect(second.body).toEqual(first.body);
    expect(second.headers['etag']).toBe('W/"1"');
  });

  it('answers 412 when several match, 400 for a criterion that it does not know', async () => {
    await server.post('Organization', identified('c2'));
    await server.post('Organization', identified('c2'));
    const several = await server.post('Organization', identified('c2'), search('c2'));
    expect([several.status, at(several.body, 'issue.0.code')]).toEqual([412, 'multiple-matches']);
    const unknown = { 'if-none-exist': 'colour=red' };
    expect((await server.post('Organization', identified('c3'), unknown)).status).toBe(400);
    const none = { 'if-none-exist': '_format=json' };
    expect((await server.post('Organization', identified('c3'), none)).status).toBe(400);
  });

  it('makes one resource of 64 identical requests at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 64 }, () =>
        server.post('Organization', identified('c64'), search('c64')),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 200)).toHaveLength(63);
    expect(new Set(answers.map(({ body }) => textAt(body, 'id'))).size).toBe(1);
    const found = await server.get('Organization?identifier=urn:test|c64');
    expect(at(found.body, 'total')).toBe(1);
  });
});

describe('update', () => {
  it('creates under the id of the client with 201, then makes versions with 200', async () => {
    const created = await server.put('Organization/u1', organization('A', { id: 'u1' }));
    expect(created.status).toBe(201);
    expect(created.headers['location']).toBe(`${server.baseUrl}/Organization/u1/_history/1`);
    const updated = await server.put('Organization/u1', organization('B', { id: 'u1' }));
    expect([updated.status, updated.headers['etag']]).toEqual([200, 'W/"2"']);
    expect(
      textAt(updated.body, 'meta.lastUpdated') > textAt(created.body, 'meta.lastUpdated'),
    ).toBe(true);
    expect(at((await server.get('Organization/u1/_history/1')).body, 'name')).toBe('A');
  });

  it('takes the version that If-Match names, and answers 412 for another', async () => {
    await server.put('Organization/u2', organization('A', { id: 'u2' }));
    const put = (ifMatch: string) =>
      server.put('Organization/u2', organization('B', { id: 'u2' }), { 'if-match': ifMatch });
    expect((await put('W/"1"')).status).toBe(200);
    const stale = await put('W/"1"');
    expect([stale.status, at(stale.body, 'issue.0.code')]).toEqual([412, 'conflict']);
    expect((await put('W/"abc"')).status).toBe(412);
    expect((await put('1')).status).toBe(400);
    expect((await put('"2"')).status).toBe(200);
    const absent = await server.put('Organization/u3', organization('B', { id: 'u3' }), {
      'if-match': 'W/"1"',
    });
    expect(absent.status).toBe(412);
  });

  it('overwrites nothing for If-None-Match: *, and answers 412', async () => {
    const write = async (headers: Readonly<Record<string, string>>) =>
      server.put('Patient/fresh', { resourceType: 'Patient', id: 'fresh' }, headers);
    expect((await write({ 'if-none-match': '*' })).status).toBe(201);
    expect((await write({ 'if-none-match': '*' })).status).toBe(412);
    expect((await write({ 'if-none-match': 'W/"1"' })).status).toBe(412);
    expect((await write({ 'if-none-match': 'W/"2"' })).status).toBe(200);
  });

  it('refuses an id that is missing, not that of the URL, or no id', async () => {
    expect((await server.put('Organization/u4', organization('A'))).status).toBe(400);
    expect((await server.put('Organization/u4', organization('A', { id: 'u5' }))).status).toBe(400);
    expect((await server.put('Organization/u_4', organization('A', { id: 'u_4' }))).status).toBe(
      400,
    );
    expect(
      (await server.put('Organization/u4', { resourceType: 'Patient', id: 'u4' })).status,
    ).toBe(400);
  });

  it('refuses a part of a resource, which would take the place of the whole', async () => {
    await server.put('Patient/whole', { resourceType: 'Patient', id: 'whole', gender: 'female' });
    const part = await server.get('Patient/whole?_elements=id');
    const answer = await server.send('put', 'Patient/whole', part.text);
    expect([answer.status, at(answer.body, 'issue.0.expression')]).toEqual([
      422,
      ['Patient.meta.tag'],
    ]);
    expect(at((await server.get('Patient/whole')).body, 'gender')).toBe('female');
  });

  it('brings back what was deleted with 201', async () => {
    await server.put('Organization/u6', organization('A', { id: 'u6' }));
    await server.delete('Organization/u6');
    const again = await server.put('Organization/u6', organization('B', { id: 'u6' }));
    expect([again.status, again.headers['etag']]).toEqual([201, 'W/"3"']);
  });

  it('loses none of 20 updates of one resource at once', async () => {
    await server.put('Organization/u7', organization('A', { id: 'u7' }));
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        server.put('Organization/u7', organization(`B${index}`, { id: 'u7' })),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect((await server.get('Organization/u7')).headers['etag']).toBe('W/"21"');
  });
});

describe('conditional update', () => {
  const url = (value: string) => `Organization?identifier=urn:test|${value}`;
  const identified = (value: string, more: object = {}) =>
    organization('A', { identifier: [{ system: 'urn:test', value }], ...more });

  it('creates without a match, updates the one, and answers 412 for several', async () => {
    const created = await server.put(url('cu1'), identified('cu1'));
    expect(created.status).toBe(201);
    const updated = await server.put(url('cu1'), identified('cu1', { name: 'B' }));
    expect([updated.status, at(updated.body, 'id')]).toEqual([200, at(created.body, 'id')]);
    await server.post('Organization', identified('cu1'));
    expect((await server.put(url('cu1'), identified('cu1'))).status).toBe(412);
  });

  it('takes the id that the resource names when it is free, and refuses another than the match has', async () => {
    const created = await server.put(url('cu2'), identified('cu2', { id: 'cu2' }));
    expect([created.status, at(created.body, 'id')]).toEqual([201, 'cu2']);
    expect((await server.put(url('cu2'), identified('cu2', { id: 'other' }))).status).toBe(400);
    expect((await server.put(url('cu3'), identified('cu3', { id: 'cu2' }))).status).toBe(409);
  });
});

describe('delete', () => {
  it('answers 204, also again and for what never was; then reading is gone', async () => {
    await server.put('Organization/d1', organization('A', { id: 'd1' }));
    const deleted = await server.delete('Organization/d1');
    expect([deleted.status, deleted.text, deleted.headers['etag']]).toEqual([204, '', 'W/"2"']);
    expect((await server.delete('Organization/d1')).status).toBe(204);
    expect((await server.delete('Organization/never')).status).toBe(204);
    expect((await server.get('Organization/d1')).status).toBe(410);
    expect((await server.get('Organization/d1/_history/1')).status).toBe(200);
  });

  it('answers 200 with an OperationOutcome to who prefers one', async () => {
    await server.put('Organization/d2', organization('A', { id: 'd2' }));
    const deleted = await server.delete('Organization/d2', { prefer: 'return=OperationOutcome' });
    expect([deleted.status, at(deleted.body, 'resourceType')]).toEqual([200, 'OperationOutcome']);
  });

  it('minds If-Match', async () => {
    await server.put('Organization/d3', organization('A', { id: 'd3' }));
    expect((await server.delete('Organization/d3', { 'if-match': 'W/"9"' })).status).toBe(412);
    expect((await server.delete('Organization/d3', { 'if-match': 'W/"1"' })).status).toBe(204);
  });

  it('deletes the one match of criteria, and answers 412 for several', async () => {
    const identified = organization('A', { identifier: [{ system: 'urn:test', value: 'cd1' }] });
    const url = 'Organization?identifier=urn:test|cd1';
    expect((await server.delete(url)).status).toBe(204);
    const created = await server.post('Organization', identified);
    await server.post('Organization', identified);
    expect((await server.delete(url)).status).toBe(412);
    await server.delete(`Organization/${textAt(created.body, 'id')}`);
    expect((await server.delete(url)).status).toBe(204);
    expect(at((await server.get(url)).body, 'total')).toBe(0);
    expect((await server.delete('Organization')).status).toBe(400);
  });
});

describe('patch', () => {
  const jsonPatch = { 'content-type': 'application/json-patch+json' };

  it('makes a version whose other bytes are as they were', async () => {
    const text =
      '{"resourceType":"Observation", "id":"p1","status":"preliminary","code":{"text":"x"},  "valueQuantity":{"value":1.00}}';
    await server.send('put', 'Observation/p1', text);
    const operations = [{ op: 'replace', path: '/status', value: 'final' }];
    const patched = await server.send(
      'patch',
      'Observation/p1',
      JSON.stringify(operations),
      jsonPatch,
    );
    expect([patched.status, patched.headers['etag']]).toEqual([200, 'W/"2"']);
    expect(at(patched.body, 'status')).toBe('final');
    expect(patched.text).toContain('"value":1.00');
    const history = await server.get('Observation/p1/_history');
    expect(at(history.body, 'entry.0.request.method')).toBe('PATCH');
  });

  it('validates what it makes, and minds If-Match, type and id', async () => {
    await server.put('Organization/p2', organization('A', { id: 'p2' }));
    const patch = async (operations: unknown, headers: Record<string, string> = {}) =>
      (
        await server.send('patch', 'Organization/p2', JSON.stringify(operations), {
          ...jsonPatch,
          ...headers,
        })
      ).status;
    expect(await patch([{ op: 'replace', path: '/name', value: 1 }])).toBe(422);
    expect(await patch([{ op: 'replace', path: '/id', value: 'p3' }])).toBe(422);
    expect(await patch([{ op: 'remove', path: '/telecom' }])).toBe(422);
    expect(await patch([{ op: 'test', path: '/name', value: 'B' }])).toBe(422);
    expect(await patch({ op: 'remove' })).toBe(400);
    expect(await patch([], { 'if-match': 'W/"9"' })).toBe(412);
    expect(await patch([], { 'content-type': 'application/xml' })).toBe(415);
    expect((await server.get('Organization/p2')).headers['etag']).toBe('W/"1"');
  });

  it('needs a resource, and takes criteria', async () => {
    const operations = JSON.stringify([{ op: 'add', path: '/name', value: 'C' }]);
    const patch = async (url: string) =>
      (await server.send('patch', url, operations, jsonPatch)).status;
    expect(await patch('Organization/never')).toBe(404);
    expect(await patch('Organization?identifier=urn:test|cp1')).toBe(404);
    await server.post(
      'Organization',
      organization('A', { identifier: [{ system: 'urn:test', value: 'cp1' }] }),
    );
    expect(await patch('Organization?identifier=urn:test|cp1')).toBe(200);
  });

  it('takes a FHIRPath Patch as Parameters', async () => {
    await server.put('Organization/p4', organization('A', { id: 'p4' }));
    const operation = (path: string) => ({
      resourceType: 'Parameters',
      parameter: [
        {
          name: 'operation',
          part: [
            { name: 'type', valueCode: 'replace' },
            { name: 'path', valueString: path },
            { name: 'value', valueString: 'B' },
          ],
        },
      ],
    });
    const patch = async (path: string) =>
      server.send('patch', 'Organization/p4', JSON.stringify(operation(path)));
    const patched = await patch('Organization.name');
    expect([patched.status, at(patched.body, 'name')]).toEqual([200, 'B']);
    expect((await patch('Organization.alias')).status).toBe(422);
    expect((await patch('Organization.(')).status).toBe(400);
  });
});
