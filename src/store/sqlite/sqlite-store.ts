import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { failure } from '../../fhir/operation-outcome.ts';
import type { ResourceKey } from '../../fhir/resource.ts';
import type { Result } from '../../fhir/result.ts';
import { failed, success } from '../../fhir/result.ts';
import type { SearchPlan } from '../../fhir/search/plan.ts';
import type { Access, Commit, CommitOutcome, HistoryQuery } from '../resource-store.ts';
import type { ResourceStore, SearchPage, SearchQuery } from '../resource-store.ts';
import type { StoredVersion, VersionPage } from '../resource-store.ts';
import { Checkpointer } from './checkpointer.ts';
import { Connection } from './connection.ts';
import { sql } from './fragment.ts';
import { GroupCommit } from './group-commit.ts';
import { historyPage } from './history.ts';
import { lastSequence } from './last-sequence.ts';
import { Names, typeName } from './names.ts';
import { changeOf } from './precondition.ts';
import { PageHorizon, purgedUntil } from './purge.ts';
import { scanResources } from './scan.ts';
import { migrate } from './schema.ts';
import { allMatches } from './matches.ts';
import { searchPage, unbuilt } from './search.ts';
import { storedVersion, versionColumns } from './version-row.ts';

/** Where the database lies and how long its pages live. */
export interface SqliteStoreOptions {
  /** The folder of `cart-her2.sqlite`; made when it does not exist. */
  readonly directory?: string;
  /** The file itself, instead of a folder. */
  readonly file?: string;
  /** Milliseconds that a search may be paged through after its first page; 15 minutes. */
  readonly pageLifetimeMs?: number;
  /** Milliseconds to wait for another process that writes; 2 seconds. */
  readonly busyMs?: number;
  /** Milliseconds since the epoch, to age pages by. */
  readonly now?: () => number;
}

const pageLifetimeMsDefault = 15 * 60 * 1000;
const busyMsDefault = 2_000;

/**
 * Opens the store in a file, making the file when it does not exist. Throws one sentence when a newer
 * release wrote it or the disk cannot be written durably.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const file = options.file ?? join(options.directory ?? '.', 'cart-her2.sqlite');
  mkdirSync(dirname(file), { recursive: true });
  const busyMs = options.busyMs ?? busyMsDefault;
  const writer = new Connection(file, { readOnly: false, busyMs });
  try {
    migrate(writer.database);
    const reader = new Connection(file, { readOnly: true, busyMs });
    return new SqliteStore(writer, reader, options);
  } catch (error) {
    writer.close();
    throw error;
  }
}

/** The embedded store: one connection that writes, one that reads, both in this process. */
export class SqliteStore implements ResourceStore {
  readonly writer: Connection;
  readonly reader: Connection;
  readonly names = new Names();
  readonly #commits: GroupCommit;
  readonly #checkpointer: Checkpointer;

