import type { StoredVersion } from '../resource-store.ts';
import type { Connection } from './connection.ts';
import type { Fragment } from './fragment.ts';
import { list, name, sql } from './fragment.ts';
import { lastSequence } from './last-sequence.ts';
import type { Names } from './names.ts';
import { typeName } from './names.ts';
import { methodDelete, storedVersion, versionColumns } from './version-row.ts';

/** Resources read at a time; between two chunks others get their turn. */
const chunkSize = 200;

/** Yields every current resource of the types (none: all) in the order of creation, at one snapshot. */
export async function* scanResources(
  types: readonly string[],
  reader: Connection,
  names: Names,
): AsyncIterable<StoredVersion> {
  const snapshot = lastSequence(reader);
  const numbers = types
    .map((type) => names.find(typeName(type), reader))
    .filter((type) => type !== undefined);
  let after = 0;
  for (;;) {
    const rows = reader.all(creations(types.length === 0 ? undefined : numbers, after));
    const last = rows.at(-1);
    if (last === undefined) {
      return;
    }
    after = Number(last['row']);
    for (const row of rows) {
      const version = versionAt(Number(row['type']), Number(row['row']), snapshot, reader);
      if (version !== undefined) {
        yield storedVersion(version, names, reader);
      }
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The first version of a resource has its creation row as sequence number. */
function creations(types: readonly number[] | undefined, after: number): Fragment {
  const [one, other] = types ?? [];
  if (one !== undefined && other === undefined) {
    return sql`SELECT DISTINCT type, row FROM version WHERE type = ${one} AND row > ${after} ORDER BY row LIMIT ${chunkSize}`;
  }
  const of = types === undefined ? sql`1` : sql`+type IN ${list(types)}`;
  return sql`SELECT type, row FROM version WHERE sequence > ${after} AND row = sequence AND ${of}
    ORDER BY sequence LIMIT ${chunkSize}`;
}

function versionAt(type: number, row: number, snapshot: number, reader: Connection) {
  return reader.all(
    sql`SELECT ${name(versionColumns)} FROM version v CROSS JOIN content c ON c.sequence = v.sequence
      WHERE v.type = ${type} AND v.row = ${row} AND v.sequence <= ${snapshot} AND v.superseded > ${snapshot}
      AND v.method <> ${methodDelete}`,
  )[0];
}
