import type { Failure } from '../../fhir/operation-outcome.ts';
import { failure } from '../../fhir/operation-outcome.ts';
import type { Result } from '../../fhir/result.ts';
import { failed, success } from '../../fhir/result.ts';
import type { SearchExpression, SortKey } from '../../fhir/search/plan.ts';
import type { SearchCursor, SearchPage, SearchQuery } from '../resource-store.ts';
import type { Scope } from './compile-posting.ts';
import { params } from './compile-posting.ts';
import { among, candidates, condition, isLong, matching } from './compile.ts';
import type { Row } from './connection.ts';
import type { Fragment } from './fragment.ts';
import { every, list, name, some, sql } from './fragment.ts';
import { noDate } from './schema.ts';
import { newestFirst } from './search-newest.ts';
import { storedVersion, versionColumns } from './version-row.ts';

/** Parameters of a condition; a query holds it up to three times, and SQLite allows 32,766. */
const valuesMax = 10_000;

/** Cursors are written as JSON, which has no infinity. */
const highest = Number.MAX_VALUE;

/** Returns the page; `scope.snapshot` is the snapshot that it is answered at. */
export function searchPage(query: SearchQuery, scope: Scope): Result<SearchPage> {
  const refused = unbuilt(query.plan.where);
  if (refused !== undefined) {
    return failed(refused);
  }
  const { where } = query.plan;
  if (condition(where, scope).values.length > valuesMax) {
    return failed(failure('too-costly', 'The search has too many values; ask in parts.'));
  }
  const count = () => countOf(matching(where, scope), scope);
  if (query.count === 0) {
    return success({ matches: [], total: count() });
  }
  const rows = newestFirst(query, scope) ?? pageRows(query, pageSource(query, scope), scope);
  const page = rows.slice(0, query.count);
  const last = rows.length > query.count ? page.at(-1) : undefined;
  // A first page that is also the last has counted already.
  const isWhole = query.after === undefined && last === undefined;
  return success({
    matches: page.map((row) => storedVersion(row, scope.names, scope.connection)),
    ...(query.total ? { total: isWhole ? page.length : count() } : {}),
    ...(last === undefined ? {} : { next: cursor(last, query.plan.sort, scope.snapshot) }),
  });
}

/** Returns whether any resource matches. */
export function anyMatch(where: SearchExpression, scope: Scope): boolean {
  return scope.connection.all(sql`${matching(where, scope)} LIMIT 1`).length > 0;
}

/** Returns the failure of the first part that is not built; undefined when all are. */
export function unbuilt(where: SearchExpression): Failure | undefined {
  if (where.kind === 'not-built') {
    return failure('not-supported', where.text);
  }
  return parts(where)
    .map(unbuilt)
    .find((found) => found !== undefined);
}

function parts(where: SearchExpression): readonly SearchExpression[] {
  if (where.kind === 'and' || where.kind === 'or') {
    return where.of;
  }
  if (where.kind === 'not') {
    return [where.of];
  }
  if (where.kind === 'chain' || where.kind === 'has') {
    return [where.where];
  }
  return where.kind === 'composite' ? where.components : [];
}

function countOf(matches: Fragment, scope: Scope): number {
  return Number(scope.connection.all(sql`SELECT count(*) AS n FROM (${matches})`)[0]?.['n']);
}

/** In the order of creation a long list is not read: the walk stops when the page is full. */
function pageSource({ plan }: SearchQuery, scope: Scope): Fragment {
  const from = candidates(plan.where, scope);
  const walks = plan.sort.length === 0 && from !== undefined && isLong(from, scope);
  return among(walks ? undefined : from, plan.where, scope);
}

function pageRows(query: SearchQuery, matches: Fragment, scope: Scope): Row[] {
  const { plan, after, count } = query;
  const keys = plan.sort.map(
    (key, index) => sql`, ${sortValue(key, scope)} AS ${name(`s${index}`)}`,
  );
  const columns = keys.reduce((all, key) => sql`${all}${key}`, sql``);
  const order = plan.sort.map(
    (key, index) => `s${index} IS NULL, s${index} ${key.descending ? 'DESC' : 'ASC'}, `,
  );
  const rest = after === undefined ? sql`1` : beyond(plan.sort, after);
  const chosen = sql`SELECT * FROM (SELECT m.*${columns} FROM (${matches}) m) WHERE ${rest}
    ORDER BY ${name(order.join(''))} row LIMIT ${count + 1}`;
  return scope.connection.all(
    sql`SELECT ${name(versionColumns)} ${name(plan.sort.map((_, index) => `, s${index}`).join(''))}
      FROM (${chosen}) v CROSS JOIN content c ON c.sequence = v.sequence`,
  );
}

/** Returns whether a row comes after the cursor: after it by one key and equal in all before. */
function beyond(sort: readonly SortKey[], after: SearchCursor): Fragment {
  const equal: Fragment[] = [];
  const ways = sort.map((key, index) => {
    const column = name(`s${index}`);
    const value = after.values[index] ?? null;
    const operator = name(key.descending ? '<' : '>');
    const later =
      value === null ? sql`0` : sql`(${column} ${operator} ${value} OR ${column} IS NULL)`;
    const way = every([...equal, later]);
    equal.push(sql`${column} IS ${value}`);
    return way;
  });
  return some([...ways, every([...equal, sql`row > ${after.row}`])]);
}

function sortValue(key: SortKey, scope: Scope): Fragment {
  const pick = name(key.descending ? 'max' : 'min');
  const ids = list(params(key.param, scope));
  switch (key.kind) {
    case 'id':
      return sql`m.id`;
    case 'lastUpdated':
      return sql`m.last_updated`;
    case 'string':
      // The words of a name are entries too; of each name only the whole, the longest, has a place.
      return sql`(SELECT ${pick}(folded) FROM (SELECT folded, max(length(folded)) FROM string
        WHERE v = m.sequence AND param IN ${ids} GROUP BY exact))`;
    case 'date':
    case 'number':
    case 'quantity':
      return sql`(SELECT max(min(${pick}(low), ${highest}), ${key.kind === 'date' ? noDate + 1 : -highest}) FROM range WHERE v = m.sequence AND param IN ${ids})`;
    case 'token':
    case 'reference':
    case 'uri':
      return sql`(SELECT ${pick}(k.value ->> 1) FROM content c, json_each(c.keys) k
        WHERE c.sequence = m.sequence AND k.value ->> 0 IN ${ids})`;
  }
}

function cursor(row: Row, sort: readonly SortKey[], snapshot: number): SearchCursor {
  const values = sort.map((_, index) => {
    const value = row[`s${index}`];
    return typeof value === 'string' || typeof value === 'number' ? value : null;
  });
  return { snapshot, values, row: Number(row['row']) };
}
