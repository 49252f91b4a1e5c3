import { isJsonObject } from '../fhir/json/json-value.ts';
import type { Resource } from '../fhir/resource.ts';
import { profile } from '../trial/canonical.ts';
import { claimsTrialProfile, demandedProfile, isProduct } from '../trial/trial-record.ts';
import { resourceOf, type Draft } from './plan-draft.ts';
import { referrerDemands } from './reference-demand.ts';
import { localTarget } from './reference-local.ts';
import type { Targets } from './reference-target.ts';
import type { RestContext, RestRequest } from './rest.ts';

/** The profiles that a draft must satisfy beside those it claims, and whether it is a record of the trial. */
export interface Demand {
  readonly profiles: readonly string[];
  readonly isRecord: boolean;
}

/**
 * Returns what this server demands of a draft: by its own content, by the Medication that a dose names,
 * and, for a new version, by the records that refer to it. Profiles that are not loaded are not demanded.
 */
export async function demandOf(
  context: RestContext,
  request: RestRequest,
  { draft, targets }: { readonly draft: Draft; readonly targets: Targets },
): Promise<Demand> {
  const resource = resourceOf(draft);
  if (resource === undefined) return { profiles: [], isRecord: false };
  const own =
    demandedProfile(resource, context.terminology) ??
    (await demandedOfDose(resource, request, targets));
  const ownKnown = own !== undefined && context.definitions.structureDefinition(own) !== undefined;
  const profiles = ownKnown ? [own] : [];
  const isRecord = own !== undefined || claimsTrialProfile(resource);
  if (draft.located.current?.text === undefined) return { profiles, isRecord };
  const byReferrers = await referrerDemands(context, request, { draft, held: profiles });
  return { profiles: [...profiles, ...byReferrers], isRecord };
}

/** A dose is one of CART-HER-2 when the Medication that it refers to is. */
async function demandedOfDose(
  resource: Resource,
  request: RestRequest,
  targets: Targets,
): Promise<string | undefined> {
  const medication = resource['medicationReference'];
  if (resource.resourceType !== 'MedicationAdministration' || !isJsonObject(medication)) {
    return undefined;
  }
  const { reference } = medication;
  const key = typeof reference === 'string' ? localTarget(reference, request.baseUrl) : undefined;
  if (key?.type !== 'Medication') return undefined;
  await targets.load([key]);
  const target = targets.get(key);
  return target !== undefined && isProduct(target.resource()) ? profile('infusion') : undefined;
}
