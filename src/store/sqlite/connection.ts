import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { Fragment } from './fragment.ts';

/** A row, by column. */
export type Row = Record<string, SQLOutputValue>;

/** `PRAGMA synchronous` as SQLite reads it back when every commit is flushed to the disk. */
export const synchronousFull = 2;

/** Compiled statements that a connection keeps; the oldest leaves. */
const statementsMax = 500;

/** Pages of 4 KiB that one connection keeps in memory. */
const cacheKibibytes = 32_768;

/** Bytes of the file that are read through a memory map instead of a copy. */
const mapBytes = 1_073_741_824;

/** One connection with its compiled statements. Calls are synchronous. */
export class Connection {
  readonly database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** Opens the file; throws when it cannot be made durable. */
  constructor(file: string, options: { readonly readOnly: boolean; readonly busyMs: number }) {
    this.database = new DatabaseSync(file, {
      readOnly: options.readOnly,
      timeout: options.busyMs,
    });
    try {
      this.#prepareFile(options.readOnly);
    } catch (error) {
      this.database.close();
      throw error;
    }
  }

  /** Every row of the query. */
  all(query: Fragment): Row[] {
    return this.#statement(query.sql).all(...query.values);
  }

  /** The first row of the query. */
  get(text: string, ...values: readonly SQLInputValue[]): Row | undefined {
    return this.#statement(text).get(...values);
  }

  /** Runs a statement that changes rows. */
  run(text: string, ...values: readonly SQLInputValue[]): void {
    this.#statement(text).run(...values);
  }

  /** The value of a pragma. */
  pragma(key: string): number | string {
    const value = Object.values(this.database.prepare(`PRAGMA ${key}`).get() ?? {})[0];
    return typeof value === 'string' ? value : Number(value);
  }

  close(): void {
    this.#statements.clear();
    this.database.close();
  }

  #prepareFile(readOnly: boolean): void {
    if (!readOnly) {
      this.database.exec('PRAGMA journal_mode = WAL');
    }
    this.database.exec(
      `PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA temp_store = MEMORY;
       PRAGMA cache_size = -${cacheKibibytes}; PRAGMA mmap_size = ${mapBytes};`,
    );
    if (this.pragma('journal_mode') !== 'wal' || this.pragma('synchronous') !== synchronousFull) {
      throw new Error('The database file does not allow a durable write-ahead log.');
    }
  }

  #statement(text: string): StatementSync {
    const known = this.#statements.get(text);
    if (known !== undefined) {
      return known;
    }
    const statement = this.database.prepare(text);
    const oldest = this.#statements.keys().next();
    if (this.#statements.size >= statementsMax && oldest.done !== true) {
      this.#statements.delete(oldest.value);
    }
    this.#statements.set(text, statement);
    return statement;
  }
}
