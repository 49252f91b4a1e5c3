import type { Definitions } from '../definitions/definitions.ts';
import type { ResourceKey } from '../resource.ts';
import type { SearchExpression } from './plan.ts';

/**
 * Returns the types of which a compartment may hold resources, sorted; undefined when there is no
 * compartment of that name.
 *
 * @see https://hl7.org/fhir/R4/compartmentdefinition.html
 */
export function compartmentTypes(
  definitions: Definitions,
  code: string,
): readonly string[] | undefined {
  const compartment = definitions.compartment(code);
  return compartment?.resource
    ?.filter(({ param }) => param !== undefined && param.length > 0)
    .map((resource) => resource.code)
    .sort();
}

/**
 * Returns the condition that a resource of one of `types` is in the compartment of `owner`
 * (`Patient/1`): one of the type's listed parameters refers to the owner, or it is the owner.
 *
 * @see https://hl7.org/fhir/R4/search.html#context
 */
export function compartmentExpression(
  definitions: Definitions,
  owner: ResourceKey,
  types: readonly string[],
): SearchExpression {
  const resources = definitions.compartment(owner.type)?.resource ?? [];
  const byParams = new Map<string, { readonly params: readonly string[]; types: string[] }>();
  for (const { code, param: params = [] } of resources) {
    if (!types.includes(code) || params.length === 0) continue;
    const key = params.join();
    const group = byParams.get(key) ?? { params, types: [] };
    group.types.push(code);
    byParams.set(key, group);
  }
  const tests = [...byParams.values()].map((group) => {
    const where = anyOf(group.params.map((param) => membership(param, owner)));
    return types.length === 1
      ? where
      : ({ kind: 'and', of: [{ kind: 'type', types: group.types }, where] } as const);
  });
  return anyOf(tests);
}

/** The parameter `{def}` says that the owner is in its own compartment. */
function membership(param: string, { type, id }: ResourceKey): SearchExpression {
  return param === '{def}'
    ? {
        kind: 'and',
        of: [
          { kind: 'type', types: [type] },
          { kind: 'id', ids: [id] },
        ],
      }
    : { kind: 'reference', param, type, id };
}

function anyOf(tests: readonly SearchExpression[]): SearchExpression {
  const [only] = tests;
  if (only === undefined) return { kind: 'none' };
  return tests.length === 1 ? only : { kind: 'or', of: tests };
}
