import { parseDocument } from '../fhir/json/parse.ts';
import type { Instant } from '../fhir/instant.ts';
import type { Issue } from '../fhir/operation-outcome.ts';
import type { ResourceKey } from '../fhir/resource.ts';
import { success, type Result } from '../fhir/result.ts';
import type { Precondition } from '../store/resource-store.ts';
import { asOfTime } from '../trial/as-of.ts';
import { deviationChanges, type DeviationChange } from '../trial/deviation-changes.ts';
import {
  loadRecords,
  loadSubject,
  missingProducts,
  patientOf,
  subjectOfPatient,
  trialRecord,
  type RecordSource,
} from '../trial/load-records.ts';
import { isQuiet, quietKinds, quietNeed } from '../trial/quiet-record.ts';
import { recordCodes, recordDeviations } from '../trial/record-deviations.ts';
import {
  kindOf,
  referenceKey,
  subjectRecords,
  type TrialRecord,
} from '../trial/subject-records.ts';
import { resourceOf, type Draft } from './plan-draft.ts';
import { planEnrolled } from './plan-enrolled.ts';
import { patientsOf } from './plan-judged.ts';
import { readTrial } from './read-trial.ts';
import type { RestContext } from './rest.ts';

/** What a commit adds because of what its writes make of the subjects of the trial. */
export interface PlannedDeviations {
  readonly drafts: readonly Draft[];
  readonly preconditions: readonly Precondition[];
  readonly touches: readonly string[];
  /** What the client is told, by the key (`Observation/1`) of the draft that it is about. */
  readonly issues: ReadonlyMap<string, readonly Issue[]>;
}

const none: PlannedDeviations = {
  drafts: [],
  preconditions: [],
  touches: [],
  issues: new Map<string, readonly Issue[]>(),
};

/**
 * Judges every subject whose records the drafts change, as they will be, and returns the deviations to
 * be written beside them. That nothing else of these subjects changed meanwhile is a precondition.
 */
export async function planDeviations(
  context: RestContext,
  drafts: readonly Draft[],
): Promise<Result<PlannedDeviations>> {
  const patients = new Set(drafts.flatMap((draft) => patientsOf(context, draft)));
  if (patients.size === 0) return success(none);
  const group = await planEnrolled(context, drafts);
  if (!group.ok) return group;
  let all: PlannedDeviations = {
    ...none,
    drafts: group.value.drafts,
    touches: [...patients, ...group.value.touches],
  };
  for (const patient of patients) {
    const planned = await judgePatient(context, { patient, drafts });
    if (!planned.ok) return planned;
    all = {
      touches: all.touches,
      drafts: [...all.drafts, ...planned.value.drafts],
      preconditions: [...all.preconditions, ...planned.value.preconditions],
      issues: new Map([...all.issues, ...planned.value.issues]),
    };
  }
  return success(all);
}

interface PatientDrafts {
  readonly patient: string;
  readonly drafts: readonly Draft[];
}

async function judgePatient(
  context: RestContext,
  { patient, drafts }: PatientDrafts,
): Promise<Result<PlannedDeviations>> {
  const source = { ...context, access: {} };
  const sequence = await context.store.lastChange(patient);
  const now = context.clock();
  const planned = plannedRecords(drafts, now);
  const subject = await subjectFor(source, patient, planned);
  if (!subject.ok) return subject;
  if (subject.value === undefined) return success(none);
  const trial = await readTrial(context);
  // A server without the study has nothing to judge by.
  if (!trial.ok) return success(none);
  const precondition: Precondition = { kind: 'unchangedSince', changeKey: patient, sequence };
  const added = addedResults(context, { patient, drafts }, planned);
  if (added !== undefined) {
    const light = await loadSubject(source, subject.value, quietNeed);
    if (!light.ok) return light;
    if (added.every((record) => isQuiet(record, light.value, trial.value))) {
      return success({ ...none, preconditions: [precondition] });
    }
  }
  const stored = await loadRecords(source, subject.value);
  if (!stored.ok) return stored;
  const own = merged(stored.value.records, planned, patient);
  const records = subjectRecords(
    {
      subject: subject.value,
      patient: stored.value.patient,
      records: [...own, ...(await missingProducts(source, own))],
    },
    context.terminology,
  );
  const zone = trial.value.zone;
  const found = recordDeviations({
    trial: trial.value,
    records,
    now: asOfTime(Date.parse(now), zone),
  });
  const changes = deviationChanges(records.of('deviation'), found, {
    codes: recordCodes,
    identified: now,
  });
  return draftsOf(context, changes, { planned, precondition });
}

/**
 * The new results of a patient when a request adds nothing else of theirs, so that it may be that none
 * of them changes a judgement; undefined when it does.
 */
function addedResults(
  { terminology }: RestContext,
  { patient, drafts }: PatientDrafts,
  planned: PlannedRecords,
): readonly TrialRecord[] | undefined {
  const added: TrialRecord[] = [];
  for (const { located } of drafts) {
    const record = planned.get(`${located.key.type}/${located.key.id}`);
    if (record === undefined) {
      if (located.effect === 'deleted' || located.effect === 'updated') return undefined;
      continue;
    }
    if (!isAbout(record, patient)) continue;
    const kind = kindOf(record.resource, terminology, () => undefined);
    if (located.effect !== 'created' || kind === undefined || !quietKinds.has(kind)) {
      return undefined;
    }
    added.push(record);
  }
  return added;
}

