import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config.ts';
import { createLiveContext } from '../../src/live-context.ts';
import { overdueOperation } from '../../src/rest/operation/schedule.ts';
import { unrestricted } from '../../src/store/resource-store.ts';
import { openSqliteStore, type SqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import type { SubjectMemory } from '../../src/trial/subject-memory.ts';
import { testDefinitions } from '../support/definitions.ts';
import { at } from '../support/json-at.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { idOf, sendExample } from '../support/trial.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'cart-her2-overdue-'));
const asOf = '2026-06-10';
let server: TestServer;
let store: SqliteStore;
beforeAll(async () => {
  server = await startServer({ study: true, environment: { DATA_DIR: dataDir } });
  await sendExample(server, Infinity, ({ url }) => !url.includes('$overdue'));
  store = await openSqliteStore({ directory: dataDir });
}, 60_000);
afterAll(async () => {
  await store.close();
  await server.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Calls `$overdue` over the same file; `before` happens after it has read the first subject. */
async function writeOverdue(before: () => Promise<void>): Promise<boolean> {
  const config = readConfig({ DATA_DIR: dataDir });
  if (!config.ok) throw new Error(config.problems.join(' '));
  const context = await createLiveContext({
    store,
    definitions: testDefinitions(),
    limits: config.config.limits,
    linkKey: 'x',
  });
  const live = context();
  let isFirst = true;
  const read: SubjectMemory['read'] = async (source, patientKey) => {
    const known = await live.subjects.read(source, patientKey);
    if (isFirst) {
      isFirst = false;
      await before();
    }
    return known;
  };
  const raced = { ...live, subjects: { ...live.subjects, read } };
  const written = await overdueOperation.run(raced, {
    method: 'POST',
    path: ['ResearchStudy', 'nct01935843'],
    query: [['asOf', asOf]],
    header: () => undefined,
    baseUrl: server.baseUrl,
    access: unrestricted,
  });
  return written.ok;
}

async function missedVisits(): Promise<readonly string[]> {
  const { body } = await server.get('DetectedIssue?code=visit-missed&status=final&_count=200');
  const values = (at(body, 'entry.*.resource.identifier.0.value') ?? []) as readonly string[];
  return values.map((value) => value.split(':').at(-1) ?? '').toSorted();
}

describe('what is written of what is overdue', () => {
  it('is judged again when a visit comes in before its commit', async () => {
    const { body } = await server.get(`ResearchStudy/nct01935843/$overdue?asOf=${asOf}`);
    const visits = (at(body, 'parameter') as { name: string; part?: unknown }[])
      .filter(({ name }) => name === 'visit')
      .map(({ part }) => part as { name: string; valueCode?: string; valueDate?: string }[])
      .map((parts) => ({
        code: parts.find(({ name }) => name === 'code')?.valueCode ?? '',
        state: parts.find(({ name }) => name === 'state')?.valueCode,
        start: parts.find(({ name }) => name === 'windowStart')?.valueDate ?? '',
      }));
    const missed = visits.filter(({ state }) => state === 'missed');
    const [repaired, ...others] = missed;
    const patient = await idOf(server, 'Patient?identifier=https://plagh.example.org/mrn|0300042');
    expect(await missedVisits()).not.toContain(repaired?.code);
    const isWritten = await writeOverdue(async () => {
      const system = 'https://her2-cart.example.org/fhir/CodeSystem/h2c-visit';
      const answer = await server.post('Encounter', {
        resourceType: 'Encounter',
        meta: {
          profile: ['https://her2-cart.example.org/fhir/StructureDefinition/h2c-study-visit'],
        },
        identifier: [{ system: 'urn:visit', value: 'late' }],
        status: 'finished',
        class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
        type: [{ coding: [{ system, code: repaired?.code }] }],
        subject: { reference: `Patient/${patient}` },
        period: { start: `${repaired?.start ?? ''}T09:00:00+08:00` },
        serviceProvider: { reference: 'Organization/plagh' },
      });
      expect([answer.status, answer.text.slice(0, 400)]).toEqual([201, expect.anything()]);
    });
    expect(isWritten).toBe(true);
    expect(others.length).toBeGreaterThan(0);
    expect(await missedVisits()).toEqual(others.map(({ code }) => code).toSorted());
    const total = async () => at((await server.get('_history?_count=1')).body, 'total');
    const before = await total();
    expect(await writeOverdue(async () => Promise.resolve())).toBe(true);
    expect(await total()).toBe(before);
  });
});
