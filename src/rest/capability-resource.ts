import type { SearchParameter } from '@medplum/fhirtypes';
import type { Definitions } from '../fhir/definitions/definitions.ts';
import type { JsonObject } from '../fhir/json/json-value.ts';
import type { OperationRow } from './operation-table.ts';
import { interactionsOf, type PathShape } from './route.ts';

/**
 * Returns the elements `rest.resource`, one for each resource type of R4.
 *
 * @see https://hl7.org/fhir/R4/capabilitystatement-definitions.html#CapabilityStatement.rest.resource
 */
export function capabilityResources(
  definitions: Definitions,
  operations: readonly OperationRow[],
): readonly JsonObject[] {
  const profiles = supportedProfiles(definitions);
  const references = referenceParameters(definitions);
  return definitions.resourceTypes.map((type) => {
    const parameters = [...definitions.searchParameters(type).values()];
    const own = references.filter(({ source }) => source === type).map(({ name }) => name);
    const towards = references.filter(({ targets }) => targets.has(type)).map(({ name }) => name);
    return {
      type,
      profile: `http://hl7.org/fhir/StructureDefinition/${type}`,
      ...listed('supportedProfile', profiles.get(type) ?? []),
      interaction: typeInteractions.map((code) => ({ code })),
      versioning: 'versioned-update',
      readHistory: true,
      updateCreate: true,
      conditionalCreate: true,
      conditionalRead: 'full-support',
      conditionalUpdate: true,
      conditionalDelete: 'single',
      referencePolicy: ['literal', 'logical', 'local'],
      ...listed('searchInclude', own),
      ...listed('searchRevInclude', towards),
      ...listed('searchParam', parameters.flatMap(searchParamElement)),
      ...listed(
        'operation',
        operations.flatMap((row) => operationElement(row, type)),
      ),
    };
  });
}

const typeShapes: readonly PathShape[] = [
  '[type]/[id]',
  '[type]/[id]/_history/[vid]',
  '[type]/[id]/_history',
  '[type]/_history',
  '[type]',
];

const typeInteractions = interactionsOf(typeShapes);

/** An array that FHIR leaves out when it is empty. */
function listed(name: string, values: readonly (string | JsonObject)[]): JsonObject {
  return values.length === 0 ? {} : { [name]: values };
}

/**
 * Returns the element `searchParam` of a parameter; none for one that R4 defines without saying by an
 * expression what it searches.
 */
export function searchParamElement(parameter: SearchParameter): readonly JsonObject[] {
  const { code, type, url, expression } = parameter;
  if (expression === undefined || type === 'special') return [];
  return [{ name: code, definition: url, type }];
}

function operationElement(row: OperationRow, type: string): readonly JsonObject[] {
  const isOfType = row.types === undefined || row.types.includes(type);
  const isBelow = row.levels.includes('type') || row.levels.includes('instance');
  return isOfType && isBelow ? [{ name: row.code, definition: row.definition }] : [];
}

/** The profiles of the layers above R4, by the type that they constrain. */
function supportedProfiles(definitions: Definitions): ReadonlyMap<string, readonly string[]> {
  const profiles = new Map<string, string[]>();
  for (const resource of definitions.added) {
    if (resource.resourceType !== 'StructureDefinition') continue;
    const { kind, derivation, type, url, abstract } = resource;
    if (kind !== 'resource' || derivation !== 'constraint' || abstract) continue;
    const known = profiles.get(type) ?? [];
    if (!known.includes(url)) profiles.set(type, [...known, url]);
  }
  return profiles;
}

interface ReferenceParameter {
  readonly source: string;
  /** `Observation:subject` */
  readonly name: string;
  readonly targets: ReadonlySet<string>;
}

function referenceParameters(definitions: Definitions): readonly ReferenceParameter[] {
  return definitions.resourceTypes.flatMap((source) =>
    [...definitions.searchParameters(source).values()]
      .filter(({ type, expression }) => type === 'reference' && expression !== undefined)
      .map(({ code, target }) => ({
        source,
        name: `${source}:${code}`,
        targets: new Set<string>(target ?? []),
      })),
  );
}
