import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';

const cli = join(import.meta.dirname, '../../src/cli.ts');
const folders: string[] = [];
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

interface Served {
  readonly child: ChildProcess;
  readonly dataDir: string;
  readonly output: () => string;
  readonly errors: () => string;
  /** The exit code. */
  readonly ended: Promise<number | null>;
}

function serve(environment: Readonly<Record<string, string>> = {}): Served {
  const dataDir = mkdtempSync(join(tmpdir(), 'cart-her2-process-'));
  folders.push(dataDir);
  const child = spawn(process.execPath, [cli, 'serve'], {
    env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: dataDir, ...environment },
  });
  children.push(child);
  let [output, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, dataDir, output: () => output, errors: () => errors, ended };
}

async function baseUrlOf({ child, output, errors, ended }: Served): Promise<string> {
  while (!output().includes('\n')) {
    await Promise.race([once(child.stdout ?? child, 'data'), ended]);
    if (child.exitCode !== null) throw new Error(errors());
  }
  const baseUrl = /^cart-her2 serves FHIR R4 at (http\S+)\n$/u.exec(output())?.[1];
  if (baseUrl === undefined) throw new Error(`It printed: ${output()}`);
  return baseUrl;
}

describe('the process', () => {
  it('prints one line, finishes what it accepted on SIGTERM, and leaves no write behind', async () => {
    const served = serve();
    const baseUrl = await baseUrlOf(served);
    const body = JSON.stringify({ resourceType: 'Organization', name: 'A' });
    const slow = request(`${baseUrl}/Organization`, {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json', 'content-length': body.length },
    });
    slow.write(body.slice(0, 10));
    await fetch(`${baseUrl}/Organization?name=secret-number`);
    served.child.kill('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 200));
    slow.end(body.slice(10));
    const [answer] = (await once(slow, 'response')) as [{ readonly statusCode: number }];
    expect(answer.statusCode).toBe(201);
    expect(await served.ended).toBe(0);
    expect(served.output()).toBe(`cart-her2 serves FHIR R4 at ${baseUrl}\n`);
    const log = join(served.dataDir, 'cart-her2.sqlite-wal');
    expect(existsSync(log) ? statSync(log).size : 0).toBe(0);
  });

  it('logs requests as JSON lines without queries, bodies and ids', async () => {
    const served = serve();
    const baseUrl = await baseUrlOf(served);
    const headers = { 'content-type': 'application/fhir+json', 'x-request-id': 'r-1' };
    const body = JSON.stringify({ resourceType: 'Patient', id: 'mrn-4711', active: true });
    await fetch(`${baseUrl}/Patient/mrn-4711`, { method: 'PUT', headers, body });
    await fetch(`${baseUrl}/Patient?identifier=mrn-4711`);
    await fetch(`${baseUrl}/mrn-4711`);
    served.child.kill('SIGTERM');
    await served.ended;
    const lines = served
      .errors()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(
      lines.map(({ method, interaction, type, status }) => [method, interaction, type, status]),
    ).toEqual([
      ['PUT', 'update', 'Patient', 201],
      ['GET', 'search-type', 'Patient', 200],
      ['GET', undefined, undefined, 404],
    ]);
    expect(lines[0]).toMatchObject({ requestId: 'r-1', ms: expect.any(Number) });
    expect(served.errors()).not.toContain('4711');
  });

  it('says in a sentence what is wrong with its environment', async () => {
    const served = serve({ PORT: 'x', HOST: '0.0.0.0' });
    expect(await served.ended).toBe(2);
    expect(served.errors()).toBe('PORT must be a whole number from 0 to 65535.\n');
  });

  it('says that its port is taken', async () => {
    const first = serve();
    const { port } = new URL(await baseUrlOf(first));
    const second = serve({ PORT: port });
    expect(await second.ended).toBe(1);
    expect(second.errors()).toContain(`cannot listen on 127.0.0.1:${port}: another program uses`);
  });
});
