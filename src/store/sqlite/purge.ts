import type { Connection } from './connection.ts';
import { eraseIndex } from './write-version.ts';

/** Sequence numbers looked at in one transaction, so that no commit pays for many. */
const purgeMax = 128;

/** Remembers which sequence number was the last at which time, by the clock of this process alone. */
export class PageHorizon {
  readonly #lifetimeMs: number;
  readonly #now: () => number;
  readonly #marks: { readonly at: number; readonly sequence: number }[] = [];

  /** `lifetimeMs`: how long a search may be paged through after its first page. */
  constructor(lifetimeMs: number, now: () => number) {
    this.#lifetimeMs = lifetimeMs;
    this.#now = now;
  }

  /** Notes that `sequence` is the last number now. */
  note(sequence: number): void {
    const at = this.#now();
    const last = this.#marks.at(-1);
    if (last === undefined || at - last.at >= this.#lifetimeMs / marksPerLifetime) {
      this.#marks.push({ at, sequence });
    }
  }

  /** The last sequence number whose snapshot nobody may page through any more; 0 at first. */
  expired(): number {
    const limit = this.#now() - this.#lifetimeMs;
    while ((this.#marks[1]?.at ?? Infinity) <= limit) {
      this.#marks.shift();
    }
    const [oldest] = this.#marks;
    return oldest !== undefined && oldest.at <= limit ? oldest.sequence : 0;
  }
}

/** Times remembered in one lifetime of a page. */
const marksPerLifetime = 16;

/**
 * Erases the index rows of versions that were superseded by the sequence number `horizon` or before.
 * Pages of snapshots before what was erased have expired.
 */
export function purge(writer: Connection, horizon: number): void {
  const done = purgedUntil(writer);
  let until = done;
  for (let sequence = done + 1; sequence <= Math.min(done + purgeMax, horizon); sequence += 1) {
    const version = writer.get(
      'SELECT type, row, version_id FROM version WHERE sequence = ?',
      sequence,
    );
    if (version !== undefined && Number(version['version_id']) > 1) {
      const { type = 0, row = 0 } = version;
      const previous = writer.get(
        'SELECT sequence FROM version WHERE type = ? AND row = ? AND superseded = ?',
        type,
        row,
        sequence,
      );
      eraseIndex(Number(previous?.['sequence'] ?? 0), writer);
    }
    until = sequence;
  }
  if (until > done) {
    writer.run("UPDATE state SET value = ? WHERE key = 'purged'", until);
  }
}

/** Returns the oldest snapshot that can still be searched. */
export function purgedUntil(connection: Connection): number {
  return Number(connection.get("SELECT value FROM state WHERE key = 'purged'")?.['value'] ?? 0);
}
