import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { loadSeed } from '../../seed/load-seed.ts';
import { readConfig } from '../../src/config.ts';
import { startServer } from '../../src/main.ts';
import { testDefinitions } from '../support/definitions.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'cart-her2-seed-'));
afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

/** Starts a server on the one folder, runs `use` against its base, ends it; returns what the seed wrote. */
async function start(use: (baseUrl: string) => Promise<void> = async () => Promise.resolve()) {
  const read = readConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' });
  if (!read.ok) throw new Error(read.problems.join(' '));
  let written = 0;
  const server = await startServer(read.config, {
    definitions: testDefinitions(),
    load: async (loader) => {
      written = await loadSeed(loader);
    },
  });
  try {
    await use(server.baseUrl);
  } finally {
    await server.close();
  }
  return written;
}

interface Stored {
  readonly meta: { readonly versionId: string; readonly source?: string };
  readonly name?: string;
}

async function read(url: string): Promise<Stored> {
  return (await (await fetch(url)).json()) as Stored;
}

async function put(url: string, resource: object): Promise<void> {
  const answer = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(resource),
  });
  expect(answer.status).toBe(200);
}

describe('the seed', () => {
  it('brings the study and the guide, and a second start writes nothing', async () => {
    const first = await start(async (base) => {
      const study = await read(`${base}/ResearchStudy/nct01935843`);
      expect(study.meta.versionId).toBe('1');
      const url = 'https://her2-cart.example.org/fhir/StructureDefinition/h2c-persistence';
      expect(await read(`${base}/StructureDefinition?url=${url}`)).toMatchObject({ total: 1 });
    });
    expect(first).toBeGreaterThan(200);
    expect(await start()).toBe(0);
  });

  it("keeps an operator's edit and deletion", async () => {
    await start(async (base) => {
      const site = `${base}/Organization/site-02`;
      await put(site, { ...(await read(site)), name: 'A site with a name' });
      await fetch(`${base}/Measure/h2c-om4`, { method: 'DELETE' });
    });
    expect(await start()).toBe(0);
    await start(async (base) => {
      expect(await read(`${base}/Organization/site-02`)).toMatchObject({
        name: 'A site with a name',
        meta: { versionId: '2' },
      });
      expect((await fetch(`${base}/Measure/h2c-om4`)).status).toBe(410);
    });
  });
});
