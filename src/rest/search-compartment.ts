import type { Definitions } from '../fhir/definitions/definitions.ts';
import { failure } from '../fhir/operation-outcome.ts';
import type { ResourceKey } from '../fhir/resource.ts';
import { failed } from '../fhir/result.ts';
import type { SearchExpression } from '../fhir/search/plan.ts';
import type { Interaction } from './rest.ts';
import { search } from './search.ts';

/**
 * Answers with the resources of a type, or of all (`*`), that match and are in the compartment of the
 * resource. Fails `not-found` when the type defines no compartment; one that the type cannot be in is
 * empty.
 *
 * @see https://hl7.org/fhir/R4/compartmentdefinition.html
 */
export const searchCompartment: Interaction = async (context, request) => {
  const [code = '', id = '', type = ''] = request.path;
  const { definitions } = context;
  const members = membersOf(definitions, code);
  if (members === undefined) {
    return failed(failure('not-found', `R4 defines no compartment of ${code}.`));
  }
  const types = type === '*' ? [...members.keys()] : [type];
  const params = new Set(types.flatMap((one) => members.get(one) ?? []));
  return search(context, request, { types, within: memberTest({ type: code, id }, params) });
};

/** The parameters by which resources of each type are in a compartment. */
function membersOf(
  definitions: Definitions,
  code: string,
): ReadonlyMap<string, readonly string[]> | undefined {
  const resources = definitions.compartment(code)?.resource;
  return resources === undefined
    ? undefined
    : new Map(
        resources.flatMap(({ code: type, param = [] }) =>
          param.length === 0 ? [] : [[type, param] as const],
        ),
      );
}

function memberTest({ type, id }: ResourceKey, params: ReadonlySet<string>): SearchExpression {
  const of = [...params].map((param) => ({ kind: 'reference', param, type, id }) as const);
  return of.length === 0 ? { kind: 'none' } : { kind: 'or', of };
}
