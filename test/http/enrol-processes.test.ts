import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { subjectRequests } from '../../seed/cohort/cohort.ts';
import { plannedVisits } from '../../seed/cohort/schedule.ts';
import { fhirClient, type FhirAnswer } from '../../seed/fhir-client.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'cart-her2-two-'));
const children: ChildProcess[] = [];
afterAll(async () => {
  for (const child of children) {
    if (child.exitCode !== null) continue;
    const ended = once(child, 'close');
    child.kill('SIGKILL');
    await ended;
  }
  rmSync(dataDir, { recursive: true, force: true });
});

const cli = join(import.meta.dirname, '../../src/cli.ts');

/** Starts a server on the one folder and returns its FHIR base. */
async function serve(): Promise<string> {
  const child = spawn(process.execPath, [cli, 'serve'], {
    env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' },
  });
  children.push(child);
  let output = '';
  while (!output.includes('\n')) {
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
    output += chunk.toString();
  }
  return /http\S+/u.exec(output)?.[0] ?? '';
}

const subjects = 64;
const options = { subjects: 100, seed: 1, start: '2018-01-05', until: '2026-06-30' };
const date = { name: 'date', valueDateTime: '2020-01-20T09:00:00+08:00' };
const body = { resourceType: 'Parameters', parameter: [date] };

/** The screenings of the first subjects whose HER-2 status is positive. */
const screenings = Array.from({ length: options.subjects }, (_, index) => {
  const [request] = subjectRequests(options, index, plannedVisits());
  return { index, body: request?.body };
})
  .filter((one) => JSON.stringify(one.body).includes('"code":"POS"'))
  .slice(0, subjects);

/** Screens one subject and returns the URL that enrols it. */
async function screen(base: string, screening: (typeof screenings)[number]): Promise<string> {
  const client = fhirClient(base);
  const sent = await client.request('POST', '', screening.body);
  expect(sent.status).toBe(200);
  const number = `SCR-${String(screening.index + 1).padStart(4, '0')}`;
  const found = await client.request('GET', `ResearchSubject?identifier=${number}`);
  const [entry] = found.resource?.['entry'] as [{ readonly resource: { readonly id: string } }];
  return `ResearchSubject/${entry.resource.id}/$enrol`;
}

/** Enrols as a client does: one who lost to the other process too often is told to send it again. */
async function enrol(base: string, url: string): Promise<FhirAnswer> {
  const answer = await fhirClient(base).request('POST', url, body);
  return answer.status === 409 ? enrol(base, url) : answer;
}

it('gives 64 consecutive order numbers when two processes on one file are asked at once', async () => {
  const bases = [await serve(), await serve()] as const;
  const urls: string[] = [];
  for (const screening of screenings) urls.push(await screen(bases[0], screening));
  const answers = await Promise.all(
    urls.map(async (url, index) => enrol(bases[index % 2 === 0 ? 0 : 1], url)),
  );
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  const orders = answers.map(({ resource }) =>
    Number(/h2c-enrolment-order","valuePositiveInt":(\d+)/u.exec(JSON.stringify(resource))?.[1]),
  );
  expect(orders.toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: subjects }, (_, index) => index + 1),
  );
}, 120_000);
