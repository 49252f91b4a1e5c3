import type { Connection } from './connection.ts';
import { eraseIndex } from './write-version.ts';

/** Sequence numbers looked at in one transaction, so that no commit pays for many. */
const purgeMax = 128;

/**
 * Erases the index rows of versions that were superseded before the horizon (milliseconds since the
 * epoch). Pages of snapshots before what was erased have expired.
 */
export function purge(writer: Connection, horizon: number): void {
  const done = purgedUntil(writer);
  let until = done;
  for (let sequence = done + 1; sequence <= done + purgeMax; sequence += 1) {
    const version = writer.get(
      'SELECT type, row, version_id, last_updated FROM version WHERE sequence = ?',
      sequence,
    );
    if (version === undefined || Number(version['last_updated']) >= horizon) {
      break;
    }
    if (Number(version['version_id']) > 1) {
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
