import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at, textAt } from '../support/json-at.ts';
import { startServer, type TestServer } from '../support/server.ts';

const organization = (id: string, name: string) => ({ resourceType: 'Organization', id, name });

let server: TestServer;
let middle: string;
beforeAll(async () => {
  server = await startServer();
  await server.put('Organization/a', organization('a', '1'));
  await server.put('Organization/a', organization('a', '2'));
  await server.delete('Organization/a');
  middle = textAt(
    (await server.get('Organization/a/_history')).body,
    'entry.0.response.lastModified',
  );
  await server.put('Organization/b', organization('b', '1'));
  await server.post('Patient', { resourceType: 'Patient', active: true });
});
afterAll(async () => server.close());

interface HistoryEntry {
  readonly fullUrl: string;
  readonly resource?: { readonly meta: { readonly versionId: string } };
  readonly request: { readonly method: string; readonly url: string };
  readonly response: { readonly status: string; readonly etag: string };
}

const entriesOf = (body: unknown) =>
  (body as { readonly entry?: readonly HistoryEntry[] }).entry ?? [];
const linkOf = (body: unknown, relation: string) =>
  (
    body as { readonly link: readonly { readonly relation: string; readonly url: string }[] }
  ).link.find((link) => link.relation === relation)?.url;
const below = (url: string) => url.slice(server.baseUrl.length + 1);

describe('history of an instance', () => {
  it('has every version, newest first, with what made it and what became of it', async () => {
    const { status, body } = await server.get('Organization/a/_history');
    expect([status, at(body, 'type'), at(body, 'total')]).toEqual([200, 'history', 3]);
    expect(
      entriesOf(body).map(({ fullUrl, resource, request, response }) => [
        below(fullUrl),
        resource?.meta.versionId,
        request.method,
        request.url,
        response.status,
        response.etag,
      ]),
    ).toEqual([
      ['Organization/a', undefined, 'DELETE', 'Organization/a', '204 No Content', 'W/"3"'],
      ['Organization/a', '2', 'PUT', 'Organization/a', '200 OK', 'W/"2"'],
      ['Organization/a', '1', 'PUT', 'Organization/a', '201 Created', 'W/"1"'],
    ]);
    expect(linkOf(body, 'self')).toBe(`${server.baseUrl}/Organization/a/_history`);
  });

  it('answers 404 for what never existed', async () => {
    expect((await server.get('Organization/never/_history')).status).toBe(404);
  });

  it('is empty, not missing, when nothing is as new as _since', async () => {
    const { status, body } = await server.get(
      'Organization/a/_history?_since=2100-01-01T00:00:00Z',
    );
    expect([status, at(body, 'total'), at(body, 'entry')]).toEqual([200, 0, undefined]);
  });

  it('pages to the last version without repeating one', async () => {
    const seen: (string | undefined)[] = [];
    let url: string | undefined = 'Organization/a/_history?_count=1';
    while (url !== undefined) {
      const { body } = await server.get(url);
      expect(at(body, 'total')).toBe(3);
      expect(entriesOf(body)).toHaveLength(1);
      seen.push(...entriesOf(body).map(({ response }) => response.etag));
      const next = linkOf(body, 'next');
      url = next === undefined ? undefined : below(next);
    }
    expect(seen).toEqual(['W/"3"', 'W/"2"', 'W/"1"']);
  });
});

describe('history of a type and of the system', () => {
  it('has the versions of all its resources', async () => {
    const type = await server.get('Organization/_history');
    expect(entriesOf(type.body).map(({ request }) => request.url)).toEqual([
      'Organization/b',
      'Organization/a',
      'Organization/a',
      'Organization/a',
    ]);
    const system = await server.get('_history');
    expect(entriesOf(system.body).map(({ request }) => request.url)).toEqual([
      'Patient',
      'Organization/b',
      'Organization/a',
      'Organization/a',
      'Organization/a',
    ]);
    expect(at((await server.get('Device/_history')).body, 'total')).toBe(0);
  });

  it('has what is as new as _since', async () => {
    const { body } = await server.get(`_history?_since=${encodeURIComponent(middle)}`);
    expect(at(body, 'total')).toBe(3);
  });

  it('has what was current at the time of _at', async () => {
    const totalOf = async (query: string) => at((await server.get(query)).body, 'total');
    expect(await totalOf(`Organization/_history?_at=${middle}`)).toBe(1);
    expect(await totalOf(`Organization/_history?_at=ge${middle}`)).toBe(2);
    expect(await totalOf('Organization/_history?_at=2001')).toBe(0);
    expect(await totalOf(`_history?_at=${middle.slice(0, 4)}`)).toBe(5);
  });

  it('counts alone with _count=0, and shows parts with _summary', async () => {
    const { body } = await server.get('_history?_count=0');
    expect([at(body, 'total'), at(body, 'entry')]).toEqual([5, undefined]);
    expect(at((await server.get('_history?_summary=count')).body, 'entry')).toBeUndefined();
    const summary = await server.get('Patient/_history?_summary=text');
    expect(at(summary.body, 'entry.0.resource.active')).toBeUndefined();
  });

  it.each([
    '_history?_count=x',
    '_history?_since=x',
    '_history?_since=2024-02-30',
    '_history?_at=sa2024',
    '_history?_count=1&_count=2',
    '_history?name=A',
    '_history?_page=x',
  ])('refuses %s', async (url) => {
    const { status, body } = await server.get(url);
    expect([status, at(body, 'resourceType')]).toEqual([400, 'OperationOutcome']);
  });

  it('leaves out what it does not know for a lenient client', async () => {
    const answer = await server.get('_history?name=A&_count=1', { prefer: 'handling=lenient' });
    expect(linkOf(answer.body, 'self')).toBe(`${server.baseUrl}/_history?_count=1`);
  });
});

describe('history of what was deleted and came back', () => {
  it('shows what brought back the deleted as a create, also on a page without the deletion', async () => {
    await server.put('Location/back', { resourceType: 'Location', id: 'back' });
    await server.delete('Location/back');
    await server.put('Location/back', { resourceType: 'Location', id: 'back' });
    for (const path of ['Location/back/_history', 'Location/_history?_count=1']) {
      const [newest] = entriesOf((await server.get(path)).body);
      expect(newest?.response.status).toBe('201 Created');
    }
  });
});
