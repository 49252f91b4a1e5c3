import { instantAfter, type Instant } from '../fhir/instant.ts';
import { stampDocument } from '../fhir/json/stamp.ts';
import type { Resource } from '../fhir/resource.ts';
import type { IndexEntry } from '../fhir/search/index-entry.ts';
import type { Write, WriteMethod } from '../store/resource-store.ts';
import type { RecordChange } from '../trial/known-subject.ts';
import { resourceOf, type Draft } from './plan-draft.ts';
import type { RestContext } from './rest.ts';
import type { WriteIntent } from './write-intent.ts';
import { createPace } from './write-pace.ts';

/** A draft with the version that it will store; it stores none when everything stays as it is. */
export interface PlannedWrite {
  readonly draft: Draft;
  readonly write: Write | undefined;
}

/** When the versions of one commit are made, the public FHIR base, and what was indexed before. */
export interface Stamping {
  readonly now: Instant;
  readonly baseUrl: string;
  readonly indexed?: ReadonlyMap<Draft, readonly IndexEntry[]>;
}

/**
 * Returns the index entries of the drafts that will be stored. Most of what a version costs is done here,
 * where others can go on, and before the versions have their time.
 */
export async function indexDrafts(
  context: RestContext,
  drafts: readonly Draft[],
  baseUrl: string,
): Promise<ReadonlyMap<Draft, readonly IndexEntry[]>> {
  const pace = createPace();
  const indexed = new Map<Draft, readonly IndexEntry[]>();
  for (const draft of drafts) {
    const { document, located } = draft;
    if (document !== undefined && isStored(located.effect)) {
      indexed.set(draft, context.index(document, baseUrl));
      await pace();
    }
  }
  return indexed;
}

function isStored(effect: Draft['located']['effect']): boolean {
  return effect !== 'existing' && effect !== 'nothing';
}

/** Returns a draft with its version, numbered, stamped and indexed. */
export function plannedWrite(
  context: RestContext,
  draft: Draft,
  { now, baseUrl, indexed }: Stamping,
): PlannedWrite {
  const { located, document } = draft;
  const { key, current, intent, effect } = located;
  if (!isStored(effect)) return { draft, write: undefined };
  const stamp = {
    ...key,
    versionId: (current?.versionId ?? 0) + 1,
    lastUpdated: current === undefined ? now : instantAfter(current.lastUpdated, now),
    method: methods[intent.interaction],
  };
  const write =
    document === undefined
      ? { ...stamp, entries: [] }
      : {
          ...stamp,
          text: stampDocument(document, stamp),
          entries: indexed?.get(draft) ?? context.index(document, baseUrl),
        };
  return { draft, write };
}

const methods: Readonly<Record<WriteIntent['interaction'], WriteMethod>> = {
  create: 'POST',
  update: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
};

/** Returns what a write changes for those who know the records of a subject; undefined without a write. */
export function changeOf({ draft, write }: PlannedWrite): RecordChange | undefined {
  if (write === undefined) return undefined;
  const { type, id, versionId, lastUpdated, entries } = write;
  const key = `${type}/${id}`;
  const resource = resourceOf(draft);
  const patients = new Set(entries.flatMap((entry) => patientIn(type, entry)));
  const after =
    resource === undefined
      ? undefined
      : { key, versionId, lastUpdated, resource: stamped(resource, write) };
  return { key, after, patients };
}

/** The tree of the text that the write stores. */
function stamped(resource: Resource, { id, versionId, lastUpdated }: Write): Resource {
  return {
    ...resource,
    id,
    meta: { ...resource.meta, versionId: String(versionId), lastUpdated },
  };
}

/** The search parameter by which the records of a Patient are found. */
function patientIn(type: string, entry: IndexEntry): readonly string[] {
  const param = patientParams[type] ?? 'patient';
  return entry.kind === 'reference' && entry.param === param && entry.type === 'Patient'
    ? [`Patient/${entry.id ?? ''}`]
    : [];
}

const patientParams: Readonly<Record<string, string>> = {
  AdverseEvent: 'subject',
  ResearchSubject: 'individual',
};
