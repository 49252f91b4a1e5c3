import { instantOf } from '../../fhir/instant.ts';
import type { StoredVersion, WriteMethod } from '../resource-store.ts';
import type { Connection, Row } from './connection.ts';
import type { Names } from './names.ts';

/** The number of each method on disk. */
const methods: readonly WriteMethod[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** `version.method` of a deletion. */
export const methodDelete = 3;

/** Returns the number of a method on disk. */
export function methodNumber(method: WriteMethod): number {
  return methods.indexOf(method);
}

/** The columns that `storedVersion` reads, of `version v` joined with `content c`. */
export const versionColumns =
  'v.sequence, v.type, v.id, v.row, v.version_id, v.last_updated, v.method, c.text';

/** Returns the version of a row with the columns `versionColumns`. */
export function storedVersion(row: Row, names: Names, connection: Connection): StoredVersion {
  const text = row['text'];
  return {
    type: names.text(Number(row['type']), connection).slice('type '.length),
    id: String(row['id']),
    versionId: Number(row['version_id']),
    lastUpdated: instantOf(Number(row['last_updated'])),
    sequence: Number(row['sequence']),
    method: methods[Number(row['method'])] ?? 'PUT',
    ...(typeof text === 'string' ? { text } : {}),
  };
}
