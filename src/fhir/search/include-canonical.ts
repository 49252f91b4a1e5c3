import type { Definitions } from '../definitions/definitions.ts';
import type { IncludeDirective, IncludeSource } from './include.ts';
import type { SearchExpression, SearchPlan } from './plan.ts';

/**
 * Returns the searches for what the canonicals of the sources name: the resources of the parameter's
 * target types that have the URL, and the version if the canonical has one. `isIteration` as in
 * `includedKeys`.
 *
 * @see https://hl7.org/fhir/R4/references.html#canonical
 */
export function canonicalPlans(
  definitions: Definitions,
  directives: readonly IncludeDirective[],
  sources: readonly IncludeSource[],
  isIteration: boolean,
): readonly SearchPlan[] {
  const active = directives.filter(({ isIterated }) => isIterated || !isIteration);
  // One search for all that is to be found among the same types.
  const byTypes = new Map<string, Set<string>>();
  for (const source of sources) {
    for (const { type, param, target } of active) {
      if (type !== '*' && type !== source.type) continue;
      for (const [code, urls] of canonicalsOf(source, param)) {
        const types = targetTypes(definitions, { type: source.type, code, target }).join();
        byTypes.set(types, new Set([...(byTypes.get(types) ?? []), ...urls]));
      }
    }
  }
  byTypes.delete('');
  return [...byTypes].map(([types, urls]) => ({
    types: types.split(','),
    where: { kind: 'or', of: [...urls].map(namedBy) },
    sort: [],
  }));
}

/** By parameter; a canonical with a version has an entry without it too, which is not meant. */
function canonicalsOf(
  { entries }: IncludeSource,
  param: string,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const entry of entries) {
    if (entry.kind !== 'reference' || entry.url === undefined) continue;
    if (param !== '*' && entry.param !== param) continue;
    found.set(entry.param, [...(found.get(entry.param) ?? []), entry.url]);
  }
  return new Map(
    [...found].map(([code, urls]) => [
      code,
      urls.filter((url) => !urls.some((other) => other.startsWith(`${url}|`))),
    ]),
  );
}

/** The types that the parameter may lead to and that have a canonical URL. */
function targetTypes(
  definitions: Definitions,
  {
    type,
    code,
    target,
  }: { readonly type: string; readonly code: string; readonly target: string | undefined },
): readonly string[] {
  const targets: readonly string[] = definitions.searchParameters(type).get(code)?.target ?? [];
  return targets.filter(
    (one) =>
      (target === undefined || one === target) &&
      definitions.isResourceType(one) &&
      definitions.searchParameters(one).get('url')?.type === 'uri',
  );
}

function namedBy(canonical: string): SearchExpression {
  const bar = canonical.indexOf('|');
  const value = bar === -1 ? canonical : canonical.slice(0, bar);
  const url: SearchExpression = { kind: 'uri', param: 'url', match: 'exact', value };
  if (bar === -1) return url;
  return {
    kind: 'and',
    of: [url, { kind: 'token', param: 'version', code: canonical.slice(bar + 1) }],
  };
}
