import type { Instant } from '../fhir/instant.ts';
import { patientOf } from '../trial/load-records.ts';
import { trialRecord } from '../trial/record-versions.ts';
import type { TrialRecord } from '../trial/subject-records.ts';
import { resourceOf, type Draft } from './plan-draft.ts';

/** What drafts will have stored, by key; undefined for a deletion. */
export type PlannedRecords = ReadonlyMap<string, TrialRecord | undefined>;

/** Returns what drafts will have stored, as the rules read it. */
export function plannedRecords(drafts: readonly Draft[], now: Instant): PlannedRecords {
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

/** Returns the stored records of a patient with the drafts in their place; of an update the versions before it stay known. */
export function mergedRecords(
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
  const added = [...planned.values()].filter(
    (record) => record !== undefined && !known.has(record.key) && isAbout(record, patient),
  );
  return [...replaced, ...added.filter((record) => record !== undefined)];
}

function isAbout({ resource }: TrialRecord, patient: string): boolean {
  return resource.resourceType === 'Medication' || patientOf(resource) === patient;
}
