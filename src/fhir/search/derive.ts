import type { Definitions } from '../definitions/definitions.ts';
import { derivationOf, type Derivation } from './derived.ts';
import { isShared, type Parameter, type SearchSettings } from './parameter.ts';
import type { SearchExpression } from './plan.ts';

/**
 * Returns the test of a parameter as tests of those parameters that have entries for it; the same test
 * when it has its own. In a plan over several types each may have others.
 */
export function derived(
  parameter: Parameter,
  { definitions }: SearchSettings,
  test: SearchExpression,
): SearchExpression {
  if (isShared(parameter)) return test;
  const byTest = new Map<string, { readonly where: SearchExpression; types: string[] }>();
  for (const type of parameter.types) {
    const derivation = derivationIn(definitions, type, parameter.code);
    const group = byTest.get(JSON.stringify(derivation)) ?? {
      where: derivation === undefined ? test : rewritten(test, derivation),
      types: [],
    };
    group.types.push(type);
    byTest.set(JSON.stringify(derivation), group);
  }
  const [only, ...others] = [...byTest.values()];
  if (only === undefined || others.length === 0) return only?.where ?? test;
  return {
    kind: 'or',
    of: [only, ...others].map(({ where, types }) => ({
      kind: 'and',
      of: [{ kind: 'type', types }, where],
    })),
  };
}

/** Returns the parameter by which one is sorted: the first of those that it is derived from. */
export function sortedBy(definitions: Definitions, type: string, code: string): string {
  const derivation = derivationIn(definitions, type, code);
  return derivation?.kind === 'union' ? (derivation.of[0] ?? code) : code;
}

function derivationIn(
  definitions: Definitions,
  type: string,
  code: string,
): Derivation | undefined {
  const definition = definitions.searchParameters(type).get(code);
  return definition === undefined ? undefined : derivationOf(definitions, type, definition);
}

function rewritten(test: SearchExpression, derivation: Derivation): SearchExpression {
  if (test.kind === 'or' || test.kind === 'and') {
    return { kind: test.kind, of: test.of.map((one) => rewritten(one, derivation)) };
  }
  if (derivation.kind === 'union') {
    return { kind: 'or', of: derivation.of.map((param) => renamed(test, param)) };
  }
  if (test.kind !== 'composite') return test;
  const places = derivation.places.map((place): SearchExpression => {
    const components = test.components.map((one, index) => renamed(one, place.params[index] ?? ''));
    return place.kind === 'root'
      ? { kind: 'and', of: components }
      : { kind: 'composite', param: place.param, components };
  });
  const [only] = places;
  return only !== undefined && places.length === 1 ? only : { kind: 'or', of: places };
}

function renamed(test: SearchExpression, param: string): SearchExpression {
  if (test.kind === 'or' || test.kind === 'and') {
    return { kind: test.kind, of: test.of.map((one) => renamed(one, param)) };
  }
  if (!('param' in test)) return test;
  // Some entries lie beside those of the parameter (`:canonical`, `:of-type`).
  const [, beside = ''] = /(:.*)$/u.exec(test.param) ?? [];
  return { ...test, param: `${param}${beside}` };
}
