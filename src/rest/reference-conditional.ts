import type { ResourceKey } from '../fhir/resource.ts';
import { success, type Result } from '../fhir/result.ts';
import { matches } from '../fhir/search/match.ts';
import type { SearchPlan } from '../fhir/search/plan.ts';
import type { Located } from './plan-located.ts';
import type { Matcher } from './plan-match.ts';
import type { RestContext, RestRequest } from './rest.ts';
import type { Criteria } from './write-intent.ts';

/** Finds what a conditional reference leads to; two are enough to tell that it is not one. */
export type FindTargets = (
  type: string,
  criteria: Criteria,
) => Promise<Result<readonly ResourceKey[]>>;

/**
 * Returns what finds the targets of conditional references of one request. They are resolved after its
 * writes: resources that it creates or updates count as they will be, those that it deletes do not.
 *
 * @see https://hl7.org/fhir/R4/http.html#trules
 */
export function createFindTargets(
  context: RestContext,
  request: RestRequest,
  located: readonly Located[],
  match: Matcher,
): FindTargets {
  const written = new Map(located.map((one) => [nameOf(one.key), one]));
  return async (type, criteria) => {
    const stored = await match.find(type, criteria);
    if (!stored.ok) return stored;
    const { plan, versions } = stored.value;
    const untouched = versions.filter((version) => !isRewritten(written.get(nameOf(version))));
    const own = located.filter((one) => one.key.type === type && willMatch(one, plan));
    return success([...untouched, ...own.map(({ key }) => key)].slice(0, 2));
  };

  function willMatch({ intent, key, effect }: Located, plan: SearchPlan): boolean {
    if (!('document' in intent) || (effect !== 'created' && effect !== 'updated')) return false;
    const entries = context.index(intent.document, request.baseUrl);
    const lastUpdated = Date.parse(context.clock());
    return matches(plan.where, { ...key, lastUpdated, entries });
  }
}

/** A patch leaves the version as it was found: what it matches afterwards is not known before. */
function isRewritten(located: Located | undefined): boolean {
  if (located === undefined || located.intent.interaction === 'patch') return false;
  return located.effect === 'updated' || located.effect === 'deleted';
}

function nameOf({ type, id }: ResourceKey): string {
  return `${type}/${id}`;
}
