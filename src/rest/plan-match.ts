import { failure } from '../fhir/operation-outcome.ts';
import type { SearchPlan } from '../fhir/search/plan.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import type { StoredVersion } from '../store/resource-store.ts';
import type { RestContext, RestRequest } from './rest.ts';
import type { Criteria } from './write-intent.ts';

/**
 * Finds what criteria match. Both fail `invalid-request`, `invalid-parameter` and `unknown-parameter`:
 * a criterion that is not understood is never left out.
 */
export interface Matcher {
  /** What matches now; the same criteria are searched once in a plan. */
  readonly find: Find;
  /** The same for a create, which may presume that nothing matches: the commit finds out. */
  readonly findForCreate: Find;
}

type Find = (type: string, criteria: Criteria) => Promise<Result<Matches>>;

/** Whether a create first presumes that its criteria match nothing, which spares a search. */
export type Presumption = 'none-matches' | 'unknown';

/** At most two matches, enough to tell one from several, and the search they are of. */
export interface Matches {
  readonly plan: SearchPlan;
  readonly versions: readonly StoredVersion[];
}

/** Returns a matcher for one plan of one request. */
export function createMatcher(
  context: RestContext,
  request: RestRequest,
  presumption: Presumption,
): Matcher {
  const found = new Map<string, Promise<Result<Matches>>>();
  const parse = (type: string, criteria: Criteria): Result<SearchPlan> => {
    const query = context.parseCriteria(type, criteria, request.baseUrl);
    return query.ok && query.value.where.kind === 'all'
      ? failed(failure('invalid-request', `The criteria select every ${type}.`))
      : query;
  };
  const search = async (type: string, criteria: Criteria): Promise<Result<Matches>> => {
    const query = parse(type, criteria);
    if (!query.ok) return query;
    const plan = query.value;
    const page = await context.store.search({ plan, count: 2, total: false }, request.access);
    return page.ok ? success({ plan, versions: page.value.matches }) : page;
  };
  const find: Find = async (type, criteria) => {
    const name = JSON.stringify([type, criteria]);
    const matches = found.get(name) ?? search(type, criteria);
    found.set(name, matches);
    return matches;
  };
  const presume: Find = async (type, criteria) => {
    const query = parse(type, criteria);
    return query.ok ? success({ plan: query.value, versions: [] }) : query;
  };
  return { find, findForCreate: presumption === 'none-matches' ? presume : find };
}
