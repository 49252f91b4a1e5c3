import { setImmediate } from 'node:timers/promises';
import type { SearchExpression } from '../../fhir/search/plan.ts';
import type { StoredVersion } from '../resource-store.ts';
import type { Scope } from './compile-posting.ts';
import { among, candidates } from './compile.ts';
import type { Fragment } from './fragment.ts';
import { name, sql } from './fragment.ts';
import { storedVersion, versionColumns } from './version-row.ts';

/** Resources read in a row; after them others get their turn. */
const chunkSize = 500;

/**
 * Yields all that match in the order of creation. Only their sequences are kept, which are found at once
 * by the index; a walk over all resources of a type, as a page makes, would cost more than they do.
 */
export async function* allMatches(
  where: SearchExpression,
  scope: Scope,
): AsyncIterable<StoredVersion> {
  const { connection, names } = scope;
  const found = connection.all(sql`SELECT sequence FROM (${matched(where, scope)}) ORDER BY row`);
  for (let start = 0; start < found.length; start += chunkSize) {
    const chunk = found.slice(start, start + chunkSize).map(({ sequence }) => sequence);
    for (const row of connection.all(versions(JSON.stringify(chunk)))) {
      yield storedVersion(row, names, connection);
    }
    await setImmediate();
  }
}

function versions(sequences: string): Fragment {
  return sql`SELECT ${name(versionColumns)} FROM json_each(${sequences}) s
    CROSS JOIN version v ON v.sequence = s.value CROSS JOIN content c ON c.sequence = v.sequence
    ORDER BY s.id`;
}

/** Whatever is posted under a code matches it, so that only the rest of an expression is looked at again. */
function matched(where: SearchExpression, scope: Scope): Fragment {
  const rest: SearchExpression = isPosted(where) ? { kind: 'all' } : where;
  return among(candidates(where, scope), rest, scope);
}

function isPosted(where: SearchExpression): boolean {
  if (where.kind === 'or') return where.of.every(isPosted);
  return where.kind === 'token' && where.code !== undefined;
}
