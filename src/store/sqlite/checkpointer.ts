import type { Connection } from './connection.ts';

/** The log is copied into the file when no commit has come for this long … */
const idleMs = 50;

/** … or after so many commits in a row, so that it does not grow without end. */
const commitsMax = 2_000;

/** Commits that are worth a copy. */
const commitsMin = 100;

/** Copies the write-ahead log into the database file between requests, not inside a commit. */
export class Checkpointer {
  readonly #writer: Connection;
  #timer: NodeJS.Timeout | undefined;
  #commits = 0;

  /** Returns a checkpointer of the connection; it does nothing until a commit is noted. */
  constructor(writer: Connection) {
    this.#writer = writer;
  }

  /** Notes that a transaction was committed. */
  note(): void {
    this.#commits += 1;
    if (this.#commits < commitsMin) {
      return;
    }
    if (this.#commits >= commitsMax) {
      this.#checkpoint();
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#checkpoint();
    }, idleMs).unref();
    this.#timer.refresh();
  }

  /** Makes no more checkpoints. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #checkpoint(): void {
    this.stop();
    this.#commits = 0;
    this.#writer.pragma('wal_checkpoint(PASSIVE)');
  }
}
