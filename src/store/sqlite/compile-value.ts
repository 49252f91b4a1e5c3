import type { RangeTest, SearchExpression } from '../../fhir/search/plan.ts';
import type { Fragment } from './fragment.ts';
import { every, list, name, sql } from './fragment.ts';

/** Returns whether the range in the columns `low` and `high` satisfies the prefix, as R4 defines it. */
export function rangeTest(test: RangeTest, low: Fragment, high: Fragment): Fragment {
  const within = sql`(${low} >= ${test.low} AND ${high} <= ${test.high})`;
  switch (test.prefix) {
    case 'eq':
      return within;
    case 'ne':
      return sql`NOT ${within}`;
    case 'gt':
      return sql`${high} > ${test.high}`;
    case 'lt':
      return sql`${low} < ${test.low}`;
    case 'ge':
      return sql`(${high} > ${test.high} OR ${within})`;
    case 'le':
      return sql`(${low} < ${test.low} OR ${within})`;
    case 'sa':
      return sql`${low} >= ${test.high}`;
    case 'eb':
      return sql`${high} <= ${test.low}`;
    case 'ap':
      return sql`(${low} < ${test.high} AND ${high} > ${test.low})`;
  }
}

/** Returns what `rangeTest` implies for `low` alone, so that an index on it can be walked. */
export function lowBound(test: RangeTest, low: Fragment): Fragment | undefined {
  switch (test.prefix) {
    case 'eq':
      return sql`${low} >= ${test.low} AND ${low} <= ${test.high}`;
    case 'lt':
      return sql`${low} < ${test.low}`;
    case 'le':
      return sql`${low} <= ${test.high}`;
    case 'sa':
      return sql`${low} >= ${test.high}`;
    case 'eb':
      return sql`${low} <= ${test.low}`;
    case 'ap':
      return sql`${low} < ${test.high}`;
    case 'ne':
    case 'gt':
    case 'ge':
      return undefined;
  }
}

/** Returns whether text in `column` begins with `prefix`; walks an index on the column. */
export function startsWith(column: Fragment, prefix: string): Fragment {
  return sql`(${column} >= ${prefix} AND substr(${column}, 1, length(${prefix})) = ${prefix})`;
}

/** Returns whether the string in `folded` and `exact` matches. */
export function stringTest(test: Extract<SearchExpression, { kind: 'string' }>): Fragment {
  switch (test.match) {
    case 'exact':
      return sql`exact = ${test.value}`;
    case 'contains':
      return sql`instr(folded, ${test.value}) > 0`;
    case 'starts-with':
      return startsWith(name('folded'), test.value);
  }
}

/** Returns whether the URI in `code` matches; `below`: it begins with the value; `above`: the value begins with it. */
export function uriTest(test: Extract<SearchExpression, { kind: 'uri' }>): Fragment {
  switch (test.match) {
    case 'exact':
      return sql`code = ${test.value}`;
    case 'below':
      return startsWith(name('code'), test.value);
    case 'above':
      return sql`code IN ${list(prefixes(test.value))}`;
  }
}

/** Returns whether the quantity in `system`, `code` and `unit` has the unit; `system` is its number. */
export function unitTest(code: string | undefined, system: number | undefined): Fragment {
  if (system !== undefined) {
    return every([sql`system = ${system}`, ...(code === undefined ? [] : [sql`code = ${code}`])]);
  }
  return code === undefined ? sql`1` : sql`(code = ${code} OR unit = ${code})`;
}

function prefixes(uri: string): string[] {
  return Array.from({ length: uri.length + 1 }, (_, length) => uri.slice(0, length));
}
