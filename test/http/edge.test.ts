import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at } from '../support/json-at.ts';
import { startServer, type TestServer } from '../support/server.ts';

const bodyBytesMax = 4096;
let server: TestServer;
beforeAll(async () => {
  server = await startServer({ environment: { BODY_BYTES_MAX: String(bodyBytesMax) } });
  await server.put('Organization/o', organization('A'));
});
afterAll(async () => server.close());

const organization = (name: string) => ({ resourceType: 'Organization', id: 'o', name });
const outcomeOf = (answer: { readonly status: number; readonly body: unknown }) => [
  answer.status,
  at(answer.body, 'resourceType'),
];
const refusedWith = (status: number) => [status, 'OperationOutcome'];

describe('paths', () => {
  it.each(['/fhir/Organization/o', '/fhir/Organization/o/', '/fhir/R4/Organization/o'])(
    '%s leads to the resource',
    async (path) => {
      const answer = await server.raw('get', path);
      expect([answer.status, at(answer.body, 'name')]).toEqual([200, 'A']);
    },
  );

  it.each([
    '/',
    '/nonsense',
    '/fhir/nonsense',
    '/fhir/Organization/o/x/y',
    '/FHIR/metadata',
    '/fhirx',
  ])('%s leads nowhere', async (path) => {
    expect(outcomeOf(await server.raw('get', path))).toEqual(refusedWith(404));
  });

  it.each(['/fhir/Organization/%', '/fhir/Organization?name=%zz', '/fhir/Organization/%ff'])(
    'refuses the broken encoding of %s',
    async (path) => {
      expect(outcomeOf(await server.raw('get', path))).toEqual(refusedWith(400));
    },
  );
});

describe('methods', () => {
  it.each([
    ['delete', '', 'GET, POST, HEAD, OPTIONS'],
    ['post', '/metadata', 'GET, HEAD, OPTIONS'],
    ['post', '/Organization/o', 'GET, PUT, PATCH, DELETE, HEAD, OPTIONS'],
    ['put', '/Organization/o/_history', 'GET, HEAD, OPTIONS'],
    ['delete', '/Organization/$validate', 'GET, POST, HEAD, OPTIONS'],
  ] as const)('%s %s is not allowed, and Allow says what is', async (method, path, allow) => {
    const answer = await server.raw(method, `/fhir${path}`);
    expect(outcomeOf(answer)).toEqual(refusedWith(405));
    expect(answer.headers['allow']).toBe(allow);
  });

  it('answers OPTIONS with what is allowed', async () => {
    const answer = await server.raw('options', '/fhir/Organization');
    expect([answer.status, answer.headers['allow']]).toEqual([
      204,
      'GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS',
    ]);
    expect((await server.raw('options', '/fhir/Nonsense')).status).toBe(404);
  });
});

describe('content negotiation', () => {
  it.each([
    ['application/fhir+json', 'application/fhir+json; charset=utf-8'],
    ['application/json', 'application/json; charset=utf-8'],
    ['application/fhir+xml;q=0.9, */*;q=0.1', 'application/fhir+json; charset=utf-8'],
    [
      'application/fhir+json; fhirVersion=4.0',
      'application/fhir+json; charset=utf-8; fhirVersion=4.0',
    ],
  ])('Accept %s is answered with %s', async (accept, contentType) => {
    const answer = await server.get('Organization/o', { accept });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, contentType]);
  });

  it('_format comes before Accept', async () => {
    const accept = 'application/fhir+xml';
    expect((await server.get('Organization/o?_format=json', { accept })).status).toBe(200);
    expect(outcomeOf(await server.get('Organization/o?_format=xml'))).toEqual(refusedWith(406));
  });

  it.each(['application/fhir+xml', 'text/html', 'application/fhir+json; fhirVersion=5.0'])(
    'answers 406 to who takes only %s',
    async (accept) => {
      expect(outcomeOf(await server.get('Organization/o', { accept }))).toEqual(refusedWith(406));
    },
  );

  it('_pretty indents', async () => {
    const { text } = await server.get('Organization/o?_pretty=true');
    expect(text).toContain('\n  "name": "A"');
  });

  it.each([
    'application/fhir+xml',
    'text/plain',
    'application/fhir+json; fhirVersion=3.0',
    'application/fhir+json; charset=utf-16',
  ])('answers 415 to a body of %s', async (contentType) => {
    const body = JSON.stringify(organization('B'));
    const answer = await server.send('put', 'Organization/o', body, {
      'content-type': contentType,
    });
    expect(outcomeOf(answer)).toEqual(refusedWith(415));
  });
});

