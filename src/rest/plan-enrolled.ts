import { parseDocument } from '../fhir/json/parse.ts';
import { success, type Result } from '../fhir/result.ts';
import type { StoredVersion } from '../store/resource-store.ts';
import { profile, studyReference } from '../trial/canonical.ts';
import { deviationResource } from '../trial/deviation.ts';
import { objectsOf } from '../trial/element.ts';
import { leavesGroup, orderGap, withInactive } from '../trial/enrolled-group.ts';
import { trialRecord } from '../trial/record-versions.ts';
import { referenceKey, type TrialRecord } from '../trial/subject-records.ts';
import { demandedProfile } from '../trial/trial-record.ts';
import { resourceOf, type Draft } from './plan-draft.ts';
import { readTrial } from './read-trial.ts';
import type { RestContext } from './rest.ts';

/** What follows for the group of all enrolled and for the order numbers. */
export interface PlannedGroup {
  readonly drafts: readonly Draft[];
  readonly touches: readonly string[];
}

const none: PlannedGroup = { drafts: [], touches: [] };

/**
 * Returns what the commit adds when enrolled subjects are deleted or withdraw: their members of the
 * group become inactive, and a deletion is documented as a hole in the order.
 */
export async function planEnrolled(
  context: RestContext,
  drafts: readonly Draft[],
): Promise<Result<PlannedGroup>> {
  const left = drafts.flatMap((draft) => leftBy(context, draft));
  if (left.length === 0) return success(none);
  const trial = await readTrial(context);
  if (!trial.ok) return success(none);
  const [enrollment] = objectsOf(trial.value.study.resource['enrollment']);
  const [type = '', id = ''] = (referenceKey(enrollment) ?? '').split('/');
  const group = await context.store.read({ type, id }, {});
  const planned: Draft[] = [];
  if (group?.text !== undefined) {
    const patients = new Set(left.flatMap(({ before }) => patientKey(before)));
    const draft = groupDraft(context, group, withInactive(group.text, patients));
    if (!draft.ok) return draft;
    planned.push(...draft.value);
  }
  for (const { before } of left.filter(({ isDeleted }) => isDeleted)) {
    const draft = gapDraft(context, before);
    if (!draft.ok) return draft;
    planned.push(draft.value);
  }
  return success({ drafts: planned, touches: [studyReference] });
}

interface Left {
  readonly before: TrialRecord;
  readonly isDeleted: boolean;
}

function leftBy({ terminology }: RestContext, draft: Draft): readonly Left[] {
  const { current, effect, key } = draft.located;
  const isChange = effect === 'updated' || effect === 'deleted';
  if (key.type !== 'ResearchSubject' || current === undefined || !isChange) return [];
  const before = trialRecord(current);
  if (before === undefined) return [];
  const isSubject = demandedProfile(before.resource, terminology) === profile('subject');
  const isDeleted = effect === 'deleted';
  return isSubject && leavesGroup(before, isDeleted ? undefined : resourceOf(draft))
    ? [{ before, isDeleted }]
    : [];
}

function patientKey({ resource }: TrialRecord): readonly string[] {
  const key = referenceKey(resource['individual']);
  return key === undefined ? [] : [key];
}

function groupDraft(
  context: RestContext,
  group: StoredVersion,
  text: string,
): Result<readonly Draft[]> {
  if (text === group.text) return success([]);
  const document = parseDocument(text, { depthMax: context.limits.jsonDepthMax });
  if (!document.ok) return document;
  const { type, id, versionId } = group;
  const key = { type, id };
  return success([
    {
      document: document.value,
      located: {
        intent: { interaction: 'update', type, id, newId: id, document: document.value },
        key,
        effect: 'updated',
        current: group,
        preconditions: [{ kind: 'versionIs', key, versionId }],
      },
    },
  ]);
}

function gapDraft(context: RestContext, before: TrialRecord): Result<Draft> {
  const type = 'DetectedIssue';
  const id = context.newId();
  const issue = { ...deviationResource(orderGap(before), context.clock()), id };
  const document = parseDocument(JSON.stringify(issue), { depthMax: context.limits.jsonDepthMax });
  if (!document.ok) return document;
  const key = { type, id };
  return success({
    document: document.value,
    located: {
      intent: { interaction: 'create', type, newId: id, document: document.value },
      key,
      effect: 'created',
      preconditions: [{ kind: 'absent', key }],
    },
  });
}
