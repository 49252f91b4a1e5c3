import type { DatabaseSync } from 'node:sqlite';

/** The version of the layout that this code writes, kept as `PRAGMA user_version`. */
export const schemaVersion = 1;

/** `version.superseded` of a current version: greater than every sequence number. */
export const notSuperseded = Number.MAX_SAFE_INTEGER;

/** `version.date` and `posting.date` of a resource without a date: less than every date. */
export const noDate = -9_000_000_000_000_000;

/**
 * `name`: every type, search parameter of a type, and system as a small integer.
 * `resource`: identity → creation row (the sequence of its first version) and current version.
 * `version`: one narrow row for each version; `superseded` is the sequence that replaced it.
 * `content`: the text, and the exact keys of the version (to sort, to purge).
 * `posting`: one row for each exact key (token, reference, uri) of a version, by date within the key.
 * `range`, `string`: what is compared by order, by version and by value.
 * `composite`: the parts of values that belong together.
 * `change`: the sequence of the last commit that touched a change key.
 * `state`: `purged` is the last sequence whose predecessor has lost its index rows.
 */
const layout = `
  CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
  CREATE TABLE resource (
    type INTEGER NOT NULL, id TEXT NOT NULL, row INTEGER NOT NULL, sequence INTEGER NOT NULL,
    PRIMARY KEY (type, id)) WITHOUT ROWID;
  CREATE TABLE version (
    sequence INTEGER PRIMARY KEY, type INTEGER NOT NULL, row INTEGER NOT NULL, version_id INTEGER NOT NULL,
    last_updated INTEGER NOT NULL, superseded INTEGER NOT NULL, method INTEGER NOT NULL, date INTEGER NOT NULL,
    id TEXT NOT NULL, params TEXT NOT NULL);
  CREATE INDEX version_by_type ON version (type);
  CREATE INDEX version_by_row ON version (type, row);
  CREATE INDEX version_by_time ON version (type, last_updated);
  CREATE TABLE content (sequence INTEGER PRIMARY KEY, keys TEXT, text TEXT);
  CREATE TABLE posting (
    param INTEGER NOT NULL, code TEXT NOT NULL, system INTEGER NOT NULL, date INTEGER NOT NULL, v INTEGER NOT NULL,
    PRIMARY KEY (param, code, date, v, system)) WITHOUT ROWID;
  CREATE TABLE range (
    v INTEGER NOT NULL, param INTEGER NOT NULL, item INTEGER NOT NULL, low REAL NOT NULL, high REAL NOT NULL,
    system INTEGER, code TEXT, unit TEXT,
    PRIMARY KEY (v, param, item)) WITHOUT ROWID;
  CREATE INDEX range_by_value ON range (param, low);
  CREATE TABLE string (
    v INTEGER NOT NULL, param INTEGER NOT NULL, item INTEGER NOT NULL, folded TEXT NOT NULL, exact TEXT NOT NULL,
    PRIMARY KEY (v, param, item)) WITHOUT ROWID;
  CREATE INDEX string_by_value ON string (param, folded);
  CREATE TABLE composite (
    v INTEGER NOT NULL, param INTEGER NOT NULL, item INTEGER NOT NULL, position INTEGER NOT NULL,
    system INTEGER, code TEXT, low REAL, high REAL, unit TEXT, folded TEXT, exact TEXT,
    PRIMARY KEY (v, param, item, position)) WITHOUT ROWID;
  CREATE TABLE change (key TEXT PRIMARY KEY, sequence INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE state (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  INSERT INTO state VALUES ('purged', 0);
`;

/** The step from each version of the layout to the next; the first makes an empty database. */
const migrations: readonly string[] = [layout];

/**
 * Brings the file to the layout of this code. Throws one sentence when a newer release wrote it, since
 * guessing at its meaning could damage the record.
 */
export function migrate(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    const found = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
    if (found > schemaVersion) {
      throw new Error(
        `The database has layout ${found}, this release knows layouts up to ${schemaVersion}; start the newer release.`,
      );
    }
    migrations.slice(found).forEach((step) => {
      database.exec(step);
    });
    database.exec(`PRAGMA user_version = ${schemaVersion}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