  /** Use `openSqliteStore`. */
  constructor(writer: Connection, reader: Connection, options: SqliteStoreOptions) {
    this.writer = writer;
    this.reader = reader;
    this.#checkpointer = new Checkpointer(writer);
    const lifetimeMs = options.pageLifetimeMs ?? pageLifetimeMsDefault;
    const horizon = new PageHorizon(lifetimeMs, options.now ?? Date.now);
    horizon.note(lastSequence(writer));
    this.#commits = new GroupCommit({
      writer,
      names: this.names,
      horizon,
      committed: () => {
        this.#checkpointer.note();
      },
    });
  }

  async read(key: ResourceKey, access: Access): Promise<StoredVersion | undefined> {
    refuseSite(access);
    return this.#current(key);
  }

  async readMany(
    keys: readonly ResourceKey[],
    access: Access,
  ): Promise<readonly (StoredVersion | undefined)[]> {
    refuseSite(access);
    return keys.map((key) => this.#current(key));
  }

  async readVersion(
    key: ResourceKey,
    versionId: number,
    access: Access,
  ): Promise<StoredVersion | undefined> {
    refuseSite(access);
    const type = this.names.find(typeName(key.type), this.reader);
    return type === undefined
      ? undefined
      : this.#one(
          `SELECT ${versionColumns} FROM resource r CROSS JOIN version v ON v.type = r.type AND v.row = r.row
           CROSS JOIN content c ON c.sequence = v.sequence WHERE r.type = ? AND r.id = ? AND v.version_id = ?`,
          ...[type, key.id, versionId],
        );
  }

  async history(query: HistoryQuery, access: Access): Promise<Result<VersionPage>> {
    return access.site === undefined
      ? success(historyPage(query, this.reader, this.names))
      : failed(siteFailure());
  }

  async search(query: SearchQuery, access: Access): Promise<Result<SearchPage>> {
    if (access.site !== undefined) {
      return failed(siteFailure());
    }
    const head = lastSequence(this.reader);
    const snapshot = query.after?.snapshot ?? head;
    if (snapshot > head || (query.after !== undefined && snapshot < purgedUntil(this.reader))) {
      return failed(failure('page-expired', 'The page has expired; search again from the start.'));
    }
    const { names, reader: connection } = this;
    return searchPage(query, {
      names,
      connection,
      types: query.plan.types,
      alias: 'v',
      snapshot,
    });
  }

  async matches(plan: SearchPlan, access: Access): Promise<Result<AsyncIterable<StoredVersion>>> {
    if (access.site !== undefined) {
      return failed(siteFailure());
    }
    const refused = unbuilt(plan.where);
    if (refused !== undefined) {
      return failed(refused);
    }
    const { names, reader: connection } = this;
    const snapshot = lastSequence(connection);
    return success(
      allMatches(plan.where, { names, connection, types: plan.types, alias: 'v', snapshot }),
    );
  }

  async changesSince(
    sequence: number,
    count: number,
    access: Access,
  ): Promise<readonly StoredVersion[]> {
    refuseSite(access);
    const rows = this.reader.all({
      sql: `SELECT ${versionColumns} FROM version v CROSS JOIN content c ON c.sequence = v.sequence
            WHERE v.sequence > ? ORDER BY v.sequence LIMIT ?`,
      values: [sequence, count],
    });
    return rows.map((row) => storedVersion(row, this.names, this.reader));
  }

  scan(types: readonly string[], access: Access): AsyncIterable<StoredVersion> {
    refuseSite(access);
    return scanResources(types, this.reader, this.names);
  }

  async lastChange(changeKey: string): Promise<number> {
    return changeOf(changeKey, this.reader);
  }

  async commit(commit: Commit): Promise<Result<CommitOutcome>> {
    return this.#commits.add(commit);
  }

  async close(): Promise<void> {
    this.#commits.flush();
    this.#checkpointer.stop();
    this.reader.close();
    this.writer.all(sql`PRAGMA wal_checkpoint(TRUNCATE)`);
    this.writer.close();
  }

  #current(key: ResourceKey): StoredVersion | undefined {
    const type = this.names.find(typeName(key.type), this.reader);
    return type === undefined
      ? undefined
      : this.#one(
          `SELECT ${versionColumns} FROM resource r CROSS JOIN version v ON v.sequence = r.sequence
           CROSS JOIN content c ON c.sequence = v.sequence WHERE r.type = ? AND r.id = ?`,
          ...[type, key.id],
        );
  }

  #one(text: string, ...values: (string | number)[]): StoredVersion | undefined {
    const row = this.reader.get(text, ...values);
    return row && storedVersion(row, this.names, this.reader);
  }
}

function siteFailure() {
  return failure('not-supported', 'This store does not restrict what is seen to a site yet.');
}

/** Showing everything instead would be a breach, so this must not go unnoticed. */
function refuseSite(access: Access): void {
  if (access.site !== undefined) {
    throw new Error('This store does not restrict what is seen to a site yet.');
  }
}
