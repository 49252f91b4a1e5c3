import type { ReferenceTest, SearchExpression, TokenTest } from '../../fhir/search/plan.ts';
import { lowBound, rangeTest, startsWith, stringTest, unitTest, uriTest } from './compile-value.ts';
import type { Connection } from './connection.ts';
import type { Fragment } from './fragment.ts';
import { every, list, name, some, sql } from './fragment.ts';
import { urlSystem } from './index-rows.ts';
import type { Names } from './names.ts';
import { identifierName, paramName, systemName, typeName } from './names.ts';
import { methodDelete } from './version-row.ts';

/** What a condition is compiled for: resources of `types` in the version table under `alias`. */
export interface Scope {
  readonly names: Names;
  readonly connection: Connection;
  readonly types: readonly string[];
  readonly alias: string;
  readonly snapshot: number;
}

type Of<Kind extends SearchExpression['kind']> = Extract<SearchExpression, { kind: Kind }>;
const low = name('low');
const high = name('high');

/** Returns whether the version under `alias` satisfies the expression: 0 or 1, never null. */
export function condition(expression: SearchExpression, scope: Scope): Fragment {
  switch (expression.kind) {
    case 'all':
      return sql`1`;
    case 'none':
    case 'not-built':
      return sql`0`;
    case 'and':
      return every(expression.of.map((part) => condition(part, scope)));
    case 'or':
      return some(expression.of.map((part) => condition(part, scope)));
    case 'not':
      return sql`NOT (${condition(expression.of, scope)})`;
    case 'id':
      return sql`${name(scope.alias)}.id IN ${list(expression.ids)}`;
    case 'lastUpdated':
      return lastUpdated(expression, scope);
    case 'present':
      return some(params(expression.param, scope).map((param) => hasParam(param, scope)));
    default:
      return valueCondition(expression, scope);
  }
}

type ValueExpression =
  | Of<'token-text' | 'string' | 'date' | 'number' | 'quantity' | 'composite' | 'has' | 'chain'>
  | TokenTest
  | ReferenceTest
  | Of<'uri'>;

function valueCondition(expression: ValueExpression, scope: Scope): Fragment {
  switch (expression.kind) {
    case 'token-text':
      return tokenText(expression, scope);
    case 'string':
      return inTable('string', expression.param, stringTest(expression), scope);
    case 'date':
    case 'number':
      return inTable('range', expression.param, rangeTest(expression.range, low, high), scope);
    case 'quantity':
      return inTable('range', expression.param, quantity(expression, scope), scope);
    case 'composite':
      return composite(expression, scope);
    case 'has':
      return has(expression, scope);
    case 'chain':
      return sql`${name(scope.alias)}.sequence IN (${chained(expression, scope)})`;
    case 'token':
    case 'reference':
    case 'uri':
      return posted(expression, scope);
  }
}

/** The numbers of a search parameter, one for each type that has stored it. */
export function params(param: string, scope: Scope): number[] {
  return numbers(scope, (type) => paramName(type, param));
}

function numbers(scope: Scope, nameOf: (type: string) => string): number[] {
  return scope.types
    .map((type) => scope.names.find(nameOf(type), scope.connection))
    .filter((id) => id !== undefined);
}

/** Returns whether the version under `alias` is current at the snapshot and no deletion. */
export function live(scope: Scope): Fragment {
  const v = name(scope.alias);
  return sql`${v}.sequence <= ${scope.snapshot} AND ${v}.superseded > ${scope.snapshot} AND ${v}.method <> ${methodDelete}`;
}

/** The numbers of the types in the scope that have stored resources. */
export function typeNumbers(scope: Scope): number[] {
  return numbers(scope, typeName);
}

