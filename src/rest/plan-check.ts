import type { JsonDocument } from '../fhir/json/json-document.ts';
import type { Failure, Issue } from '../fhir/operation-outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import { refuses } from '../fhir/validate/validator.ts';
import type { Precondition } from '../store/resource-store.ts';
import { gradeIssues } from './grade-recomputed.ts';
import { demandOf } from './plan-demand.ts';
import { resourceOf, type Draft } from './plan-draft.ts';
import { combined, placed } from './plan-failure.ts';
import { ownedWriteIssues } from './plan-owned.ts';
import { checkSubject } from './plan-subject.ts';
import { questionnaireIssues, type QuestionnaireSources } from './questionnaire-check.ts';
import { checkReferences } from './reference-check.ts';
import { createTargets } from './reference-target.ts';
import type { RestContext, RestRequest } from './rest.ts';
import { createPace } from './write-pace.ts';

/** What the content of all drafts was found to have: for each its warnings, and what must not change. */
export interface CheckedDrafts {
  readonly issues: readonly (readonly Issue[])[];
  readonly preconditions: readonly Precondition[];
}

/**
 * Validates every draft against base R4, the profiles it claims, those that this server and those that
 * its referrers demand of it; resolves the references of records of the trial. Lets other requests go on
 * between entries. Fails `content-invalid` with all issues of all drafts when one of them is refused.
 */
export async function checkDrafts(
  context: RestContext,
  request: RestRequest,
  drafts: readonly Draft[],
): Promise<Result<CheckedDrafts>> {
  const targets = createTargets(context, request, plannedOf(drafts));
  const near = drafts.flatMap((draft) => resourceOf(draft) ?? []);
  const pace = createPace();
  const issues: (readonly Issue[])[] = [];
  const preconditions: Precondition[] = [];
  for (const draft of drafts) {
    const checked = await checkDraft(context, request, { draft, sources: { targets, near } });
    issues.push(placed(checked.issues, draft.located.intent.place));
    preconditions.push(...checked.preconditions);
    await pace();
  }
  const failures = issues.flatMap((found) => refusal(found));
  const failure = combined(failures);
  return failure === undefined ? success({ issues, preconditions }) : failed(failure);
}

interface Checked {
  readonly issues: readonly Issue[];
  readonly preconditions: readonly Precondition[];
}

async function checkDraft(
  context: RestContext,
  request: RestRequest,
  { draft, sources }: { readonly draft: Draft; readonly sources: QuestionnaireSources },
): Promise<Checked> {
  const owned = request.asServer === true ? [] : ownedWriteIssues(context, request, draft);
  const { document } = draft;
  if (document === undefined) return { issues: owned, preconditions: [] };
  const { targets } = sources;
  const resource = document.value as Resource;
  const demand = await demandOf(context, request, { draft, targets });
  const validation = context.validator.validate(document, demand.profiles);
  const base = request.baseUrl;
  const references = demand.isRecord
    ? await checkReferences(context, draft, validation.references, { targets, base })
    : nothing;
  const subject = await checkSubject(context, request, draft);
  return {
    issues: [
      ...owned,
      ...validation.issues,
      ...gradeIssues(resource),
      ...(await questionnaireIssues(context, request, { response: resource, sources })),
      ...references.issues,
      ...subject.issues,
    ],
    preconditions: [...references.preconditions, ...subject.preconditions],
  };
}

const nothing: Checked = { issues: [], preconditions: [] };

/** What will be stored under each key; undefined under that of a deletion. */
function plannedOf(drafts: readonly Draft[]): ReadonlyMap<string, JsonDocument | undefined> {
  return new Map(
    drafts
      .filter(({ located: { effect } }) => effect !== 'existing' && effect !== 'nothing')
      .map(({ located: { key }, document }) => [`${key.type}/${key.id}`, document]),
  );
}

function refusal(issues: readonly Issue[]): readonly Failure[] {
  return issues.some(refuses) ? [{ kind: 'content-invalid', issues }] : [];
}
