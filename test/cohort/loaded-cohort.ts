import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CohortOptions } from '../../seed/cohort/cohort.ts';
import { localClient } from '../../seed/local-client.ts';
import { loadSeed } from '../../seed/load-seed.ts';
import { sendCohort, type CohortReport } from '../../seed/send-cohort.ts';
import { readConfig } from '../../src/config.ts';
import type { JsonObject } from '../../src/fhir/json/json-value.ts';
import { createLiveContext } from '../../src/live-context.ts';
import { dispatch } from '../../src/rest/dispatch.ts';
import type { RestRequest } from '../../src/rest/rest.ts';
import { unrestricted } from '../../src/store/resource-store.ts';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { testDefinitions } from '../support/definitions.ts';
import { variedRequests } from './variations.ts';

/** A store with a cohort that came through the validated way of a client, and its operations. */
export interface LoadedCohort {
  readonly report: CohortReport;
  /** The answer of `GET <url>`, below the FHIR base. */
  readonly get: (url: string) => Promise<JsonObject>;
  /** Every version of what is not deleted, a line each, in an order that means nothing. */
  readonly dump: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

/** Loads the study and a varied cohort into a store of its own. Throws when something is refused. */
export async function loadCohort(options: CohortOptions): Promise<LoadedCohort> {
  const directory = mkdtempSync(join(tmpdir(), 'cart-her2-cohort-'));
  const read = readConfig({ DATA_DIR: directory, LOG_LEVEL: 'silent' });
  if (!read.ok) throw new Error(read.problems.join(' '));
  const store = await openSqliteStore({ directory, pageLifetimeMs: 60_000 });
  const { limits } = read.config;
  const parts = { store, definitions: testDefinitions(), limits, linkKey: 'a key of this test' };
  const context = await createLiveContext(parts);
  const send = async (request: RestRequest) => dispatch(context(), request);
  const client = localClient({ context, baseUrl: 'http://localhost/fhir', send });
  await loadSeed({ context, baseUrl: client.baseUrl, send });
  const report = await sendCohort(client, options, () => undefined, variedRequests);
  return {
    report,
    get: async (url) => {
      const { status, resource } = await client.request('GET', url);
      if (status !== 200 || resource === undefined) {
        throw new Error(`${url}: ${status} ${JSON.stringify(resource)}`);
      }
      return resource;
    },
    dump: async () => {
      const lines: string[] = [];
      for await (const { type, id, versionId, text } of store.scan([], unrestricted)) {
        lines.push(text ?? '');
        if (versionId === 1) continue;
        const history = await store.history({ type, id, count: 1_000 }, unrestricted);
        if (!history.ok) throw new Error('A history cannot be read.');
        const earlier = history.value.versions.filter((one) => one.versionId < versionId);
        lines.push(...earlier.flatMap((one) => one.text ?? []));
      }
      return lines.toSorted();
    },
    close: async () => {
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
