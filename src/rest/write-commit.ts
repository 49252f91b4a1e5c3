import { failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import { commitPlan } from './commit-plan.ts';
import type { Presumption } from './plan-match.ts';
import { patientTurns } from './plan-judged.ts';
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
  const keys = intents.flatMap((intent) => [...turnKeys(intent), ...patientTurns(context, intent)]);
  return context.turns(keys, async () => {
    let presumption = presumptionOf(intents);
    // The plan that presumes is one on top.
    for (
      let replans = presumption === 'unknown' ? 0 : -1;
      replans <= context.limits.replansMax;
      replans++
    ) {
      const plan = await planWrites(context, request, intents, presumption);
      // What exists already is answered, whatever the body of the request is like.
      const isPresumed = presumption === 'none-matches';
      presumption = 'unknown';
      if (!plan.ok && isPresumed) continue;
      if (!plan.ok) return plan;
      const { commit, outcomes } = plan.value;
      if (commit.writes.length === 0) return success(outcomes);
      const committed = await commitPlan(context, plan.value);
      if (!committed.ok) return committed;
      if (committed.value) return success(outcomes);
    }
    return failed(
      failure('conflict', 'Other writes changed the same resources meanwhile; send it again.'),
    );
  });
}

/** Most conditional creates are of what is new: the first plan takes it so, and the commit proves it. */
function presumptionOf(intents: readonly WriteIntent[]): Presumption {
  const isConditional = ({ interaction, criteria }: WriteIntent) =>
    interaction === 'create' && criteria !== undefined;
  return intents.some(isConditional) ? 'none-matches' : 'unknown';
}

function turnKeys(intent: WriteIntent): readonly string[] {
  if (intent.criteria !== undefined) {
    return [`${intent.type}?${JSON.stringify(intent.criteria)}`];
  }
  return intent.interaction !== 'create' && intent.id !== undefined
    ? [`${intent.type}/${intent.id}`]
    : [];
}
