import type { IndexEntry } from '../../fhir/search/index-entry.ts';
import type { StoredVersion } from '../resource-store.ts';
import { unrestricted } from '../resource-store.ts';
import { indexRows } from './index-rows.ts';
import type { SqliteStore } from './sqlite-store.ts';
import { eraseIndex, writeIndex } from './write-version.ts';

/**
 * Writes the index rows of every current resource anew, each in its own transaction, and returns how
 * many there were. Texts and versions stay. Others may read meanwhile; run it while nobody writes.
 * Pages begun before it keep the old rows of superseded versions.
 */
export async function reindexSqlite(
  store: SqliteStore,
  indexer: (version: StoredVersion) => readonly IndexEntry[],
): Promise<number> {
  const { writer, names } = store;
  let count = 0;
  for await (const version of store.scan([], unrestricted)) {
    const entries = indexer(version);
    writer.run('BEGIN IMMEDIATE');
    try {
      eraseIndex(version.sequence, writer);
      const rows = indexRows(version.type, entries, names, writer);
      writer.run(
        'UPDATE version SET date = ?, params = ? WHERE sequence = ?',
        ...[rows.date, rows.params, version.sequence],
      );
      const keys = JSON.stringify(rows.keys);
      writer.run('UPDATE content SET keys = ? WHERE sequence = ?', keys, version.sequence);
      writeIndex(rows, version.sequence, writer);
      writer.run('COMMIT');
      names.keepFresh();
    } catch (error) {
      if (writer.database.isTransaction) {
        writer.run('ROLLBACK');
      }
      names.forgetFresh();
      throw error;
    }
    count += 1;
  }
  return count;
}
