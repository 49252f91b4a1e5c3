import type { Precondition } from '../resource-store.ts';
import type { Connection } from './connection.ts';
import { lastSequence } from './last-sequence.ts';
import type { Names } from './names.ts';
import { typeName } from './names.ts';
import { anyMatch } from './search.ts';

/** Returns whether the precondition holds, earlier writes of the same transaction included. */
export function holds(precondition: Precondition, writer: Connection, names: Names): boolean {
  switch (precondition.kind) {
    case 'absent':
      return currentVersionId(precondition.key, writer, names) === undefined;
    case 'versionIs':
      return currentVersionId(precondition.key, writer, names) === precondition.versionId;
    case 'unchangedSince':
      return changeOf(precondition.changeKey, writer) <= precondition.sequence;
    case 'noMatch': {
      const { types, where } = precondition.plan;
      const snapshot = lastSequence(writer);
      return !anyMatch(where, { names, connection: writer, types, alias: 'v', snapshot });
    }
  }
}

/** Returns the sequence of the last commit that touched the key; 0 when none did. */
export function changeOf(changeKey: string, connection: Connection): number {
  const found = connection.get('SELECT sequence FROM change WHERE key = ?', changeKey);
  return Number(found?.['sequence'] ?? 0);
}

function currentVersionId(
  key: { readonly type: string; readonly id: string },
  writer: Connection,
  names: Names,
): number | undefined {
  const type = names.find(typeName(key.type), writer);
  const found =
    type === undefined
      ? undefined
      : writer.get(
          `SELECT v.version_id FROM resource r JOIN version v ON v.sequence = r.sequence
           WHERE r.type = ? AND r.id = ?`,
          type,
          key.id,
        );
  return found === undefined ? undefined : Number(found['version_id']);
}
