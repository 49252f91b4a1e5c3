import type { Failure } from '../../fhir/operation-outcome.ts';
import { failure } from '../../fhir/operation-outcome.ts';

/** Primary result codes of SQLite. @see https://sqlite.org/rescode.html */
const codes = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  inputOutput: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
};

/** Returns the failure of an error that the disk or another process caused; undefined for any other. */
export function sqliteFailure(error: unknown): Failure | undefined {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) {
    return undefined;
  }
  const code = Number(error.errcode) & 0xff;
  if (code === codes.full) {
    return failure(
      'storage-full',
      'The disk of the server is full; nothing of the request was stored.',
    );
  }
  const { busy, locked, readOnly, inputOutput, corrupt, cannotOpen } = codes;
  return [busy, locked, readOnly, inputOutput, corrupt, cannotOpen].includes(code)
    ? failure('unavailable', 'The database cannot be written now; try again.')
    : undefined;
}
