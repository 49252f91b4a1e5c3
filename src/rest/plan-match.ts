import { failure } from '../fhir/operation-outcome.ts';
import type { SearchPlan } from '../fhir/search/plan.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import type { StoredVersion } from '../store/resource-store.ts';
import type { RestContext, RestRequest } from './rest.ts';
import type { Criteria } from './write-intent.ts';

/** Finds what criteria match now; the same criteria are searched once in a plan. */
export type Matcher = (type: string, criteria: Criteria) => Promise<Result<Matches>>;

/** At most two matches, enough to tell one from several, and the search they are of. */
export interface Matches {
  readonly plan: SearchPlan;
  readonly versions: readonly StoredVersion[];
}

/**
 * Returns a matcher for one plan of one request. It fails `invalid-parameter` and `unknown-parameter`:
 * a criterion that is not understood is never left out.
 */
export function createMatcher(context: RestContext, request: RestRequest): Matcher {
  const found = new Map<string, Promise<Result<Matches>>>();
  return async (type, criteria) => {
    const name = JSON.stringify([type, criteria]);
    const known = found.get(name);
    if (known !== undefined) return known;
    const matches = search(context, request, { type, criteria });
    found.set(name, matches);
    return matches;
  };
}

async function search(
  context: RestContext,
  request: RestRequest,
  { type, criteria }: { readonly type: string; readonly criteria: Criteria },
): Promise<Result<Matches>> {
  const query = context.parseCriteria(type, criteria, request.baseUrl);
  if (!query.ok) return query;
  const plan = query.value;
  if (plan.where.kind === 'all') {
    return failed(failure('invalid-request', `The criteria select every ${type}.`));
  }
  const page = await context.store.search({ plan, count: 2, total: false }, request.access);
  return page.ok ? success({ plan, versions: page.value.matches }) : page;
}
