import { canonicalSystem } from '../../fhir/search/param/canonical-quantity.ts';
import type { SearchExpression } from '../../fhir/search/plan.ts';
import type { Of, Posted, Postable, Scope } from './compile-posting.ts';
import { codeTest, live, params, postings, typeNumbers } from './compile-posting.ts';
import { lowBound, rangeTest, startsWith, stringTest, unitTest } from './compile-value.ts';
import { dateBounds, hasOneDate } from './date-bound.ts';
import type { Fragment } from './fragment.ts';
import { every, list, name, some, sql } from './fragment.ts';
import { systemName } from './names.ts';

// In a probe of one version the plus keeps SQLite from walking the index on the value instead.
const low = name('+low');
const high = name('+high');

type Compilers<Answer> = {
  readonly [Kind in SearchExpression['kind']]: (expression: Of<Kind>, scope: Scope) => Answer;
};

const conditions: Compilers<Fragment> = {
  all: () => sql`1`,
  none: () => sql`0`,
  'not-built': () => sql`0`,
  and: ({ of }, scope) => every(of.map((part) => condition(part, scope))),
  or: ({ of }, scope) =>
    of.length > 1 && of.every((part) => part.kind === 'quantity')
      ? anyQuantity(of, scope)
      : some(of.map((part) => condition(part, scope))),
  not: ({ of }, scope) => sql`NOT (${condition(of, scope)})`,
  type: ({ types }, scope) =>
    sql`${name(scope.alias)}.type IN ${list(typeNumbers({ ...scope, types }))}`,
  id: ({ ids }, scope) => sql`${name(scope.alias)}.id IN ${list(ids)}`,
  lastUpdated: ({ range }, scope) => {
    const time = sql`${name(scope.alias)}.last_updated`;
    return rangeTest(range, time, sql`(${time} + 1)`);
  },
  present: ({ param }, scope) => some(params(param, scope).map((id) => hasParam(id, scope))),
  token: posted,
  reference: posted,
  uri: posted,
  'token-text': tokenText,
  string: (test, scope) => inTable('string', test.param, stringTest(test), scope),
  date: ranged,
  number: ranged,
  quantity: (test, scope) => inTable('range', test.param, quantity(test, scope), scope),
  composite,
  chain: (test, scope) => sql`${name(scope.alias)}.sequence IN (${chained(test, scope)})`,
  has,
};

/** Returns whether the version under `alias` satisfies the expression: 0 or 1, never null. */
export function condition(expression: SearchExpression, scope: Scope): Fragment {
  const compile = conditions[expression.kind] as (
    expression: SearchExpression,
    scope: Scope,
  ) => Fragment;
  return compile(expression, scope);
}

function ranged(test: Of<'date'> | Of<'number'>, scope: Scope): Fragment {
  return inTable('range', test.param, rangeTest(test.range, low, high), scope);
}

function hasParam(param: number, scope: Scope): Fragment {
  return sql`instr(${name(scope.alias)}.params, ${`,${param},`}) > 0`;
}

function tokenText(expression: Of<'token-text'>, scope: Scope): Fragment {
  const ids = params(expression.param, scope);
  return sql`EXISTS (SELECT 1 FROM content c, json_each(c.keys) k WHERE c.sequence = ${name(scope.alias)}.sequence
    AND k.value ->> 0 IN ${list(ids)} AND instr(k.value ->> 3, ${expression.text}) > 0)`;
}

function inTable(table: string, param: string, test: Fragment, scope: Scope): Fragment {
  return sql`EXISTS (SELECT 1 FROM ${name(table)} WHERE v = ${name(scope.alias)}.sequence
    AND param IN ${list(params(param, scope))} AND ${test})`;
}

function quantity(expression: Of<'quantity'>, scope: Scope): Fragment {
  const range = rangeTest(expression.range, low, high);
  if (expression.system === undefined) {
    return every([range, unitTest(expression.code, undefined)]);
  }
  const system = scope.names.find(systemName(expression.system), scope.connection);
  return system === undefined ? sql`0` : every([range, unitTest(expression.code, system)]);
}

/**
 * The same quantity in other units makes several tests of one value. They share one walk over the few ranges
 * of a version; the plus keeps SQLite from seeking each parameter.
 */
function anyQuantity(tests: readonly Of<'quantity'>[], scope: Scope): Fragment {
  const each = tests.map((test) => {
    const ids = list(params(test.param, scope));
    return sql`(+param IN ${ids} AND ${quantity(test, scope)})`;
  });
  return sql`EXISTS (SELECT 1 FROM range WHERE v = ${name(scope.alias)}.sequence AND ${some(each)})`;
}