describe('bodies', () => {
  const put = (body: Buffer, headers: Readonly<Record<string, string>> = {}) =>
    server
      .raw('put', '/fhir/Organization/o')
      .set({ 'content-type': 'application/fhir+json', ...headers })
      // Without this supertest would turn a Buffer to JSON.
      .serialize((bytes: Buffer) => bytes as unknown as string)
      .send(body);

  it('answers 413 to more bytes than allowed, also when they only unpack to more', async () => {
    const large = Buffer.from(JSON.stringify(organization('x'.repeat(bodyBytesMax))));
    expect(outcomeOf(await put(large))).toEqual(refusedWith(413));
    const packed = await put(gzipSync(large), { 'content-encoding': 'gzip' });
    expect(outcomeOf(packed)).toEqual(refusedWith(413));
    const chunked = await fetch(`${server.baseUrl}/Organization/o`, {
      method: 'PUT',
      headers: { 'content-type': 'application/fhir+json' },
      body: new Blob([large]).stream(),
      duplex: 'half',
    });
    expect(chunked.status).toBe(413);
  });

  it('takes what gzip packed, and refuses what it did not', async () => {
    const bytes = Buffer.from(JSON.stringify(organization('A')));
    expect((await put(gzipSync(bytes), { 'content-encoding': 'gzip' })).status).toBe(200);
    expect(outcomeOf(await put(bytes, { 'content-encoding': 'gzip' }))).toEqual(refusedWith(400));
    expect(outcomeOf(await put(bytes, { 'content-encoding': 'br' }))).toEqual(refusedWith(415));
  });

  it('refuses what is not UTF-8', async () => {
    const bytes = Buffer.from(JSON.stringify(organization('A\u00e9')), 'latin1');
    expect(outcomeOf(await put(bytes))).toEqual(refusedWith(400));
  });
});

