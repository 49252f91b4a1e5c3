import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readExample } from '../../seed/example-requests.ts';
import { fhirClient, type FhirClient } from '../../seed/fhir-client.ts';
import type { JsonObject } from '../../src/fhir/json/json-value.ts';
import { at, textAt } from '../support/json-at.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { idOf, sendExample } from '../support/trial.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'cart-her2-processes-'));
const environment = { DATA_DIR: dataDir, LOG_LEVEL: 'silent', REPLANS_MAX: '100' };
let here: TestServer;
let child: ChildProcess;
let clients: readonly FhirClient[];

/** One server in this process and one in another, on one database file. */
beforeAll(async () => {
  here = await startServer({ study: true, environment });
  await sendExample(here, 17);
  const cli = join(import.meta.dirname, '../../src/cli.ts');
  const other = spawn(process.execPath, [cli, 'serve'], {
    env: { PATH: process.env['PATH'], PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = other;
  const [line] = (await once(createInterface(other.stdout), 'line')) as [string];
  const baseUrl = /https?:\/\/\S+/u.exec(line)?.[0] ?? '';
  clients = [fhirClient(here.baseUrl), fhirClient(baseUrl)];
}, 60_000);
afterAll(async () => {
  child.kill('SIGTERM');
  await once(child, 'exit');
  await here.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function openBeforeConsent(): Promise<number> {
  const { body } = await here.get('DetectedIssue?code=activity-before-consent&_count=200');
  const issues = (at(body, 'entry.*.resource') ?? []) as readonly JsonObject[];
  return issues.filter(({ status }) => status === 'final').length;
}

describe('two processes that write about one subject', () => {
  const visits = 8;
  let posted = 0;

  /** Visits of 20 January through both at once, while the consent is dated. */
  async function race(dateTime: string): Promise<readonly number[]> {
    const patient = await idOf(here, 'Patient?identifier=https://plagh.example.org/mrn|0300042');
    const { body } = await here.get(`Consent?patient=Patient/${patient}`);
    const consent = at(body, 'entry.0.resource') as JsonObject;
    const visit = readExample().find(({ row }) => row === 25);
    const encounter = () => ({
      ...(at(visit?.body, 'entry.0.resource') as JsonObject),
      identifier: [{ system: 'urn:race', value: String(posted++) }],
      subject: { reference: `Patient/${patient}` },
      serviceProvider: { reference: 'Organization/plagh' },
      period: { start: '2024-01-20T09:00:00+08:00' },
    });
    const [one, other] = clients;
    if (one === undefined || other === undefined) throw new Error('There are two servers.');
    const posts = Array.from({ length: visits }, async (_, index) =>
      (index % 2 === 0 ? one : other).request('POST', 'Encounter', encounter()),
    );
    const put = other.request('PUT', `Consent/${textAt(consent, 'id')}`, { ...consent, dateTime });
    return (await Promise.all([...posts, put])).map(({ status }) => status);
  }

  it.each([
    ['earlier', '2024-01-10T10:30:00+08:00', false],
    ['later', '2024-01-29T10:30:00+08:00', true],
    ['earlier again', '2024-01-10T10:30:00+08:00', false],
  ])(
    'leave no deviation wrong while the consent is dated %s',
    async (_, dateTime, isBefore) => {
      expect(new Set(await race(dateTime))).toEqual(new Set([200, 201]));
      expect(await openBeforeConsent()).toBe(isBefore ? posted : 0);
    },
    60_000,
  );
});
