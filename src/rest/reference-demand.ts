import type { Resource } from '../fhir/resource.ts';
import { demandedProfile } from '../trial/trial-record.ts';
import type { Draft } from './plan-draft.ts';
import { localTarget } from './reference-local.ts';
import type { RestContext, RestRequest } from './rest.ts';

/** Referrers by one search parameter that are looked at; records of one kind demand the same. */
const referrersMax = 20;

/**
 * Returns the profiles that records of the trial, which refer to the draft's resource, demand of it,
 * without those in `held`. Referrers are found through search parameters alone: a reference that no
 * parameter of its type indexes demands nothing.
 */
export async function referrerDemands(
  context: RestContext,
  request: RestRequest,
  { draft, held }: { readonly draft: Draft; readonly held: readonly string[] },
): Promise<readonly string[]> {
  const { key } = draft.located;
  const demanded = new Set<string>();
  for (const { type, param, targetProfile } of context.referrers(key.type)) {
    if (held.includes(targetProfile) || demanded.has(targetProfile)) continue;
    const plan = {
      types: [type],
      where: { kind: 'reference', param, type: key.type, id: key.id },
      sort: [],
    } as const;
    const query = { plan, count: referrersMax, total: false };
    const page = await context.store.search(query, request.access);
    const referrers = page.ok ? page.value.matches : [];
    const asked = { key: `${key.type}/${key.id}`, targetProfile, baseUrl: request.baseUrl };
    if (referrers.some(({ text }) => text !== undefined && demands(context, text, asked))) {
      demanded.add(targetProfile);
    }
  }
  return [...demanded];
}

/** Whether the record in `text` refers to `key` where its profile demands `targetProfile`. */
function demands(
  context: RestContext,
  text: string,
  asked: { readonly key: string; readonly targetProfile: string; readonly baseUrl: string },
): boolean {
  const referrer = JSON.parse(text) as Resource;
  const own = demandedProfile(referrer, context.terminology);
  const { references } = context.validator.validateTree(referrer, own === undefined ? [] : [own]);
  return references.some((demand) => {
    const key = localTarget(demand.reference, asked.baseUrl);
    return (
      key !== undefined &&
      `${key.type}/${key.id}` === asked.key &&
      demand.targetProfiles.includes(asked.targetProfile)
    );
  });
}
