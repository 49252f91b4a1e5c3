import { parseDocument } from '../fhir/json/parse.ts';
import { success, type Result } from '../fhir/result.ts';
import type { Precondition } from '../store/resource-store.ts';
import { asOfTime } from '../trial/as-of.ts';
import { profile } from '../trial/canonical.ts';
import { textOf } from '../trial/element.ts';
import { loadRecords } from '../trial/load-records.ts';
import { progressStart } from '../trial/progress-start.ts';
import { withProgress } from '../trial/progress.ts';
import { referenceKey, subjectRecords, type TrialRecord } from '../trial/subject-records.ts';
import { demandedProfile } from '../trial/trial-record.ts';
import { mergedRecords, plannedRecords, type PlannedRecords } from './planned-records.ts';
import { resourceOf, type Draft } from './plan-draft.ts';
import { readTrial } from './read-trial.ts';
import type { RestContext, RestRequest } from './rest.ts';

/** The drafts with the progress that the server writes, and what must not have changed until the commit. */
export interface PlannedProgress {
  readonly drafts: readonly Draft[];
  readonly preconditions: readonly Precondition[];
}

/**
 * Writes the progress of every subject whose status a client changes: the state before ends when the new
 * one starts. An operation of the server writes its own.
 */
export async function planProgress(
  context: RestContext,
  request: RestRequest,
  drafts: readonly Draft[],
): Promise<Result<PlannedProgress>> {
  const isChanged = (draft: Draft) => hasNewStatus(context, draft);
  if (request.asServer === true || !drafts.some(isChanged)) {
    return success({ drafts, preconditions: [] });
  }
  const planned = plannedRecords(drafts, context.clock());
  const preconditions: Precondition[] = [];
  const next: Draft[] = [];
  for (const draft of drafts) {
    if (!isChanged(draft)) {
      next.push(draft);
      continue;
    }
    const written = await progressOf(context, draft, planned);
    if (!written.ok) return written;
    next.push(...written.value.drafts);
    preconditions.push(...written.value.preconditions);
  }
  return success({ drafts: next, preconditions });
}

function hasNewStatus({ terminology }: RestContext, draft: Draft): boolean {
  const { effect, current, key } = draft.located;
  const resource = resourceOf(draft);
  if (key.type !== 'ResearchSubject' || effect !== 'updated' || resource === undefined)
    return false;
  const before = JSON.parse(current?.text ?? '{}') as { readonly status?: unknown };
  return (
    before.status !== resource['status'] &&
    demandedProfile(resource, terminology) === profile('subject')
  );
}

async function progressOf(
  context: RestContext,
  draft: Draft,
  planned: PlannedRecords,
): Promise<Result<PlannedProgress>> {
  const { key } = draft.located;
  const subject = planned.get(`${key.type}/${key.id}`);
  const trial = await readTrial(context);
  const { document: content } = draft;
  const status = textOf(subject?.resource['status']);
  // A server without the study has no protocol of which there could be progress.
  if (!trial.ok || subject === undefined || content === undefined || status === undefined) {
    return success({ drafts: [draft], preconditions: [] });
  }
  const { zone } = trial.value;
  const read = await recordsOf(context, subject, planned);
  if (!read.ok) return read;
  const { records, precondition } = read.value;
  const asOf = asOfTime(Date.parse(context.clock()), zone);
  const start = progressStart({ trial: trial.value, records, asOf });
  const text = withProgress(content.text, status, start);
  const document = parseDocument(text, { depthMax: context.limits.jsonDepthMax });
  return document.ok
    ? success({ drafts: [{ ...draft, document: document.value }], preconditions: [precondition] })
    : document;
}

/** The records of a subject as the request will leave them. */
async function recordsOf(context: RestContext, subject: TrialRecord, planned: PlannedRecords) {
  const patient = referenceKey(subject.resource['individual']) ?? '';
  const sequence = await context.store.lastChange(patient);
  const stored = await loadRecords({ ...context, access: {} }, subject);
  if (!stored.ok) return stored;
  const records = mergedRecords(stored.value.records, planned, patient);
  const precondition: Precondition = { kind: 'unchangedSince', changeKey: patient, sequence };
  return success({
    records: subjectRecords({ ...stored.value, records }, context.terminology),
    precondition,
  });
}