/** What the drafts will have stored, by key; undefined for a deletion. */
type PlannedRecords = ReadonlyMap<string, TrialRecord | undefined>;

function plannedRecords(drafts: readonly Draft[], now: Instant): PlannedRecords {
  const planned = new Map<string, TrialRecord | undefined>();
  for (const draft of drafts) {
    const { key, current, effect } = draft.located;
    if (effect === 'existing' || effect === 'nothing') continue;
    const name = `${key.type}/${key.id}`;
    const resource = resourceOf(draft);
    const before = current === undefined ? undefined : trialRecord(current);
    planned.set(
      name,
      resource === undefined
        ? undefined
        : {
            key: name,
            versionId: (current?.versionId ?? 0) + 1,
            lastUpdated: now,
            resource,
            ...(before === undefined ? {} : { earlier: [before] }),
          },
    );
  }
  return planned;
}

async function subjectFor(
  source: RecordSource,
  patient: string,
  planned: PlannedRecords,
): Promise<Result<TrialRecord | undefined>> {
  const own = [...planned.values()].find(
    (record) =>
      record?.resource.resourceType === 'ResearchSubject' &&
      referenceKey(record.resource['individual']) === patient,
  );
  if (own !== undefined) return success(own);
  const stored = await subjectOfPatient(source, patient.slice('Patient/'.length));
  if (!stored.ok || stored.value === undefined) return stored;
  return success(planned.has(stored.value.key) ? planned.get(stored.value.key) : stored.value);
}

/** The stored records with the drafts in their place; of an update the versions before it stay known. */
function merged(
  stored: readonly TrialRecord[],
  planned: PlannedRecords,
  patient: string,
): readonly TrialRecord[] {
  const known = new Set(stored.map(({ key }) => key));
  const replaced = stored.flatMap((record) => {
    if (!planned.has(record.key)) return [record];
    const next = planned.get(record.key);
    return next === undefined ? [] : [{ ...next, earlier: [record, ...(record.earlier ?? [])] }];
  });
  const added = [...planned.values()].flatMap((record) =>
    record !== undefined && !known.has(record.key) && isAbout(record, patient) ? [record] : [],
  );
  return [...replaced, ...added];
}

function isAbout({ resource }: TrialRecord, patient: string): boolean {
  return resource.resourceType === 'Medication' || patientOf(resource) === patient;
}

function draftsOf(
  context: RestContext,
  changes: readonly DeviationChange[],
  {
    planned,
    precondition,
  }: { readonly planned: PlannedRecords; readonly precondition: Precondition },
): Result<PlannedDeviations> {
  const drafts: Draft[] = [];
  const issues = new Map<string, Issue[]>();
  for (const change of changes) {
    // A client that changes the mitigation of the same one goes first; the next commit judges again.
    if (change.stored !== undefined && planned.has(change.stored.key)) continue;
    const draft = draftOf(context, change);
    if (!draft.ok) return draft;
    drafts.push(draft.value);
    if (change.deviation === undefined) continue;
    const focal = [...change.deviation.implicated, ...planned.keys()].find((key) =>
      planned.has(key),
    );
    if (focal === undefined) continue;
    const known = issues.get(focal) ?? [];
    issues.set(focal, [...known, issueOf(change.deviation, focal)]);
  }
  return success({ drafts, preconditions: [precondition], touches: [], issues });
}

function draftOf(context: RestContext, { stored, resource }: DeviationChange): Result<Draft> {
  const type = 'DetectedIssue';
  const id = stored?.key.slice(`${type}/`.length) ?? context.newId();
  const document = parseDocument(JSON.stringify({ ...resource, id }), {
    depthMax: context.limits.jsonDepthMax,
  });
  if (!document.ok) return document;
  const key: ResourceKey = { type, id };
  const intent = { type, document: document.value, newId: id } as const;
  return success({
    document: document.value,
    located:
      stored === undefined
        ? {
            intent: { ...intent, interaction: 'create' },
            key,
            effect: 'created',
            preconditions: [{ kind: 'absent', key }],
          }
        : {
            intent: { ...intent, interaction: 'update', id },
            key,
            effect: 'updated',
            current: {
              ...key,
              versionId: stored.versionId,
              lastUpdated: stored.lastUpdated,
              sequence: 0,
              method: 'PUT',
              text: JSON.stringify(stored.resource),
            },
            preconditions: [{ kind: 'versionIs', key, versionId: stored.versionId }],
          },
  });
}

function issueOf(
  { code, detail, rules }: NonNullable<DeviationChange['deviation']>,
  focal: string,
): Issue {
  return {
    severity: 'warning',
    code: 'business-rule',
    text: `Stored, and a deviation from the protocol (${code}): ${detail}`,
    expression: [focal.split('/')[0] ?? ''],
    rule: rules.join(', '),
  };
}
