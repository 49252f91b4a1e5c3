import type { SearchParameter, StructureDefinition } from '@medplum/fhirtypes';
import type { Definitions } from '../fhir/definitions/definitions.ts';
import { profile } from '../trial/canonical.ts';

/** How a record of the trial may refer to a resource: from a type, by a search parameter, demanding a profile. */
export interface Referrer {
  readonly type: string;
  readonly param: string;
  readonly targetProfile: string;
}

/** Returns the ways in which records of the trial refer to resources of a type and demand a profile of them. */
export type Referrers = (targetType: string) => readonly Referrer[];

/** Reads them from the trial's profiles, once, when they are first asked for. */
export function createReferrers(definitions: Definitions): Referrers {
  let byType: ReadonlyMap<string, readonly Referrer[]> | undefined;
  return (targetType) => {
    byType ??= referrersByType(definitions);
    return byType.get(targetType) ?? [];
  };
}

function referrersByType(definitions: Definitions): ReadonlyMap<string, readonly Referrer[]> {
  const byType = new Map<string, Map<string, Referrer>>();
  for (const definition of trialProfiles(definitions)) {
    for (const { path, targetProfile } of demandsOf(definition)) {
      const target = definitions.structureDefinition(targetProfile)?.type;
      if (target === undefined) continue;
      for (const { type, param } of paramsOf(definitions, definition, path)) {
        const referrers = byType.get(target) ?? new Map<string, Referrer>();
        byType.set(target, referrers);
        referrers.set(`${type} ${path} ${targetProfile}`, { type, param, targetProfile });
      }
    }
  }
  // A patient of the trial has one ResearchSubject but thousands of Observations: it is asked first.
  const rank = ({ type }: Referrer) => (type === 'ResearchSubject' ? 0 : 1);
  return new Map(
    [...byType].map(([target, referrers]) => [
      target,
      [...referrers.values()].sort((one, other) => rank(one) - rank(other)),
    ]),
  );
}

function trialProfiles(definitions: Definitions): readonly StructureDefinition[] {
  return definitions.added.filter(
    (resource): resource is StructureDefinition =>
      resource.resourceType === 'StructureDefinition' && resource.url.startsWith(profile('')),
  );
}

/** The elements of a profile that may only refer to resources of a profile of the trial. */
function demandsOf(
  definition: StructureDefinition,
): readonly { readonly path: string; readonly targetProfile: string }[] {
  return (definition.snapshot?.element ?? []).flatMap(({ path = '', type = [] }) =>
    type
      .flatMap(({ targetProfile = [] }) => targetProfile)
      .filter((canonical) => canonical.startsWith(profile('')))
      .map((targetProfile) => ({ path: path.replace('[x]', ''), targetProfile })),
  );
}

/** The search parameters that index an element: by its path, or by the extension's URL. */
function paramsOf(
  definitions: Definitions,
  definition: StructureDefinition,
  path: string,
): readonly { readonly type: string; readonly param: string }[] {
  const isExtension = definition.type === 'Extension';
  const types = isExtension ? typesWith(definitions, definition) : [definition.type];
  return types.flatMap((type) => {
    const param = [...definitions.searchParameters(type).values()].find(
      (parameter) =>
        parameter.type === 'reference' &&
        (isExtension ? mentions(parameter, definition.url) : indexes(parameter, path)),
    );
    return param === undefined ? [] : [{ type, param: param.code }];
  });
}

/** The resource types that carry an extension themselves; deeper ones have no search parameters. */
function typesWith(definitions: Definitions, { context }: StructureDefinition): readonly string[] {
  return (context ?? [])
    .map(({ expression }) => expression)
    .filter((type) => definitions.isResourceType(type));
}

function mentions(parameter: SearchParameter, url: string): boolean {
  return parameter.expression?.includes(`'${url}'`) === true;
}

function indexes(parameter: SearchParameter, path: string): boolean {
  return (parameter.expression ?? '')
    .split('|')
    .some((part) =>
      new RegExp(`(^|[\\s(])${path.replaceAll('.', '\\.')}($|[\\s).])`, 'u').test(part),
    );
}
