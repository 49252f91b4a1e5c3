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
  const within = memberTest(definitions, { type: code, id }, { types, members });
  return search(context, request, { types, within });
};

/** The parameters by which resources of each type are in a compartment. */
type Members = ReadonlyMap<string, readonly string[]>;

function membersOf(definitions: Definitions, code: string): Members | undefined {
  const resources = definitions.compartment(code)?.resource;
  return resources === undefined
    ? undefined
    : new Map(
        resources.flatMap(({ code: type, param = [] }) =>
          param.length === 0 ? [] : [[type, param] as const],
        ),
      );
}

/**
 * A parameter may make some types a member and not others that have it too: a Flag by a patient as its
 * author is not about this patient.
 */
function memberTest(
  definitions: Definitions,
  { type, id }: ResourceKey,
  { types, members }: { readonly types: readonly string[]; readonly members: Members },
): SearchExpression {
  const params = new Set(types.flatMap((one) => members.get(one) ?? []));
  const of = [...params].map((param): SearchExpression => {
    const test: SearchExpression = { kind: 'reference', param, type, id };
    const having = types.filter((one) => definitions.searchParameters(one).has(param));
    const own = having.filter((one) => members.get(one)?.includes(param) === true);
    return own.length === having.length
      ? test
      : { kind: 'and', of: [{ kind: 'type', types: own }, test] };
  });
  return of.length === 0 ? { kind: 'none' } : { kind: 'or', of };
}
