import type { Write } from '../resource-store.ts';
import type { Connection } from './connection.ts';
import type { IndexRows } from './index-rows.ts';
import { indexRows } from './index-rows.ts';
import type { Names } from './names.ts';
import { typeName } from './names.ts';
import { notSuperseded } from './schema.ts';
import { methodNumber } from './version-row.ts';

/** A write with its index rows. */
export interface PreparedWrite {
  readonly write: Write;
  readonly type: number;
  readonly rows: IndexRows;
}

/** Returns the write with its index rows; gives names numbers, so only inside a transaction. */
export function prepareWrite(write: Write, names: Names, writer: Connection): PreparedWrite {
  const type = names.intern(typeName(write.type), writer);
  const entries = write.text === undefined ? [] : write.entries;
  return { write, type, rows: indexRows(write.type, entries, names, writer) };
}

/** Writes the version under the sequence number. Throws when its `versionId` is not the next. */
export function writeVersion(prepared: PreparedWrite, sequence: number, writer: Connection): void {
  const { write, type, rows } = prepared;
  const before = writer.get(
    `SELECT r.row, r.sequence, v.version_id FROM resource r JOIN version v ON v.sequence = r.sequence
     WHERE r.type = ? AND r.id = ?`,
    type,
    write.id,
  );
  const row = Number(before?.['row'] ?? sequence);
  if (write.versionId !== Number(before?.['version_id'] ?? 0) + 1) {
    throw new Error('A write must carry the next version id of its resource.');
  }
  writer.run(
    `INSERT INTO version (sequence, type, row, version_id, last_updated, superseded, method, date, id, params)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[sequence, type, row, write.versionId, Date.parse(write.lastUpdated), notSuperseded],
    ...[methodNumber(write.method), rows.date, write.id, rows.params],
  );
  if (before === undefined) {
    writer.run('INSERT INTO resource VALUES (?, ?, ?, ?)', type, write.id, row, sequence);
  } else {
    const previous = Number(before['sequence']);
    writer.run('UPDATE version SET superseded = ? WHERE sequence = ?', sequence, previous);
    writer.run(
      'UPDATE resource SET sequence = ? WHERE type = ? AND id = ?',
      sequence,
      type,
      write.id,
    );
  }
  const isDeletion = write.text === undefined;
  writer.run(
    'INSERT INTO content (sequence, keys, text) VALUES (?, ?, ?)',
    sequence,
    isDeletion ? null : JSON.stringify(rows.keys),
    write.text ?? null,
  );
  if (!isDeletion) {
    writeIndex(rows, sequence, writer);
  }
}

/** Writes the index rows of a version. */
export function writeIndex(rows: IndexRows, sequence: number, writer: Connection): void {
  for (const [param, code, system] of rows.keys) {
    writer.run(
      'INSERT INTO posting VALUES (?, ?, ?, ?, ?)',
      param,
      code,
      system,
      rows.date,
      sequence,
    );
  }
  rows.ranges.forEach((range, item) => {
    const { param, low = 0, high = 0, system = null, code = null, unit = null } = range;
    writer.run(
      'INSERT INTO range VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      ...[sequence, param, item, low, high, system, code, unit],
    );
  });
  rows.strings.forEach(({ param, folded = '', exact = '' }, item) => {
    writer.run('INSERT INTO string VALUES (?, ?, ?, ?, ?)', sequence, param, item, folded, exact);
  });
  rows.composites.forEach(({ param, parts }, item) => {
    parts.forEach((part, position) => {
      const { system = null, code = null, low = null, high = null, unit = null } = part;
      const { folded = null, exact = null } = part;
      writer.run(
        'INSERT INTO composite VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        ...[sequence, param, item, position, system, code, low, high, unit, folded, exact],
      );
    });
  });
}

/** Deletes the index rows of a version; the version and its text stay. */
export function eraseIndex(sequence: number, writer: Connection): void {
  writer.run(
    `DELETE FROM posting WHERE (param, code, system, date, v) IN (
       SELECT k.value ->> 0, k.value ->> 1, k.value ->> 2, v.date, v.sequence
       FROM version v JOIN content c ON c.sequence = v.sequence, json_each(c.keys) k WHERE v.sequence = ?)`,
    sequence,
  );
  writer.run('DELETE FROM range WHERE v = ?', sequence);
  writer.run('DELETE FROM string WHERE v = ?', sequence);
  writer.run('DELETE FROM composite WHERE v = ?', sequence);
}
