import { failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import type { Precondition } from '../store/resource-store.ts';
import { commitPlan } from './commit-plan.ts';
import { planWrites } from './plan-writes.ts';
import type { RestContext, RestRequest } from './rest.ts';
import type { WriteIntent, WriteOutcome } from './write-intent.ts';

/** What is to be written, decided by what was read: `preconditions` say what must not have changed. */
export interface Prepared {
  readonly intents: readonly WriteIntent[];
  readonly preconditions?: readonly Precondition[];
  /** Change keys that the commit advances besides those of its writes. */
  readonly touches?: readonly string[];
}

/** How writes are prepared: `prepare` reads and decides, anew each time that it is planned. */
export interface Preparation {
  /** Those who write under one of them take turns. */
  readonly turnKeys: readonly string[];
  readonly prepare: () => Promise<Result<Prepared>>;
}

/**
 * As `commitWrites`, for an operation that decides what it writes by what it reads: reads again when
 * that has changed until the commit, at most `replansMax` times. Fails `conflict` after that.
 */
export async function commitPrepared(
  context: RestContext,
  request: RestRequest,
  { turnKeys, prepare }: Preparation,
): Promise<Result<readonly WriteOutcome[]>> {
  return context.turns(turnKeys, async () => {
    for (let replans = 0; replans <= context.limits.replansMax; replans++) {
      const prepared = await prepare();
      if (!prepared.ok) return prepared;
      const { intents, preconditions = [], touches = [] } = prepared.value;
      if (intents.length === 0) return success([]);
      const plan = await planWrites(context, request, intents);
      if (!plan.ok) return plan;
      const { commit, outcomes, subjects } = plan.value;
      const committed = await commitPlan(context, {
        subjects,
        commit: {
          writes: commit.writes,
          preconditions: [...preconditions, ...commit.preconditions],
          touches: [...touches, ...(commit.touches ?? [])],
        },
      });
      if (!committed.ok) return committed;
      if (committed.value) return success(outcomes);
    }
    return failed(
      failure('conflict', 'Other writes changed the same resources meanwhile; send it again.'),
    );
  });
}
