import type { ReferenceTest, SearchExpression, TokenTest } from '../../fhir/search/plan.ts';
import { uriTest } from './compile-value.ts';
import type { Connection } from './connection.ts';
import type { Fragment } from './fragment.ts';
import { every, name, sql } from './fragment.ts';
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

/** The expressions of a kind. */
export type Of<Kind extends SearchExpression['kind']> = Extract<SearchExpression, { kind: Kind }>;
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

/** What has exact keys. */
export type Postable = TokenTest | ReferenceTest | Of<'uri'>;

/** An exact key: which parameters, and the test of `code` and `system`. */
export interface Posted {
  readonly params: readonly number[];
  readonly test: Fragment;
  /** The test names one code. */
  readonly isExact: boolean;
}

/** Returns the alternatives under which the value is posted; none when nothing stored can match. */
export function postings(expression: Postable, scope: Scope): Posted[] {
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

/** Returns where a code is posted. */
export function codeTest(
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