function lastUpdated(expression: Of<'lastUpdated'>, scope: Scope): Fragment {
  const time = sql`${name(scope.alias)}.last_updated`;
  return rangeTest(expression.range, time, sql`(${time} + 1)`);
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

/** An exact key: which parameters, and the test of `code` and `system`. */
export interface Posted {
  readonly params: readonly number[];
  readonly test: Fragment;
  /** The test names one code. */
  readonly isExact: boolean;
}

/** Returns the alternatives under which the value is posted; none when nothing stored can match. */
export function postings(
  expression: TokenTest | ReferenceTest | Of<'uri'>,
  scope: Scope,
): Posted[] {
  const ids = params(expression.param, scope);
  switch (expression.kind) {
    case 'uri':
      return [{ params: ids, test: uriTest(expression), isExact: expression.match === 'exact' }];
    case 'token':
      return codeTest(expression, ids, scope);
    case 'reference':
      return referenceTests(expression, ids, scope);
  }
}

function codeTest(
  wanted: { readonly system?: string; readonly code?: string },
  ids: readonly number[],
  scope: Scope,
): Posted[] {
  const tests: Fragment[] = wanted.code === undefined ? [] : [sql`code = ${wanted.code}`];
  if (wanted.system !== undefined) {
    const system = scope.names.find(systemName(wanted.system), scope.connection);
    if (system === undefined) {
      return [];
    }
    tests.push(sql`system = ${system}`);
  }
  return [{ params: ids, test: every(tests), isExact: wanted.code !== undefined }];
}

function referenceTests(test: ReferenceTest, ids: readonly number[], scope: Scope): Posted[] {
  if (test.identifier !== undefined) {
    const identified = numbers(scope, (type) => identifierName(type, test.param));
    return codeTest(test.identifier, identified, scope);
  }
  if (test.url !== undefined) {
    return [
      { params: ids, test: sql`code = ${test.url} AND system = ${urlSystem}`, isExact: true },
    ];
  }
  const of = test.id === undefined ? [] : [sql`code = ${test.id}`];
  if (test.type === undefined) {
    const local = sql`system <> ${urlSystem}`;
    return [{ params: ids, test: every([...of, local]), isExact: of.length > 0 }];
  }
  const type = scope.names.find(typeName(test.type), scope.connection);
  return type === undefined
    ? []
    : [{ params: ids, test: every([...of, sql`system = ${type}`]), isExact: of.length > 0 }];
}

function posted(expression: TokenTest | ReferenceTest | Of<'uri'>, scope: Scope): Fragment {
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
  const parts = expression.components.map((component, position) => {
    const test = partTest(component, scope);
    return sql`EXISTS (SELECT 1 FROM composite WHERE v = a.v AND param = a.param AND item = a.item
      AND position = ${position} AND ${test})`;
  });
  return sql`EXISTS (SELECT 1 FROM composite a WHERE a.v = ${name(scope.alias)}.sequence
    AND a.param IN ${list(ids)} AND a.position = 0 AND ${every(parts)})`;
}

/** Returns the test of one part of a composite; kinds that no component can have match nothing. */
function partTest(component: SearchExpression, scope: Scope): Fragment {
  switch (component.kind) {
    case 'or':
      return some(component.of.map((part) => partTest(part, scope)));
    case 'and':
      return every(component.of.map((part) => partTest(part, scope)));
    case 'not':
      return sql`NOT coalesce(${partTest(component.of, scope)}, 0)`;
    case 'all':
      return sql`1`;
    case 'token':
    case 'reference':
    case 'uri':
      return some(postings(component, scope).map((one) => one.test));
    case 'date':
    case 'number':
      return rangeTest(component.range, low, high);
    case 'quantity':
      return quantity(component, scope);
    case 'string':
      return stringTest(component);
    default:
      return sql`0`;
  }
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

/** Returns type, id, row and sequence of the resources that match, with no order. */
export function matching(where: SearchExpression, scope: Scope): Fragment {
  const v = name(scope.alias);
  const from = candidates(where, scope);
  const types = sql`${v}.type IN ${list(typeNumbers(scope))}`;
  const source = from === undefined ? sql`${types}` : sql`${v}.sequence IN (${from}) AND +${types}`;
  return sql`SELECT ${v}.* FROM version ${v} WHERE ${source} AND ${live(scope)} AND ${condition(where, scope)}`;
}

/**
 * Returns a query for the sequences of versions among which all matches are, when an index gives a
 * short list; undefined: look at every resource of the types.
 */
export function candidates(where: SearchExpression, scope: Scope): Fragment | undefined {
  switch (where.kind) {
    case 'and':
      return shortest(where.of, scope);
    case 'or': {
      const parts = where.of.map((part) => candidates(part, scope));
      return parts.length > 0 && parts.every((part) => part !== undefined)
        ? union(parts)
        : undefined;
    }
    case 'id':
      return sql`SELECT v.sequence FROM resource r CROSS JOIN version v WHERE r.type IN ${list(typeNumbers(scope))}
        AND r.id IN ${list(where.ids)} AND v.type = r.type AND v.row = r.row`;
    case 'token':
    case 'reference':
    case 'uri':
      return union(postings(where, scope).map((one) => postingRows(one)));
    case 'chain':
      return chained(where, scope);
    case 'string':
      return where.match === 'starts-with'
        ? sql`SELECT v FROM string WHERE param IN ${list(params(where.param, scope))} AND ${startsWith(name('folded'), where.value)}`
        : undefined;
    case 'lastUpdated': {
      const bound =
        lowBound(where.range, name('last_updated')) ?? sql`last_updated >= ${where.range.low}`;
      return where.range.prefix === 'ne'
        ? undefined
        : sql`SELECT sequence FROM version WHERE type IN ${list(typeNumbers(scope))} AND ${bound}`;
    }
    case 'date':
    case 'number':
    case 'quantity': {
      const bound = lowBound(where.range, low);
      return (
        bound &&
        sql`SELECT v FROM range WHERE param IN ${list(params(where.param, scope))} AND ${bound}`
      );
    }
    case 'composite':
      return compositeRows(where, scope);
    default:
      return undefined;
  }
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
    ? sql`SELECT 0 WHERE 0`
    : others.reduce((all, part) => sql`${all} UNION ALL SELECT * FROM (${part})`, first);
}

/** Rows counted, at most, to compare two indexes. */
const probeRows = 512;

function shortest(parts: readonly SearchExpression[], scope: Scope): Fragment | undefined {
  const lists = parts.flatMap((part) => candidates(part, scope) ?? []);
  if (lists.length < 2) {
    return lists[0];
  }
  const sizes = lists.map((rows) =>
    Number(
      scope.connection.all(
        sql`SELECT count(*) AS n FROM (SELECT 1 FROM (${rows}) LIMIT ${probeRows})`,
      )[0]?.['n'],
    ),
  );
  return lists[sizes.indexOf(Math.min(...sizes))];
}
