import type { Definitions } from '../definitions/definitions.ts';
import type { ResourceKey } from '../resource.ts';
import { success, type Result } from '../result.ts';
import { malformedValue, refusedModifier, unknownParameter } from './failures.ts';
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
  const [, ...modifiers] = name.split(':');
  const isIterated = modifiers.length > 0;
  if (isIterated && modifiers.join(':') !== 'iterate') {
    return refusedModifier(name, modifiers.join(':'));
  }
  if (value === '*') return success({ type: '*', param: '*', isIterated });
  const [type = '', param = '', target, ...more] = value.split(':').filter((part) => part !== '');
  const types = target === undefined ? [type] : [type, target];
  if (more.length > 0 || param === '' || !types.every((one) => definitions.isResourceType(one))) {
    return malformedValue(
      name,
      'of the form [type]:[parameter] or [type]:[parameter]:[target type]',
    );
  }
  return isReference(definitions, type, param)
    ? success({ type, param, isIterated, ...(target === undefined ? {} : { target }) })
    : unknownParameter(param, [type]);
}

function isReference(definitions: Definitions, type: string, param: string): boolean {
  return param === '*' || definitions.searchParameters(type).get(param)?.type === 'reference';
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
  const active = directives.filter(({ isIterated }) => isIterated || !isIteration);
  return active
    .flatMap((directive) => (directive.type === '*' ? definitions.resourceTypes : [directive.type]))
    .filter((type, index, all) => all.indexOf(type) === index)
    .flatMap((type) => {
      const own = active.filter((one) => one.type === '*' || one.type === type);
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
