import type { Definitions } from '../definitions/definitions.ts';
import type { ResourceKey } from '../resource.ts';
import { success, type Result } from '../result.ts';
import { malformedValue, unknownParameter } from './failures.ts';
import type { IndexEntry } from './index-entry.ts';
import type { SearchPlan } from './plan.ts';

/**
 * One `_include` or `_revinclude`: references of `type` (`*`: any) by `param` (`*`: any) to `target`
 * (undefined: any). `isIterated`: also from resources that were included themselves.
 */
export interface IncludeDirective {
  readonly type: string;
  readonly param: string;
  readonly target?: string;
  readonly isIterated: boolean;
}

/**
 * Returns the directive of `[type]:[parameter]` with an optional `:[target type]`, or of `*`.
 * Fails `unknown-parameter`, `invalid-parameter`.
 *
 * @see https://hl7.org/fhir/R4/search.html#include
 */
export function parseInclude(
  definitions: Definitions,
  name: string,
  value: string,
): Result<IncludeDirective> {
  const modifier = name.includes(':') ? name.slice(name.indexOf(':') + 1) : undefined;
  if (modifier !== undefined && modifier !== 'iterate' && modifier !== 'recurse') {
    return malformedValue(name, 'allowed: the only modifier is :iterate');
  }
  const isIterated = modifier !== undefined;
  if (value === '*') return success({ type: '*', param: '*', isIterated });
  const [type = '', param = '', target, ...more] = value.split(':');
  if (param === '' || more.length > 0) {
    return malformedValue(name, 'of the form [type]:[parameter]:[target type]');
  }
  if (!definitions.isResourceType(type)) return malformedValue(name, 'about a resource type');
  if (target !== undefined && target !== '' && !definitions.isResourceType(target)) {
    return malformedValue(name, 'about a resource type as target');
  }
  const found = definitions.searchParameters(type).get(param);
  if (param !== '*' && found?.type !== 'reference') return unknownParameter(param, [type]);
  return success({ type, param, isIterated, ...(target ? { target } : {}) });
}

/** A resource of a page: its type and what the indexer made of it. */
export interface IncludeSource {
  readonly type: string;
  readonly entries: readonly IndexEntry[];
}

/**
 * Returns the local resources that the directives include for the sources, without duplicates, in the
 * order of the sources. `isIteration`: the sources were included themselves, so only directives with
 * `:iterate` count. The caller loads them, leaves out what it already has, and asks again with what is new.
 *
 * @see https://hl7.org/fhir/R4/search.html#include
 */
export function includedKeys(
  directives: readonly IncludeDirective[],
  sources: readonly IncludeSource[],
  isIteration: boolean,
): readonly ResourceKey[] {
  const active = directives.filter(({ isIterated }) => isIterated || !isIteration);
  const keys = new Map<string, ResourceKey>();
  for (const source of sources) {
    for (const entry of source.entries) {
      if (entry.kind !== 'reference' || entry.type === undefined || entry.id === undefined)
        continue;
      const { type, id, param } = entry;
      const isWanted = active.some(
        (directive) =>
          (directive.type === '*' || directive.type === source.type) &&
          (directive.param === '*' || directive.param === param) &&
          (directive.target === undefined || directive.target === type),
      );
      if (isWanted) keys.set(`${type}/${id}`, { type, id });
    }
  }
  return [...keys.values()];
}

/**
 * Returns the searches that `_revinclude` stands for: the resources that refer to one of `keys`.
 * `isIteration` as in `includedKeys`.
 *
 * @see https://hl7.org/fhir/R4/search.html#revinclude
 */
export function revincludePlans(
  definitions: Definitions,
  directives: readonly IncludeDirective[],
  keys: readonly ResourceKey[],
  isIteration: boolean,
): readonly SearchPlan[] {
  return directives
    .filter(({ isIterated }) => isIterated || !isIteration)
    .flatMap((directive) => (directive.type === '*' ? definitions.resourceTypes : [directive.type]))
    .filter((type, index, all) => all.indexOf(type) === index)
    .flatMap((type) => {
      const own = directives.filter((one) => one.type === '*' || one.type === type);
      const tests = own.flatMap((directive) => testsOf(definitions, { ...directive, type }, keys));
      return tests.length === 0
        ? []
        : [{ types: [type], where: { kind: 'or', of: tests }, sort: [] } as const];
    });
}

function testsOf(
  definitions: Definitions,
  { type, param, target }: IncludeDirective,
  keys: readonly ResourceKey[],
) {
  const parameters = definitions.searchParameters(type);
  const codes =
    param === '*'
      ? [...parameters.values()].filter((one) => one.type === 'reference').map(({ code }) => code)
      : [param];
  return codes.flatMap((code) => {
    const targets = parameters.get(code)?.target ?? [];
    return keys
      .filter(
        (key) =>
          (target === undefined || target === key.type) &&
          (targets.length === 0 || targets.includes(key.type as never)),
      )
      .map((key) => ({ kind: 'reference' as const, param: code, type: key.type, id: key.id }));
  });
}