function posted(expression: Postable, scope: Scope): Fragment {
  const v = name(scope.alias);
  return some(
    postings(expression, scope).map(({ params: ids, test, isExact }) =>
      isExact
        ? sql`EXISTS (SELECT 1 FROM posting WHERE param IN ${list(ids)} AND ${test}
            AND date = ${v}.date AND v = ${v}.sequence)`
        : sql`EXISTS (SELECT 1 FROM (SELECT k.value ->> 1 AS code, k.value ->> 2 AS system, k.value ->> 0 AS param
            FROM content c, json_each(c.keys) k WHERE c.sequence = ${v}.sequence)
            WHERE param IN ${list(ids)} AND ${test})`,
    ),
  );
}

function composite(expression: Of<'composite'>, scope: Scope): Fragment {
  const ids = params(expression.param, scope);
  const tests = expression.components.map((component, position) => {
    const test = partTest(component, scope);
    // Behind the last part lies its canonical form.
    const isLast = position === expression.components.length - 1;
    const place = isLast ? sql`position >= ${position}` : sql`position = ${position}`;
    return sql`EXISTS (SELECT 1 FROM composite WHERE v = a.v AND param = a.param AND item = a.item
      AND ${place} AND ${test})`;
  });
  return sql`EXISTS (SELECT 1 FROM composite a WHERE a.v = ${name(scope.alias)}.sequence
    AND a.param IN ${list(ids)} AND a.position = 0 AND ${every(tests)})`;
}

const parts: Partial<Compilers<Fragment>> = {
  or: ({ of }, scope) => some(of.map((part) => partTest(part, scope))),
  and: ({ of }, scope) => every(of.map((part) => partTest(part, scope))),
  not: ({ of }, scope) => sql`NOT coalesce(${partTest(of, scope)}, 0)`,
  all: () => sql`1`,
  token: postedPart,
  reference: postedPart,
  uri: postedPart,
  date: ({ range }) => rangeTest(range, low, high),
  number: ({ range }) => rangeTest(range, low, high),
  quantity: quantityPart,
  string: stringTest,
};

/** Returns the test of one part of a composite; kinds that no component can have match nothing. */
function partTest(component: SearchExpression, scope: Scope): Fragment {
  const compile = parts[component.kind] as
    ((expression: SearchExpression, scope: Scope) => Fragment) | undefined;
  return compile === undefined ? sql`0` : compile(component, scope);
}

/** Parts do not tell their parameter, so that only the system tells a canonical form, which no test without one finds. */
function quantityPart(component: Of<'quantity'>, scope: Scope): Fragment {
  const test = quantity(component, scope);
  const canonical = scope.names.find(systemName(canonicalSystem), scope.connection);
  return component.system !== undefined || canonical === undefined
    ? test
    : sql`(${test} AND system <> ${canonical})`;
}

function postedPart(component: Postable, scope: Scope): Fragment {
  return some(postings(component, scope).map((one) => one.test));
}

/** Returns the versions that refer by the parameter to current resources satisfying the inner condition. */
export function chained(expression: Of<'chain'>, scope: Scope): Fragment {
  const inner = { ...scope, types: expression.types, alias: `${scope.alias}t` };
  return sql`SELECT p.v FROM (${matching(expression.where, inner)}) t CROSS JOIN posting p
    WHERE p.param IN ${list(params(expression.param, scope))} AND p.code = t.id AND p.system = t.type`;
}

function has(expression: Of<'has'>, scope: Scope): Fragment {
  const inner = { ...scope, types: [expression.type], alias: `${scope.alias}h` };
  const v = name(scope.alias);
  const w = name(inner.alias);
  return sql`EXISTS (SELECT 1 FROM posting p CROSS JOIN version ${w} WHERE p.param IN ${list(params(expression.param, inner))}
    AND p.code = ${v}.id AND p.system = ${v}.type AND ${w}.sequence = p.v AND ${live(inner)}
    AND ${condition(expression.where, inner)})`;
}

/** Returns the versions that match, with no order. */
export function matching(where: SearchExpression, scope: Scope): Fragment {
  return among(candidates(where, scope), where, scope);
}

/** Returns those of the candidates (undefined: of the types) that match. */
export function among(from: Fragment | undefined, where: SearchExpression, scope: Scope): Fragment {
  const v = name(scope.alias);
  const types = sql`${v}.type IN ${list(typeNumbers(scope))}`;
  const source =
    from === undefined
      ? sql`version ${v} INDEXED BY version_by_row WHERE ${types}`
      : sql`version ${v} WHERE ${v}.sequence IN (${from}) AND +${types}`;
  return sql`SELECT ${v}.* FROM ${source} AND ${live(scope)} AND ${condition(where, scope)}`;
}

/** Candidates from which on it is cheaper to walk in the order of the page and stop when it is full. */
const candidatesMax = 4_096;

/** Returns whether there are too many candidates to look at each for one page. */
export function isLong(rows: Fragment, scope: Scope): boolean {
  return sizeOf(rows, candidatesMax, scope) >= candidatesMax;
}

