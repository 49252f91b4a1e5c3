import type { HistoryQuery, VersionPage } from '../resource-store.ts';
import type { Connection } from './connection.ts';
import type { Fragment } from './fragment.ts';
import { every, name, sql } from './fragment.ts';
import type { Names } from './names.ts';
import { typeName } from './names.ts';
import { storedVersion, versionColumns } from './version-row.ts';

/** Returns a page of versions at instance, type or system level, newest first. */
export function historyPage(query: HistoryQuery, reader: Connection, names: Names): VersionPage {
  const level = levelOf(query, reader, names);
  if (level === undefined) {
    return { versions: [], total: 0 };
  }
  const wanted = every([level, ...timeOf(query)]);
  const total = reader.all(sql`SELECT count(*) AS n FROM version v WHERE ${wanted}`)[0]?.['n'];
  const before = query.before === undefined ? sql`1` : sql`v.sequence < ${query.before}`;
  const rows = reader.all(
    sql`SELECT ${name(versionColumns)} FROM version v CROSS JOIN content c ON c.sequence = v.sequence
      WHERE ${wanted} AND ${before} ORDER BY v.sequence DESC LIMIT ${query.count + 1}`,
  );
  const versions = rows.slice(0, query.count).map((row) => storedVersion(row, names, reader));
  const last = rows.length > query.count ? versions.at(-1) : undefined;
  return {
    versions,
    total: Number(total),
    ...(last === undefined ? {} : { next: last.sequence }),
  };
}

/** Returns which resources; undefined when nothing was ever stored there. */
function levelOf(query: HistoryQuery, reader: Connection, names: Names): Fragment | undefined {
  if (query.type === undefined) {
    return sql`1`;
  }
  const type = names.find(typeName(query.type), reader);
  if (type === undefined || query.id === undefined) {
    return type === undefined ? undefined : sql`v.type = ${type}`;
  }
  const row = reader.get('SELECT row FROM resource WHERE type = ? AND id = ?', type, query.id);
  return row === undefined ? undefined : sql`v.type = ${type} AND v.row = ${Number(row['row'])}`;
}

function timeOf(query: HistoryQuery): Fragment[] {
  const conditions: Fragment[] = [];
  if (query.since !== undefined) {
    conditions.push(sql`v.last_updated >= ${Date.parse(query.since)}`);
  }
  if (query.at !== undefined) {
    const [from, to] = [Date.parse(query.at.from), Date.parse(query.at.to)];
    conditions.push(
      sql`v.last_updated < ${to}`,
      sql`coalesce((SELECT n.last_updated FROM version n WHERE n.sequence = v.superseded) > ${from}, 1)`,
    );
  }
  return conditions;
}
