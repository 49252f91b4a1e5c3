import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at } from '../support/json-at.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await server.put('Organization/o', { resourceType: 'Organization', id: 'o', name: 'A' });
  await server.put('Organization/o', { resourceType: 'Organization', id: 'o', name: 'B' });
  await server.put('Organization/gone', { resourceType: 'Organization', id: 'gone', name: 'A' });
  await server.delete('Organization/gone');
});
afterAll(async () => server.close());

describe('read', () => {
  it('answers with the current version, its tag and its time', async () => {
    const answer = await server.get('Organization/o');
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/fhir+json; charset=utf-8',
      'content-location': `${server.baseUrl}/Organization/o/_history/2`,
      etag: 'W/"2"',
    });
    expect(answer.body).toMatchObject({ id: 'o', meta: { versionId: '2' }, name: 'B' });
    const modified = Date.parse(answer.headers['last-modified'] ?? '');
    const lastUpdated = Date.parse(at(answer.body, 'meta.lastUpdated') as string);
    expect(modified).toBe(Math.floor(lastUpdated / 1000) * 1000);
  });

  it.each([
    ['what never existed', 'Organization/never', 404, 'not-found'],
    ['what no id can be', 'Organization/a%20b', 404, 'not-found'],
    ['what was deleted', 'Organization/gone', 410, 'deleted'],
    ['an unknown type', 'Organisation/o', 404, 'not-supported'],
  ])('answers with an OperationOutcome for %s', async (_title, url, status, code) => {
    const answer = await server.get(url);
    expect([answer.status, at(answer.body, 'issue.0.code')]).toEqual([status, code]);
  });

  it('answers HEAD with the headers of GET alone', async () => {
    const [head, get] = [
      await server.raw('head', '/fhir/Organization/o'),
      await server.get('Organization/o'),
    ];
    expect(head.status).toBe(200);
    expect(head.text).toBeUndefined();
    const names = ['etag', 'last-modified', 'content-type', 'content-length'];
    expect(names.map((name) => head.headers[name])).toEqual(names.map((name) => get.headers[name]));
  });

  it('answers with the part that _summary and _elements ask for, and says so', async () => {
    const { body } = await server.get('Organization/o?_elements=name');
    expect(at(body, 'meta.tag.0.code')).toBe('SUBSETTED');
    expect((await server.get('Organization/o?_summary=nothing')).status).toBe(400);
  });
});

describe('conditional read', () => {
  it.each([
    ['If-None-Match of the current version', { 'if-none-match': 'W/"2"' }, 304],
    ['If-None-Match without the sign of weakness', { 'if-none-match': '"2"' }, 304],
    ['If-None-Match of several', { 'if-none-match': 'W/"1", W/"2"' }, 304],
    ['If-None-Match of any', { 'if-none-match': '*' }, 304],
    ['If-None-Match of an older version', { 'if-none-match': 'W/"1"' }, 200],
    [
      'If-Modified-Since in the past',
      { 'if-modified-since': 'Mon, 01 Jan 2001 00:00:00 GMT' },
      200,
    ],
    ['If-Modified-Since that is no date', { 'if-modified-since': 'yesterday' }, 200],
    [
      'If-None-Match before If-Modified-Since',
      { 'if-none-match': 'W/"1"', 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' },
      200,
    ],
  ])('%s', async (_title, headers: Record<string, string>, status) => {
    const answer = await server.get('Organization/o', headers);
    expect(answer.status).toBe(status);
    expect(answer.text === '').toBe(status === 304);
    expect(answer.headers['etag']).toBe('W/"2"');
  });

  it('answers 304 for If-Modified-Since with the time that it gave', async () => {
    const first = await server.get('Organization/o');
    const again = await server.get('Organization/o', {
      'if-modified-since': first.headers['last-modified'] ?? '',
    });
    expect(again.status).toBe(304);
  });
});

describe('vread', () => {
  it('answers with the version', async () => {
    const answer = await server.get('Organization/o/_history/1');
    expect([answer.status, answer.headers['etag']]).toEqual([200, 'W/"1"']);
    expect(answer.body).toMatchObject({ meta: { versionId: '1' }, name: 'A' });
  });

  it.each([
    ['a version that is not there', 'Organization/o/_history/3', 404],
    ['what is no version', 'Organization/o/_history/x', 404],
    ['what never existed', 'Organization/never/_history/1', 404],
    ['a version that is a deletion', 'Organization/gone/_history/2', 410],
    ['a version before the deletion', 'Organization/gone/_history/1', 200],
  ])('answers to %s', async (_title, url, status) => {
    expect((await server.get(url)).status).toBe(status);
  });
});
