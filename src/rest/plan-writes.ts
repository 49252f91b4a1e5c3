import { instantAfter, type Instant } from '../fhir/instant.ts';
import { stampDocument } from '../fhir/json/stamp.ts';
import type { JsonDocument } from '../fhir/json/json-document.ts';
import type { Issue } from '../fhir/operation-outcome.ts';
import { success, type Result } from '../fhir/result.ts';
import type { Commit, Write, WriteMethod } from '../store/resource-store.ts';
import { trialChangeKey, trialTypes } from '../trial/load-trial.ts';
import { checkDrafts } from './plan-check.ts';
import { planDeviations } from './plan-deviations.ts';
import type { Draft } from './plan-draft.ts';
import { draftWrites } from './plan-content.ts';
import { locate } from './plan-locate.ts';
import { createMatcher, type Presumption } from './plan-match.ts';
import type { RestContext, RestRequest } from './rest.ts';
import type { WriteIntent, WriteOutcome } from './write-intent.ts';

/** What a request will have stored, and what its client is then told; nothing of it is done yet. */
export interface WritePlan {
  readonly commit: Commit;
  readonly outcomes: readonly WriteOutcome[];
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
  const derived = await planDeviations(context, drafts.value);
  if (!derived.ok) return derived;
  const now = context.clock();
  const all = [...drafts.value, ...derived.value.drafts];
  const writes = all.map((draft) =>
    writeOf(draft, now, (document) => context.index(document, request.baseUrl)),
  );
  return success({
    commit: {
      writes: writes.filter((write) => write !== undefined),
      preconditions: [
        ...all.flatMap(({ located: { preconditions } }) => preconditions),
        ...checked.value.preconditions,
        ...derived.value.preconditions,
      ],
      touches: [
        ...derived.value.touches,
        ...(all.some(({ located: { key } }) => trialTypes.has(key.type)) ? [trialChangeKey] : []),
      ],
    },
    outcomes: drafts.value.map((draft, index) =>
      outcomeOf(draft, writes[index], [
        ...(checked.value.issues[index] ?? []),
        ...(derived.value.issues.get(`${draft.located.key.type}/${draft.located.key.id}`) ?? []),
      ]),
    ),
  });
}

function writeOf(
  draft: Draft,
  now: Instant,
  index: (document: JsonDocument) => Write['entries'],
): Write | undefined {
  const { located, document } = draft;
  const { key, current, intent, effect } = located;
  if (effect === 'existing' || effect === 'nothing') return undefined;
  const stamp = {
    ...key,
    versionId: (current?.versionId ?? 0) + 1,
    lastUpdated: current === undefined ? now : instantAfter(current.lastUpdated, now),
    method: methods[intent.interaction],
  };
  return document === undefined
    ? { ...stamp, entries: [] }
    : { ...stamp, text: stampDocument(document, stamp), entries: index(document) };
}

const methods: Readonly<Record<WriteIntent['interaction'], WriteMethod>> = {
  create: 'POST',
  update: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
};

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
