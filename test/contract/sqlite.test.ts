import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SearchExpression } from '../../src/fhir/search/plan.ts';
import { unrestricted } from '../../src/store/resource-store.ts';
import { matching } from '../../src/store/sqlite/compile.ts';
import { reindexSqlite } from '../../src/store/sqlite/reindex.ts';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { value } from '../support/store-value.ts';
import { coded, commitOf, dated, deletion, planOf, write } from '../support/store-write.ts';
import { resourceStoreContract } from './resource-store.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'sqlite-store-'));
let files = 0;
const newFile = () => join(folder, `${(files += 1)}.sqlite`);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

resourceStoreContract('SQLite', async () => openSqliteStore({ file: newFile() }));

describe('the SQLite store', () => {
  it('reads synchronous back as FULL on every connection', async () => {
    const store = await openSqliteStore({ file: newFile() });
    expect(store.writer.pragma('synchronous')).toBe(2);
    expect(store.reader.pragma('synchronous')).toBe(2);
    expect(store.reader.pragma('journal_mode')).toBe('wal');
    await store.close();
  });

  it('refuses a file that a newer release wrote', async () => {
    const file = newFile();
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 999');
    database.close();
    await expect(openSqliteStore({ file })).rejects.toThrow('start the newer release');
  });

  it('answers storage-full to all of a batch, loses nothing, and goes on when there is space', async () => {
    const store = await openSqliteStore({ file: newFile() });
    const before = await store.commit(commitOf(write('before')));
    store.writer.database.exec('PRAGMA max_page_count = 1');
    const large = 'x'.repeat(200_000);
    const results = await Promise.all([
      store.commit(commitOf(write('a'))),
      store.commit(commitOf(write('b', { text: large }))),
    ]);
    const full = { ok: false, failure: { kind: 'storage-full' } };
    expect([before, ...results]).toMatchObject([{ ok: true }, full, full]);
    expect(await store.read({ type: 'Observation', id: 'a' }, unrestricted)).toBeUndefined();
    expect(await store.read({ type: 'Observation', id: 'before' }, unrestricted)).toBeDefined();
    store.writer.database.exec('PRAGMA max_page_count = 1000000');
    const after = await store.commit(commitOf(write('b', { text: large, type: 'Patient' })));
    expect(after).toEqual({ ok: true, value: { kind: 'committed', sequences: [2] } });
    await store.close();
  });

  it('answers unavailable while another process holds the write lock', async () => {
    const file = newFile();
    const store = await openSqliteStore({ file, busyMs: 50 });
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    const refused = await store.commit(commitOf(write('a')));
    other.exec('ROLLBACK');
    other.close();
    expect(refused).toMatchObject({ ok: false, failure: { kind: 'unavailable' } });
    expect(await store.commit(commitOf(write('a')))).toMatchObject({ ok: true });
    await store.close();
  });

  it('expires pages whose index rows it has erased', async () => {
    let now = 10_000;
    const store = await openSqliteStore({
      file: newFile(),
      pageLifetimeMs: 1_000,
      now: () => now,
    });
    await store.commit(commitOf(write('a', { at: now }), write('b', { at: now })));
    const plan = planOf({ kind: 'all' });
    const first = await store.search({ plan, count: 1, total: false }, unrestricted);
    const after = first.ok ? first.value.next : undefined;
    now += 100;
    await store.commit(commitOf(deletion('b', 2, now)));
    now += 2_000;
    await store.commit(commitOf(write('c', { at: now })));
    if (after === undefined) {
      throw new Error('The first page has no next.');
    }
    expect(await store.search({ plan, count: 1, total: false, after }, unrestricted)).toMatchObject(
      { ok: false, failure: { kind: 'page-expired' } },
    );
    const rows = store.reader.get('SELECT count(*) AS n FROM posting WHERE v = 2');
    expect(rows?.['n']).toBe(0);
    await store.close();
  });

  it('keeps everything when it is opened again', async () => {
    const file = newFile();
    const store = await openSqliteStore({ file });
    await store.commit(commitOf(write('a')));
    await store.close();
    const again = await openSqliteStore({ file });
    expect(await again.read({ type: 'Observation', id: 'a' }, unrestricted)).toMatchObject({
      sequence: 1,
    });
    await again.close();
  });

  it('answers too-costly when a search has more values than a query can hold', async () => {
    const store = await openSqliteStore({ file: newFile() });
    const ids = Array.from({ length: 20_000 }, (_, index) => `id-${index}`);
    const plan = planOf({ kind: 'id', ids });
    expect(await store.search({ plan, count: 1, total: true }, unrestricted)).toMatchObject({
      ok: false,
      failure: { kind: 'too-costly' },
    });
    await store.close();
  });

  it('finds resources by the new entries after a reindex, and no longer by the old', async () => {
    const store = await openSqliteStore({ file: newFile() });
    await store.commit(commitOf(write('a', { entries: [coded('old')] }), write('b')));
    expect(await reindexSqlite(store, ({ id }) => [coded(`new-${id}`)])).toBe(2);
    const totalOf = async (code: string) => {
      const plan = planOf({ kind: 'token', param: 'code', code });
      return value(await store.search({ plan, count: 0, total: true }, unrestricted)).total;
    };
    expect([await totalOf('old'), await totalOf('new-a'), await totalOf('new-b')]).toEqual([
      0, 1, 1,
    ]);
    await store.close();
  });

  it('walks an index for the common shapes of search', async () => {
    const store = await openSqliteStore({ file: newFile() });
    const subject = { kind: 'reference', param: 'subject', type: 'Patient', id: 'p' } as const;
    const entries = [coded('c'), dated(5), subject];
    await store.commit(
      commitOf(
        write('a', { entries }),
        write('p', {
          type: 'Patient',
          entries: [{ kind: 'token', param: 'identifier', system: '', code: 'm' }],
        }),
      ),
    );
    const code = { kind: 'token', param: 'code', code: 'c' } as const;
    const range = { prefix: 'ge', low: 0, high: 10 } as const;
    const date = { kind: 'date', param: 'date', range } as const;
    const patient = { kind: 'token', param: 'identifier', code: 'm' } as const;
    const shapes: readonly SearchExpression[] = [
      { kind: 'and', of: [subject, code, date] },
      { kind: 'and', of: [code, date] },
      { kind: 'id', ids: ['a'] },
      { kind: 'lastUpdated', range },
      { kind: 'chain', param: 'subject', types: ['Patient'], where: patient },
    ];
    const { names, reader: connection } = store;
    for (const where of shapes) {
      const scope = { names, connection, types: ['Observation'], alias: 'v', snapshot: 2 };
      const { sql, values } = matching(where, scope);
      const steps = connection
        .all({ sql: `EXPLAIN QUERY PLAN ${sql}`, values })
        .map((row) => String(row['detail']));
      expect(
        steps.filter((step) => /SCAN (version|posting|range|resource|v|p|r)\b/.test(step)),
      ).toEqual([]);
      expect(steps.join()).not.toContain('version_by_row (type=?)');
    }
    await store.close();
  });
});