function sizeOf(rows: Fragment, most: number, scope: Scope): number {
  const counted = sql`SELECT count(*) AS n FROM (SELECT 1 FROM (${rows}) LIMIT ${most})`;
  return Number(scope.connection.all(counted)[0]?.['n']);
}

const lists: Partial<Compilers<Fragment | undefined>> = {
  none: () => union([]),
  and: ({ of }, scope) => shortest(of, scope),
  or: ({ of }, scope) => {
    const all = of.map((part) => candidates(part, scope));
    return all.every((part) => part !== undefined) ? union(all) : undefined;
  },
  token: postedRows,
  reference: postedRows,
  uri: postedRows,
  id: ({ ids }, scope) => sql`SELECT v.sequence FROM resource r CROSS JOIN version v
    WHERE r.type IN ${list(typeNumbers(scope))} AND r.id IN ${list(ids)}
    AND v.type = r.type AND v.row = r.row`,
  chain: chained,
  string: (test, scope) =>
    test.match === 'starts-with'
      ? sql`SELECT v FROM string WHERE param IN ${list(params(test.param, scope))}
          AND ${startsWith(name('folded'), test.value)}`
      : undefined,
  lastUpdated: ({ range }, scope) => {
    const bound = timeBound(range, name('last_updated'));
    const types = list(typeNumbers(scope));
    return bound && sql`SELECT sequence FROM version WHERE type IN ${types} AND ${bound}`;
  },
  date: rangeRows,
  number: rangeRows,
  quantity: rangeRows,
  composite: compositeRows,
};

/**
 * Returns a query for the sequences of versions among which all matches are, when an index gives a
 * short list; undefined: look at every resource of the types.
 */
export function candidates(where: SearchExpression, scope: Scope): Fragment | undefined {
  const compile = lists[where.kind] as
    ((expression: SearchExpression, scope: Scope) => Fragment | undefined) | undefined;
  return compile?.(where, scope);
}

function postedRows(test: Postable, scope: Scope): Fragment {
  return union(postings(test, scope).map((one) => postingRows(one)));
}

function rangeRows(
  test: Of<'date'> | Of<'number'> | Of<'quantity'>,
  scope: Scope,
): Fragment | undefined {
  const bound = lowBound(test.range, name('low'));
  const ids = list(params(test.param, scope));
  return bound && sql`SELECT v FROM range WHERE param IN ${ids} AND ${bound}`;
}

/** A time is one millisecond, so every prefix but `ne` bounds it. */
function timeBound(range: Of<'lastUpdated'>['range'], time: Fragment): Fragment | undefined {
  const { prefix } = range;
  return prefix === 'gt' || prefix === 'ge'
    ? sql`${time} >= ${Math.min(range.low, range.high - 1)}`
    : lowBound(range, time);
}

function compositeRows(where: Of<'composite'>, scope: Scope): Fragment | undefined {
  const first = where.components[0];
  if (first?.kind !== 'token' || first.code === undefined) {
    return undefined;
  }
  const ids = params(where.param, scope);
  return union(codeTest(first, ids, scope).map((one) => postingRows(one)));
}

function postingRows(one: Posted): Fragment {
  return sql`SELECT v FROM posting WHERE param IN ${list(one.params)} AND ${one.test}`;
}

function union(parts: readonly Fragment[]): Fragment {
  const [first, ...others] = parts;
  return first === undefined
    ? sql`SELECT v FROM posting WHERE 0`
    : others.reduce((all, part) => sql`${all} UNION ALL SELECT * FROM (${part})`, first);
}

function shortest(parts: readonly SearchExpression[], scope: Scope): Fragment | undefined {
  const cut = dateCut(parts, scope);
  const found = parts.flatMap((part) => {
    const rows = candidates(part, scope);
    return rows === undefined ? [] : [isPosted(part) ? sql`${rows}${cut}` : rows];
  });
  if (cut.values.length > 0) {
    found.push(sql`SELECT v FROM posting WHERE param IN ${list(typeNumbers(scope))}
      AND code = '' AND system = 0${cut}`);
  }
  if (found.length < 2) {
    return found[0];
  }
  const sizes = found.map((rows) => sizeOf(rows, candidatesMax, scope));
  return found[sizes.indexOf(Math.min(...sizes))];
}

/** Postings carry the date of their version, so that a window of time cuts each list. */
function dateCut(parts: readonly SearchExpression[], scope: Scope): Fragment {
  const bounds = hasOneDate(scope) ? dateBounds(parts, name('date'), scope) : [];
  return bounds.length === 0 ? sql`` : sql` AND ${every(bounds)}`;
}

/** Whether `candidates` gives a single posting list, to which conditions can be added. */
function isPosted(part: SearchExpression): boolean {
  return part.kind === 'token' || part.kind === 'reference' || part.kind === 'uri';
}
