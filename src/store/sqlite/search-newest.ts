import type { SearchExpression } from '../../fhir/search/plan.ts';
import type { SearchQuery } from '../resource-store.ts';
import { rangeTest } from './compile-value.ts';
import type { Scope } from './compile-posting.ts';
import { live, postings } from './compile-posting.ts';
import { condition } from './compile.ts';
import type { Row } from './connection.ts';
import type { Fragment } from './fragment.ts';
import { every, name, sql } from './fragment.ts';
import { dateParam } from './index-rows.ts';
import { severalDatesName, typeName } from './names.ts';
import { noDate } from './schema.ts';
import { versionColumns } from './version-row.ts';

/**
 * Returns the rows of a page sorted by `-date` alone, walking one posting list from its newest entry and
 * stopping after the page; undefined when the search has another shape and must be sorted as a whole.
 */
export function newestFirst(query: SearchQuery, scope: Scope): Row[] | undefined {
  const { plan, after, count } = query;
  const [key, second] = plan.sort;
  const [type] = plan.types;
  const isNewest = key?.kind === 'date' && key.param === dateParam && key.descending;
  if (!isNewest || second !== undefined || type === undefined || plan.types.length > 1) {
    return undefined;
  }
  const source = postingList(plan.where, type, scope);
  if (
    source === undefined ||
    scope.names.find(severalDatesName(type), scope.connection) !== undefined
  ) {
    return undefined;
  }
  const rest: Fragment[] = [live(scope), condition(plan.where, scope), ...dateBounds(plan.where)];
  if (after !== undefined) {
    const value = typeof after.values[0] === 'number' ? after.values[0] : noDate;
    rest.push(sql`p.date <= ${value}`, sql`(p.date < ${value} OR v.row > ${after.row})`);
  }
  return scope.connection.all(
    sql`SELECT ${name(versionColumns)}, nullif(p.date, ${noDate}) AS s0
      FROM posting p CROSS JOIN version v ON v.sequence = p.v CROSS JOIN content c ON c.sequence = v.sequence
      WHERE ${source} AND ${every(rest)} ORDER BY p.date DESC, v.row LIMIT ${count + 1}`,
  );
}

/** Returns the shortest posting list that holds every match: one of a wanted key, else that of the type. */
function postingList(where: SearchExpression, type: string, scope: Scope): Fragment | undefined {
  const lists = conjuncts(where).flatMap((part) => {
    if (part.kind !== 'token' && part.kind !== 'reference') {
      return [];
    }
    const [one, other] = postings(part, scope);
    const [param] = one?.params ?? [];
    const isOneKey = one?.isExact === true && other === undefined && one.params.length === 1;
    return isOneKey && param !== undefined ? oneSystem(param, one.test, scope) : [];
  });
  const number = scope.names.find(typeName(type), scope.connection);
  if (number === undefined) {
    return undefined;
  }
  const sizes = lists.map((rows) => sizeOf(rows, scope));
  const best = lists[sizes.indexOf(Math.min(...sizes))];
  return best ?? sql`p.param = ${number} AND p.code = '' AND p.system = 0`;
}

/** Entries counted, at most, to compare two posting lists. */
const probeRows = 512;

function sizeOf(rows: Fragment, scope: Scope): number {
  const counted = sql`SELECT count(*) AS n FROM (SELECT 1 FROM posting p WHERE ${rows} LIMIT ${probeRows})`;
  return Number(scope.connection.all(counted)[0]?.['n']);
}

/** A version is listed once under a code and a system, so a code alone will do while it has one system. */
function oneSystem(param: number, test: Fragment, scope: Scope): Fragment[] {
  const found = scope.connection.all(
    sql`SELECT min(system) AS least, max(system) AS most FROM posting WHERE param = ${param} AND ${test}`,
  )[0];
  const { least, most } = found ?? {};
  return typeof least === 'number' && least === most
    ? [sql`p.param = ${param} AND ${test} AND p.system = ${least}`]
    : [];
}

/** What the tests of the date imply for the ordering date of the posting. */
function dateBounds(where: SearchExpression): Fragment[] {
  return conjuncts(where).flatMap((part) => {
    if (part.kind !== 'date' || part.param !== dateParam) {
      return [];
    }
    const { range } = part;
    switch (range.prefix) {
      case 'eq':
        return [sql`p.date >= ${range.low}`, sql`p.date <= ${range.high}`];
      case 'sa':
        return [sql`p.date >= ${range.high}`];
      case 'lt':
        return [rangeTest(range, name('p.date'), name('p.date'))];
      case 'le':
      case 'eb':
      case 'ap':
        return [sql`p.date <= ${range.high}`];
      case 'ne':
      case 'gt':
      case 'ge':
        return [];
    }
  });
}

function conjuncts(where: SearchExpression): readonly SearchExpression[] {
  return where.kind === 'and' ? where.of.flatMap(conjuncts) : [where];
}
