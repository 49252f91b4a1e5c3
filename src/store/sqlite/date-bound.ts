import type { SearchExpression } from '../../fhir/search/plan.ts';
import type { Scope } from './compile-posting.ts';
import type { Fragment } from './fragment.ts';
import { sql } from './fragment.ts';
import { dateParam } from './index-rows.ts';
import { severalDatesName, spanMax } from './names.ts';

/** Returns the parts that all must hold. */
export function conjuncts(where: SearchExpression): readonly SearchExpression[] {
  return where.kind === 'and' ? where.of.flatMap(conjuncts) : [where];
}

/** Returns whether no resource of the types has several dates, so that postings are ordered by its date. */
export function hasOneDate(scope: Scope): boolean {
  return scope.types.every(
    (type) => scope.names.find(severalDatesName(type), scope.connection) === undefined,
  );
}

/** Returns what the tests of the date among the parts imply for `column`, the start of the only date. */
export function dateBounds(
  parts: readonly SearchExpression[],
  column: Fragment,
  scope: Scope,
): Fragment[] {
  return parts.flatMap((part) =>
    part.kind === 'date' && part.param === dateParam ? bounds(part.range, column, scope) : [],
  );
}

function bounds(
  range: Extract<SearchExpression, { kind: 'date' }>['range'],
  column: Fragment,
  scope: Scope,
): Fragment[] {
  const span = () => Math.max(...scope.types.map((type) => spanMax(type, scope.connection)));
  switch (range.prefix) {
    case 'eq':
      return [sql`${column} >= ${range.low}`, sql`${column} <= ${range.high}`];
    case 'sa':
      return [sql`${column} >= ${range.high}`];
    case 'lt':
      return [sql`${column} < ${range.low}`];
    case 'le':
    case 'eb':
      return [sql`${column} <= ${range.high}`];
    case 'ge':
      return [sql`${column} >= ${Math.min(range.low, range.high - span())}`];
    case 'gt':
      return [sql`${column} >= ${range.high - span()}`];
    case 'ap':
      return [sql`${column} < ${range.high}`, sql`${column} >= ${range.low - span()}`];
    case 'ne':
      return [];
  }
}
