import { setImmediate } from 'node:timers/promises';
import type { Terminology } from '../fhir/definitions/terminology.ts';
import type { Resource } from '../fhir/resource.ts';
import { success, type Result } from '../fhir/result.ts';
import type { SearchCursor } from '../store/resource-store.ts';
import type { SearchExpression, SearchPlan } from '../fhir/search/plan.ts';
import type { Access, ResourceStore } from '../store/resource-store.ts';
import { studyReference } from './canonical.ts';
import { objectsOf } from './element.ts';
import { trialRecord, withVersions } from './record-versions.ts';
import {
  referenceKey,
  subjectRecords,
  type ReadRecords,
  type SubjectRecords,
  type TrialRecord,
} from './subject-records.ts';

/** Where records are read, and as whom. */
export interface RecordSource {
  readonly store: ResourceStore;
  readonly access: Access;
  readonly terminology: Terminology;
}

/** Which records are read: resource types, and of Observations those with one of the codes. */
export interface RecordNeed {
  readonly types: readonly string[];
  /** Undefined: no Observation unless `types` has it. */
  readonly observations?: readonly { readonly system: string; readonly code: string }[];
}

/** Everything that a rule may read of a subject. */
export const allRecords: RecordNeed = Object.freeze({
  types: [
    'AdverseEvent',
    'BodyStructure',
    'CarePlan',
    'Condition',
    'Consent',
    'DetectedIssue',
    'Encounter',
    'MedicationAdministration',
    'MedicationStatement',
    'Observation',
    'Procedure',
    'Specimen',
  ],
});

/** Rows of one page; between pages other requests go on. */
const pageRows = 2_000;

/** Returns every current resource that matches, in the order of the plan. */
export async function searchAll(
  store: ResourceStore,
  plan: SearchPlan,
  access: Access,
): Promise<Result<readonly TrialRecord[]>> {
  const records: TrialRecord[] = [];
  let after: SearchCursor | undefined;
  do {
    const page = await store.search(
      { plan, count: pageRows, total: false, ...(after !== undefined ? { after } : {}) },
      access,
    );
    if (!page.ok) return page;
    for (const version of page.value.matches) records.push(...maybe(trialRecord(version)));
    after = page.value.next;
    if (after !== undefined) await setImmediate();
  } while (after !== undefined);
  return success(records);
}

function maybe<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}

/** Returns what is stored about one subject, with the products that it names. */
export async function loadSubject(
  source: RecordSource,
  subject: TrialRecord,
  need: RecordNeed = allRecords,
): Promise<Result<SubjectRecords>> {
  const read = await loadRecords(source, subject, need);
  return read.ok ? success(subjectRecords(read.value, source.terminology)) : read;
}

/** As `loadSubject`, not yet sorted into kinds. */
export async function loadRecords(
  source: RecordSource,
  subject: TrialRecord,
  need: RecordNeed = allRecords,
): Promise<Result<ReadRecords>> {
  const patientKey = referenceKey(subject.resource['individual']);
  const patientId = patientKey?.slice('Patient/'.length) ?? '';
  const records = await searchNeeds(source, need, ofPatient(patientId));
  if (!records.ok) return records;
  const known = new Set(records.value.map(({ key }) => key));
  const others = [
    ...(patientKey === undefined ? [] : [patientKey]),
    ...productKeys(records.value),
  ].filter((key) => !known.has(key));
  const referred = await readKeys(source, others);
  const own = await withVersions(source, records.value);
  if (!own.ok) return own;
  const patient = referred.find(({ key }) => key === patientKey);
  return success({ subject, patient, records: [...own.value, ...referred] });
}

/** Returns the records about a Patient that rules may read, in the order of creation. */
export async function ownRecords(
  source: RecordSource,
  patientId: string,
): Promise<Result<readonly TrialRecord[]>> {
  const found = await searchNeeds(source, allRecords, ofPatient(patientId));
  return found.ok ? withVersions(source, found.value) : found;
}

/** Returns the ResearchSubject of a Patient in this study; undefined when there is none. */
export async function subjectOfPatient(
  { store, access }: Pick<RecordSource, 'store' | 'access'>,
  patientId: string,
): Promise<Result<TrialRecord | undefined>> {
  const [type = '', id = ''] = studyReference.split('/');
  const found = await searchAll(
    store,
    {
      types: ['ResearchSubject'],
      where: {
        kind: 'and',
        of: [
          { kind: 'reference', param: 'individual', type: 'Patient', id: patientId },
          { kind: 'reference', param: 'study', type, id },
        ],
      },
      sort: [],
    },
    access,
  );
  return found.ok ? success(found.value[0]) : found;
}

/** Returns the `Patient/id` that a record is about; undefined when it is about none. */
export function patientOf(resource: Resource): string | undefined {
  const key =
    referenceKey(resource['subject']) ??
    referenceKey(resource['patient']) ??
    referenceKey(resource['individual']);
  return key?.startsWith('Patient/') === true ? key : undefined;
}

async function searchNeeds(
  { store, access }: RecordSource,
  need: RecordNeed,
  patient: SearchExpression,
): Promise<Result<readonly TrialRecord[]>> {
  const records: TrialRecord[] = [];
  for (const plan of needPlans(need, patient)) {
    const found = await searchAll(store, plan, access);
    if (!found.ok) return found;
    records.push(...found.value);
  }
  return success(records);
}

/** Returns the searches for what is needed; without a Patient of all of them. */
export function needPlans(need: RecordNeed, patient?: SearchExpression): readonly SearchPlan[] {
  const plans: SearchPlan[] = [];
  const where: SearchExpression = patient ?? { kind: 'all' };
  if (need.types.length > 0) plans.push({ types: need.types, where, sort: [] });
  if (need.observations !== undefined && need.observations.length > 0) {
    const of = need.observations.map(
      (code) => ({ kind: 'token', param: 'code', ...code }) as const,
    );
    const coded: SearchExpression = { kind: 'or', of };
    plans.push({
      types: ['Observation'],
      where: patient === undefined ? coded : { kind: 'and', of: [patient, coded] },
      sort: [],
    });
  }
  return plans;
}

/** AdverseEvent has no `patient` in R4, nor has it to have one here. */
function ofPatient(id: string): SearchExpression {
  const test = (param: string) => ({ kind: 'reference', param, type: 'Patient', id }) as const;
  return {
    kind: 'or',
    of: [
      test('patient'),
      { kind: 'and', of: [{ kind: 'type', types: ['AdverseEvent'] }, test('subject')] },
    ],
  };
}

/** Returns the Medications that doses name, and those whose release tests are reported. */
export function productKeys(records: readonly Pick<TrialRecord, 'resource'>[]): readonly string[] {
  const keys = records.flatMap(({ resource }) => {
    switch (resource.resourceType) {
      case 'MedicationAdministration':
        return maybe(referenceKey(resource['medicationReference']));
      case 'Observation':
        return objectsOf(resource['focus']).flatMap((focus) => maybe(referenceKey(focus)));
      default:
        return [];
    }
  });
  return [...new Set(keys.filter((key) => key.startsWith('Medication/')))];
}

/** Returns the current versions of those keys that are there, in their order. */
export async function readKeys(
  { store, access }: RecordSource,
  keys: readonly string[],
): Promise<readonly TrialRecord[]> {
  const asked = [...new Set(keys)].map((key) => {
    const [type = '', id = ''] = key.split('/');
    return { type, id };
  });
  const versions = await store.readMany(asked, access);
  return versions.flatMap((version) => (version === undefined ? [] : maybe(trialRecord(version))));
}