describe('headers', () => {
  it('gives back the id of the request, or makes one', async () => {
    const sent = await server.get('Organization/o', { 'x-request-id': 'visit-12' });
    expect(sent.headers['x-request-id']).toBe('visit-12');
    const unusable = await server.get('Organization/o', { 'x-request-id': 'a b' });
    expect(unusable.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/u);
  });

  it('tells browsers to keep their hands off', async () => {
    const { headers } = await server.get('Organization/o');
    expect(headers).toMatchObject({
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    });
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('packs large answers for who takes gzip', async () => {
    const accepting = await server.get('metadata', { 'accept-encoding': 'gzip' });
    const refusing = await server.get('metadata', { 'accept-encoding': 'gzip;q=0' });
    expect([accepting.headers['content-encoding'], refusing.headers['content-encoding']]).toEqual([
      'gzip',
      undefined,
    ]);
    expect(accepting.text).toBe(refusing.text);
    const small = await server.get('Organization/o', { 'accept-encoding': 'gzip' });
    expect(small.headers['content-encoding']).toBeUndefined();
  });
});

describe('health', () => {
  it('is live and ready', async () => {
    for (const path of ['/health/live', '/health/ready']) {
      const answer = await server.raw('get', path);
      expect([path, answer.status, answer.body]).toEqual([path, 200, { status: 'pass' }]);
    }
    expect((await server.raw('get', '/health/nonsense')).status).toBe(404);
  });
});

describe('with other settings', () => {
  it('lets pages of configured origins read answers', async () => {
    const origin = 'https://viewer.example.org';
    const open = await startServer({ environment: { CORS_ORIGINS: origin } });
    const [own, other] = [
      await open.get('metadata?_summary=true', { origin }),
      await open.get('metadata', { origin: 'https://elsewhere.example.org' }),
    ];
    expect(own.headers['access-control-allow-origin']).toBe(origin);
    expect(other.headers['access-control-allow-origin']).toBeUndefined();
    const preflight = await open
      .raw('options', '/fhir/Patient')
      .set({ origin, 'access-control-request-method': 'PUT' });
    expect([preflight.status, preflight.headers['access-control-allow-methods']]).toEqual([
      204,
      'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
    ]);
    await open.close();
  });

  it('makes links with the public base', async () => {
    const baseUrl = 'https://trial.example.org/fhir';
    const behind = await startServer({ environment: { BASE_URL: baseUrl } });
    const created = await behind
      .raw('post', '/fhir/Organization')
      .set('content-type', 'application/fhir+json')
      .send(JSON.stringify(organization('A')));
    expect(created.headers['location']).toMatch(new RegExp(`^${baseUrl}/Organization/`, 'u'));
    await behind.close();
  });

  it('answers 503 and when to come back when it has too much to do', async () => {
    const busy = await startServer({ environment: { REQUESTS_MAX: '1' } });
    const { hostname, port } = new URL(busy.origin);
    const slow = connect(Number(port), hostname);
    await once(slow, 'connect');
    slow.write('POST /fhir/Organization HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n');
    slow.write('Content-Type: application/fhir+json\r\n\r\n{');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const answer = await busy.raw('get', '/fhir/metadata');
    expect(outcomeOf(answer)).toEqual(refusedWith(503));
    expect(answer.headers['retry-after']).toBe('1');
    slow.destroy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await busy.raw('get', '/fhir/Organization')).status).toBe(200);
    await busy.close();
  });
});

describe('the content of a Binary', () => {
  const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0x00, 0xfe]);
  const png = { 'content-type': 'image/png', 'x-security-context': 'Organization/o' };

  it('comes as it is, and goes out so to who takes its media type alone', async () => {
    const created = await server.raw('post', '/fhir/Binary').set(png).send(bytes);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      contentType: 'image/png',
      securityContext: { reference: 'Organization/o' },
      data: bytes.toString('base64'),
    });
    const path = `/fhir/Binary/${String(at(created.body, 'id'))}`;
    for (const accept of ['image/png', 'text/html, image/*']) {
      const native = await server.raw('get', path).set('accept', accept).buffer(true);
      expect([native.status, native.headers['content-type']]).toEqual([200, 'image/png']);
      expect(native.headers['content-disposition']).toBe('attachment');
      expect(native.headers['etag']).toBe('W/"1"');
      expect(native.body).toEqual(bytes);
    }
    expect(at((await server.raw('get', path)).body, 'resourceType')).toBe('Binary');
    expect(outcomeOf(await server.raw('get', path).set('accept', 'text/html'))).toEqual(
      refusedWith(406),
    );
    expect(outcomeOf(await server.raw('get', '/fhir/Binary/no').set('accept', 'image/*'))).toEqual(
      refusedWith(404),
    );
  });

  it('is written under the id of the URL, and is no way round for other types', async () => {
    const put = await server.raw('put', '/fhir/Binary/b').set(png).send(bytes);
    expect([put.status, at(put.body, 'id')]).toEqual([201, 'b']);
    const other = await server.raw('post', '/fhir/Organization').set(png).send(bytes);
    expect(outcomeOf(other)).toEqual(refusedWith(415));
    const large = Buffer.alloc(bodyBytesMax + 1);
    expect((await server.raw('post', '/fhir/Binary').set(png).send(large)).status).toBe(413);
  });
});
