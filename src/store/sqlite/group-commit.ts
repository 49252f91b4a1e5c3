import type { Failure } from '../../fhir/operation-outcome.ts';
import type { Result } from '../../fhir/result.ts';
import { failed, success } from '../../fhir/result.ts';
import type { Commit, CommitOutcome } from '../resource-store.ts';
import type { Connection } from './connection.ts';
import { lastSequence } from './last-sequence.ts';
import type { Names } from './names.ts';
import { holds } from './precondition.ts';
import type { PageHorizon } from './purge.ts';
import { purge } from './purge.ts';
import { unbuilt } from './search.ts';
import { sqliteFailure } from './sqlite-failure.ts';
import { prepareWrite, writeVersion } from './write-version.ts';

/** Limits of one transaction, so that those who wait behind it do not wait long. */
const batchCommitsMax = 64;
const batchWritesMax = 500;

/** What a writer works with. */
export interface WriterContext {
  readonly writer: Connection;
  readonly names: Names;
  readonly horizon: PageHorizon;
  readonly committed: () => void;
}

interface Waiting {
  readonly commit: Commit;
  readonly resolve: (result: Result<CommitOutcome>) => void;
  readonly reject: (error: unknown) => void;
}

type Settled = { readonly result: Result<CommitOutcome> } | { readonly thrown: unknown };

/** Commits that arrive in one turn of the event loop share one transaction and one flush to disk. */
export class GroupCommit {
  readonly #context: WriterContext;
  #waiting: Waiting[] = [];

  /** Returns a queue without commits. */
  constructor(context: WriterContext) {
    this.#context = context;
  }

  /** Resolves after the commit is durable. */
  async add(commit: Commit): Promise<Result<CommitOutcome>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ commit, resolve, reject });
      if (this.#waiting.length === 1) {
        setImmediate(() => {
          this.#flushOne();
        });
      }
    });
  }

  /** Commits everything that waits, now. */
  flush(): void {
    while (this.#waiting.length > 0) {
      this.#settle(this.#take());
    }
  }

  #flushOne(): void {
    if (this.#waiting.length > 0) {
      this.#settle(this.#take());
    }
    if (this.#waiting.length > 0) {
      setImmediate(() => {
        this.#flushOne();
      });
    }
  }

  #take(): Waiting[] {
    let writes = 0;
    const size = this.#waiting.findIndex(({ commit }, index) => {
      writes += commit.writes.length;
      return index >= batchCommitsMax || (index > 0 && writes > batchWritesMax);
    });
    return this.#waiting.splice(0, size < 0 ? this.#waiting.length : size);
  }

  #settle(batch: readonly Waiting[]): void {
    const settled = transaction(
      batch.map(({ commit }) => commit),
      this.#context,
    );
    batch.forEach(({ resolve, reject }, index) => {
      const one = settled[index];
      if (one !== undefined && 'result' in one) {
        resolve(one.result);
      } else {
        reject(one?.thrown ?? new Error('A commit was not settled.'));
      }
    });
    this.#context.committed();
  }
}

function transaction(batch: readonly Commit[], context: WriterContext): Settled[] {
  const { writer, names } = context;
  try {
    writer.run('BEGIN IMMEDIATE');
    const settled = batch.map((commit) => oneCommit(commit, context));
    purge(writer, context.horizon.expired());
    writer.run('COMMIT');
    context.horizon.note(lastSequence(writer));
    names.keepFresh();
    return settled;
  } catch (error) {
    if (writer.database.isTransaction) {
      writer.run('ROLLBACK');
    }
    names.forgetFresh();
    const failure: Failure | undefined = sqliteFailure(error);
    return batch.map(() =>
      failure === undefined ? { thrown: error } : { result: failed(failure) },
    );
  }
}

/** Errors of the disk leave for the whole batch; those of the commit itself stay with it. */
function oneCommit(commit: Commit, context: WriterContext): Settled {
  const { writer, names } = context;
  try {
    const refused = commit.preconditions
      .map((one) => (one.kind === 'noMatch' ? unbuilt(one.plan.where) : undefined))
      .find((found) => found !== undefined);
    if (refused !== undefined) {
      return { result: failed(refused) };
    }
    const mismatches = commit.preconditions.filter((one) => !holds(one, writer, names));
    if (mismatches.length > 0) {
      return { result: success({ kind: 'mismatch', mismatches }) };
    }
    const prepared = commit.writes.map((write) => prepareWrite(write, names, writer));
    writer.run('SAVEPOINT one');
    const head = lastSequence(writer);
    prepared.forEach((write, index) => {
      writeVersion(write, head + index + 1, writer);
    });
    const last = head + prepared.length;
    (commit.touches ?? []).forEach((key) => {
      writer.run('INSERT OR REPLACE INTO change (key, sequence) VALUES (?, ?)', key, last);
    });
    writer.run('RELEASE one');
    const sequences = prepared.map((_, index) => head + index + 1);
    return { result: success({ kind: 'committed', sequences }) };
  } catch (error) {
    if (sqliteFailure(error) !== undefined || !writer.database.isTransaction) {
      throw error;
    }
    rollbackOne(writer);
    return { thrown: error };
  }
}

/** The savepoint may not have been set when the error was thrown. */
function rollbackOne(writer: Connection): void {
  try {
    writer.run('ROLLBACK TO one');
    writer.run('RELEASE one');
  } catch (error) {
    if (!writer.database.isTransaction) {
      throw error;
    }
  }
}
