import { setImmediate } from 'node:timers/promises';
import type { SearchExpression } from '../../fhir/search/plan.ts';
import type { StoredVersion } from '../resource-store.ts';
import type { Scope } from './compile-posting.ts';
import { matching } from './compile.ts';
import { sql } from './fragment.ts';
import { storedVersion, versionColumns } from './version-row.ts';

/** Resources read in a row; after them others get their turn. */
const chunkSize = 500;

const oneVersion = `SELECT ${versionColumns} FROM version v CROSS JOIN content c ON c.sequence = v.sequence
  WHERE v.sequence = ?`;

/**
 * Yields all that match in the order of creation. Only their sequences are kept, which are found at once
 * by the index; a walk over all resources of a type, as a page makes, would cost more than they do.
 */
export async function* allMatches(
  where: SearchExpression,
  scope: Scope,
): AsyncIterable<StoredVersion> {
  const { connection, names } = scope;
  const found = connection.all(sql`SELECT sequence FROM (${matching(where, scope)}) ORDER BY row`);
  for (const [index, { sequence }] of found.entries()) {
    const row = connection.get(oneVersion, Number(sequence));
    if (row !== undefined) yield storedVersion(row, names, connection);
    if (index % chunkSize === chunkSize - 1) await setImmediate();
  }
}
