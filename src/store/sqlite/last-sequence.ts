import type { Connection } from './connection.ts';

/** Returns the greatest sequence number; 0 in an empty store. */
export function lastSequence(connection: Connection): number {
  return Number(connection.get('SELECT max(sequence) AS last FROM version')?.['last'] ?? 0);
}
