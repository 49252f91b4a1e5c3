import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request, { type Test } from 'supertest';
import { readConfig, type Config } from '../../src/config.ts';
import { startServer as start } from '../../src/main.ts';
import { testDefinitions } from './definitions.ts';

type Method = 'get' | 'head' | 'options' | 'post' | 'put' | 'patch' | 'delete';
type Headers = Readonly<Record<string, string>>;

/** An answer; `body` is the JSON of its text, if it is JSON. */
export interface TestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  readonly body: unknown;
}

/** A server over a SQLite store in a folder of its own, and requests below its FHIR base. */
export interface TestServer {
  readonly baseUrl: string;
  readonly origin: string;
  get(url: string, headers?: Headers): Promise<TestAnswer>;
  post(url: string, body: object, headers?: Headers): Promise<TestAnswer>;
  put(url: string, body: object, headers?: Headers): Promise<TestAnswer>;
  patch(url: string, body: object, headers?: Headers): Promise<TestAnswer>;
  delete(url: string, headers?: Headers): Promise<TestAnswer>;
  /** Sends a body as it is; a resource unless the headers say otherwise. */
  send(method: Method, url: string, body: string, headers?: Headers): Promise<TestAnswer>;
  /** A request to the origin, to be completed by the test. */
  raw(method: Method, path: string): Test;
  close(): Promise<void>;
}

/** What differs from a server as it starts by default. */
export interface TestServerOptions {
  /** Whether the study is loaded. */
  readonly study?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Returns a running server; `close` also removes its folder. */
export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cart-her2-test-'));
  const server = await start(configOf(dataDir, options), {
    definitions: testDefinitions(),
    ...(options.study === true ? {} : { load: async () => Promise.resolve() }),
  });
  const { origin } = server;
  const raw = (method: Method, path: string) => request(origin)[method](path);
  const send = async (method: Method, url: string, body: string, headers: Headers = {}) =>
    raw(method, url === '' ? '/fhir' : `/fhir/${url}`)
      .set({ 'content-type': 'application/fhir+json', ...headers })
      .send(body);
  const bodiless = async (method: Method, url: string, headers: Headers = {}) =>
    raw(method, url === '' ? '/fhir' : `/fhir/${url}`).set(headers);
  return {
    baseUrl: server.baseUrl,
    origin,
    raw,
    send,
    get: async (url, headers) => bodiless('get', url, headers),
    delete: async (url, headers) => bodiless('delete', url, headers),
    post: async (url, body, headers) => send('post', url, JSON.stringify(body), headers),
    put: async (url, body, headers) => send('put', url, JSON.stringify(body), headers),
    patch: async (url, body, headers) =>
      send('patch', url, JSON.stringify(body), {
        'content-type': 'application/json-patch+json',
        ...headers,
      }),
    close: async () => {
      await server.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function configOf(dataDir: string, { environment }: TestServerOptions): Config {
  const read = readConfig({
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...environment,
  });
  if (!read.ok) throw new Error(read.problems.join(' '));
  return read.config;
}
