import type { SearchExpression } from '../../fhir/search/plan.ts';
import type { SearchQuery } from '../resource-store.ts';
import type { Scope } from './compile-posting.ts';
import { live, postings } from './compile-posting.ts';
import { condition } from './compile.ts';
import type { Row } from './connection.ts';
import type { Fragment } from './fragment.ts';
import { every, name, sql } from './fragment.ts';
import { conjuncts, dateBounds, hasOneDate } from './date-bound.ts';
import { dateParam } from './index-rows.ts';
import { typeName } from './names.ts';
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
  const parts = conjuncts(plan.where);
  const source = postingList(parts, type, scope);
  if (source === undefined || !hasOneDate(scope)) {
    return undefined;
  }
  const others = parts.filter((part) => part !== source.part);
  const rest: Fragment[] = [
    ...dateBounds(parts, name('p.date'), scope),
    live(scope),
    ...others.map((part) => condition(part, scope)),
  ];
  if (after !== undefined) {
    const value = typeof after.values[0] === 'number' ? after.values[0] : noDate;
    rest.push(sql`p.date <= ${value}`, sql`(p.date < ${value} OR v.row > ${after.row})`);
  }
  return scope.connection.all(
    sql`SELECT ${name(versionColumns)}, nullif(p.date, ${noDate}) AS s0
      FROM posting p CROSS JOIN version v ON v.sequence = p.v CROSS JOIN content c ON c.sequence = v.sequence
      WHERE ${source.rows} AND ${every(rest)} ORDER BY p.date DESC, v.row LIMIT ${count + 1}`,
  );
}

interface PostingList {
  readonly rows: Fragment;
  /** The part of the condition that every posting of the list satisfies. */
  readonly part?: SearchExpression;
}

/** Returns the shortest posting list that holds every match: one of a wanted key, else that of the type. */
function postingList(
  parts: readonly SearchExpression[],
  type: string,
  scope: Scope,
): PostingList | undefined {
  const lists = parts.flatMap((part): PostingList[] => {
    if (part.kind !== 'token' && part.kind !== 'reference') {
      return [];
    }
    const [one, other] = postings(part, scope);
    const [param] = one?.params ?? [];
    const isOneKey = one?.isExact === true && other === undefined && one.params.length === 1;
    return isOneKey && param !== undefined ? [{ rows: onePosting(param, one.test), part }] : [];
  });
  const number = scope.names.find(typeName(type), scope.connection);
  if (number === undefined) {
    return undefined;
  }
  const sizes = lists.length < 2 ? [0] : lists.map(({ rows }) => sizeOf(rows, scope));
  const best = lists[sizes.indexOf(Math.min(...sizes))];
  return best ?? { rows: sql`p.param = ${number} AND p.code = '' AND p.system = 0` };
}

/** Entries counted, at most, to compare two posting lists. */
const probeRows = 256;

function sizeOf(rows: Fragment, scope: Scope): number {
  const counted = sql`SELECT count(*) AS n FROM (SELECT 1 FROM posting p WHERE ${rows} LIMIT ${probeRows})`;
  return Number(scope.connection.all(counted)[0]?.['n']);
}

/** A version is listed under a code once for each system; only the first of them counts. */
function onePosting(param: number, test: Fragment): Fragment {
  return sql`p.param = ${param} AND ${test} AND p.system = (SELECT min(system) FROM posting
    WHERE param = p.param AND code = p.code AND date = p.date AND v = p.v AND ${test})`;
}
