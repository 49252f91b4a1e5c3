import { failure } from '../fhir/operation-outcome.ts';
import { failed, type Result } from '../fhir/result.ts';
import type { OperationLevel, OperationRow } from './operation-table.ts';
import type { Interaction, RestRequest } from './rest.ts';

/**
 * Returns an interaction that answers a `$name` with the operation of that name.
 * Fails `not-found` when there is none at this level, and `method-not-allowed`.
 *
 * @see https://hl7.org/fhir/R4/operations.html#executing
 */
export function createOperate(table: readonly OperationRow[]): Interaction {
  return async (context, request) => {
    const row = operationOf(table, request);
    if (!row.ok) return row;
    const answered = await row.value.run(context, request);
    return answered.ok
      ? { ok: true, value: { ...answered.value, interaction: `$${row.value.code}` } }
      : answered;
  };
}

/** Returns the operation that a request calls, if its method may call it. */
function operationOf(table: readonly OperationRow[], request: RestRequest): Result<OperationRow> {
  const row = operationAt(table, request.path);
  if (row === undefined) {
    return failed(failure('not-found', 'This server has no operation of this name here.'));
  }
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  return row.methods.some((known) => known === method)
    ? { ok: true, value: row }
    : failed(
        failure('method-not-allowed', `$${row.code} is called by ${row.methods.join(' or ')}.`),
      );
}

/** Returns the operation at a path that ends in `$name`. */
export function operationAt(
  table: readonly OperationRow[],
  path: readonly string[],
): OperationRow | undefined {
  const code = path.at(-1)?.slice(1);
  const level: OperationLevel | undefined = levels[path.length - 1];
  const type = path.length > 1 ? path[0] : undefined;
  return table.find(
    (row) =>
      row.code === code &&
      level !== undefined &&
      row.levels.includes(level) &&
      (type === undefined || row.types === undefined || row.types.includes(type)),
  );
}

const levels = ['system', 'type', 'instance'] as const;
