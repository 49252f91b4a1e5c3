import type { Resource } from '../fhir/resource.ts';
import { success, type Result } from '../fhir/result.ts';
import type { SearchPlan } from '../fhir/search/plan.ts';
import { studyReference } from './canonical.ts';
import { objectsOf } from './element.ts';
import {
  needPlans,
  patientOf,
  productKeys,
  readKeys,
  type RecordNeed,
  type RecordSource,
} from './load-records.ts';
import { trialRecord, withVersions } from './record-versions.ts';
import {
  referenceKey,
  subjectRecords,
  type SubjectRecords,
  type TrialRecord,
} from './subject-records.ts';

/** Returns all subjects of the study with what is stored about them, in the order of creation. */
export async function loadSubjects(
  source: RecordSource,
  need: RecordNeed,
): Promise<Result<readonly SubjectRecords[]>> {
  const subjects = await studySubjects(source);
  if (!subjects.ok) return subjects;
  const found = await readAll(source, needPlans(need));
  if (!found.ok) return found;
  const records = await withVersions(source, found.value);
  if (!records.ok) return records;
  const owners = new Map(
    records.value.map(({ key, resource }) => [key, patientOf(resource) ?? ''] as const),
  );
  const byPatient = Map.groupBy(
    records.value,
    ({ key, resource }) => reportOwner(resource, owners) ?? owners.get(key) ?? '',
  );
  const patients = subjects.value.flatMap(
    ({ resource }) => referenceKey(resource['individual']) ?? [],
  );
  const referred = await readKeys(source, [...patients, ...productKeys(records.value)]);
  const byKey = new Map(referred.map((record) => [record.key, record]));
  return success(
    subjects.value.map((subject) => {
      const patientKey = referenceKey(subject.resource['individual']) ?? '';
      const own = byPatient.get(patientKey) ?? [];
      const products = productKeys(own).flatMap((key) => byKey.get(key) ?? []);
      const read = { subject, patient: byKey.get(patientKey), records: [...own, ...products] };
      return subjectRecords(read, source.terminology);
    }),
  );
}

/** Returns the ResearchSubjects of the study, in the order of creation. */
export async function studySubjects(source: RecordSource): Promise<Result<readonly TrialRecord[]>> {
  return readAll(source, [subjectsPlan]);
}

const [studyType = '', studyId = ''] = studyReference.split('/');

const subjectsPlan: SearchPlan = {
  types: ['ResearchSubject'],
  where: { kind: 'reference', param: 'study', type: studyType, id: studyId },
  sort: [],
};

async function readAll(
  { store, access }: RecordSource,
  plans: readonly SearchPlan[],
): Promise<Result<readonly TrialRecord[]>> {
  const records: TrialRecord[] = [];
  for (const plan of plans) {
    const found = await store.matches(plan, access);
    if (!found.ok) return found;
    for await (const version of found.value) {
      const record = trialRecord(version);
      if (record !== undefined) records.push(record);
    }
  }
  return success(records);
}

/** A report about an event belongs to the patient of the event, whomever it names. */
function reportOwner(resource: Resource, owners: ReadonlyMap<string, string>): string | undefined {
  if (resource.resourceType !== 'Communication') return undefined;
  return objectsOf(resource['about'])
    .flatMap((about) => owners.get(referenceKey(about) ?? '') ?? [])
    .find((owner) => owner !== '');
}
