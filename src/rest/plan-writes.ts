import type { Issue } from '../fhir/operation-outcome.ts';
import { success, type Result } from '../fhir/result.ts';
import type { Commit, Precondition, Write } from '../store/resource-store.ts';
import type { KnownSubject } from '../trial/known-subject.ts';
import { trialChangeKey, trialTypes } from '../trial/load-trial.ts';
import { checkDrafts } from './plan-check.ts';
import { planDeviations } from './plan-deviations.ts';
import type { Draft } from './plan-draft.ts';
import { draftWrites } from './plan-content.ts';
import { placed } from './plan-failure.ts';
import { locate } from './plan-locate.ts';
import { createMatcher, type Presumption } from './plan-match.ts';
import { planProgress } from './plan-progress.ts';
import { indexDrafts, plannedWrite } from './planned-write.ts';
import type { RestContext, RestRequest } from './rest.ts';
import type { WriteIntent, WriteOutcome } from './write-intent.ts';

/** What a request will have stored, and what its client is then told; nothing of it is done yet. */
export interface WritePlan {
  readonly commit: Commit;
  readonly outcomes: readonly WriteOutcome[];
  /** The subjects of the trial as the commit leaves them. */
  readonly subjects: readonly KnownSubject[];
}

/**
 * Plans the writes of one request: finds what each is about, resolves links between them, validates
 * their content and their references, numbers and stamps them. Does nothing but read.
 * Fails with the issues of all intents that cannot be done.
 */
export async function planWrites(
  context: RestContext,
  request: RestRequest,
  intents: readonly WriteIntent[],
  presumption: Presumption = 'unknown',
): Promise<Result<WritePlan>> {
  const match = createMatcher(context, request, presumption);
  const located = await locate(context, request, intents, match);
  if (!located.ok) return located;
  const drafts = await draftWrites(context, request, located.value, match);
  if (!drafts.ok) return drafts;
  const checked = await checkDrafts(context, request, drafts.value);
  if (!checked.ok) return checked;
  const progress = await planProgress(context, request, drafts.value);
  if (!progress.ok) return progress;
  const own = progress.value.drafts;
  const indexed = await indexDrafts(context, own, request.baseUrl);
  const stamping = { now: context.clock(), baseUrl: request.baseUrl };
  const written = own.map((draft) => plannedWrite(context, draft, { ...stamping, indexed }));
  const derived = await planDeviations(context, written, stamping);
  if (!derived.ok) return derived;
  const all = [...written, ...derived.value.planned];
  const { subjects } = derived.value;
  return success({
    subjects,
    commit: {
      writes: all.flatMap(({ write }) => write ?? []),
      preconditions: distinct([
        ...all.flatMap(({ draft }) => draft.located.preconditions),
        ...checked.value.preconditions,
        ...progress.value.preconditions,
        ...derived.value.preconditions,
      ]),
      touches: [
        ...derived.value.touches,
        ...(all.some(({ draft }) => trialTypes.has(draft.located.key.type))
          ? [trialChangeKey]
          : []),
      ],
    },
    outcomes: own.map((draft, index) =>
      outcomeOf(draft, written[index]?.write, [
        ...(checked.value.issues[index] ?? []),
        ...placed(
          derived.value.issues.get(`${draft.located.key.type}/${draft.located.key.id}`) ?? [],
          draft.located.intent.place,
        ),
      ]),
    ),
  });
}

/** The entries of a transaction mostly refer to the same few resources: each is looked at once. */
function distinct(preconditions: readonly Precondition[]): readonly Precondition[] {
  const versions = new Map<string, Precondition>();
  const others: Precondition[] = [];
  for (const one of preconditions) {
    if (one.kind !== 'versionIs') others.push(one);
    else versions.set(`${one.key.type}/${one.key.id} ${one.versionId}`, one);
  }
  return [...versions.values(), ...others];
}

function outcomeOf(
  { located }: Draft,
  write: Write | undefined,
  issues: readonly Issue[],
): WriteOutcome {
  const { key, effect, current } = located;
  const version = write ?? current;
  return {
    ...key,
    effect,
    versionId: version?.versionId ?? 0,
    ...(version !== undefined ? { lastUpdated: version.lastUpdated } : {}),
    ...(version?.text !== undefined ? { text: version.text } : {}),
    issues,
  };
}
