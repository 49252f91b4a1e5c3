import { failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import { planWrites } from './plan-writes.ts';
import type { RestContext, RestRequest } from './rest.ts';
import type { WriteIntent, WriteOutcome } from './write-intent.ts';

/**
 * Writes all intents in one commit, or none: returns what became of each, in their order. What the plan
 * read must still hold when it is committed; otherwise it is planned again, at most `replansMax` times.
 * Fails `conflict` after that, and as the plan fails.
 */
export async function commitWrites(
  context: RestContext,
  request: RestRequest,
  intents: readonly WriteIntent[],
): Promise<Result<readonly WriteOutcome[]>> {
  return context.turns(intents.flatMap(turnKeys), async () => {
    for (let replans = 0; replans <= context.limits.replansMax; replans++) {
      const plan = await planWrites(context, request, intents);
      if (!plan.ok) return plan;
      const { commit, outcomes } = plan.value;
      if (commit.writes.length === 0) return success(outcomes);
      const committed = await context.store.commit(commit);
      if (!committed.ok) return committed;
      if (committed.value.kind === 'committed') {
        context.publish?.(commit.writes);
        return success(outcomes);
      }
    }
    return failed(
      failure('conflict', 'Other writes changed the same resources meanwhile; send it again.'),
    );
  });
}

function turnKeys(intent: WriteIntent): readonly string[] {
  if (intent.criteria !== undefined) {
    return [`${intent.type}?${JSON.stringify(intent.criteria)}`];
  }
  return intent.interaction !== 'create' && intent.id !== undefined
    ? [`${intent.type}/${intent.id}`]
    : [];
}
