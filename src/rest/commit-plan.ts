import { success, type Result } from '../fhir/result.ts';
import type { WritePlan } from './plan-writes.ts';
import type { RestContext } from './rest.ts';

/**
 * Commits what was planned and tells those who keep something of it. Returns whether it is done; false
 * when what the plan read has changed meanwhile.
 */
export async function commitPlan(
  context: RestContext,
  { commit, subjects }: Pick<WritePlan, 'commit' | 'subjects'>,
): Promise<Result<boolean>> {
  const committed = await context.store.commit(commit);
  if (!committed.ok) return committed;
  if (committed.value.kind === 'mismatch') return success(false);
  const sequence = committed.value.sequences.at(-1) ?? 0;
  context.subjects.keep(subjects, { touches: commit.touches ?? [], sequence });
  context.publish?.(commit.writes);
  return success(true);
}
