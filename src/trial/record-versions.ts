import type { Resource } from '../fhir/resource.ts';
import { success, type Result } from '../fhir/result.ts';
import type { Access, ResourceStore, StoredVersion } from '../store/resource-store.ts';
import { codeSystem } from './canonical.ts';
import { hasCode } from './element.ts';
import type { TrialRecord } from './subject-records.ts';

/** Returns a version as the rules read it; undefined for a deletion. */
export function trialRecord(version: StoredVersion): TrialRecord | undefined {
  return version.text === undefined
    ? undefined
    : {
        key: `${version.type}/${version.id}`,
        versionId: version.versionId,
        lastUpdated: version.lastUpdated,
        resource: JSON.parse(version.text) as Resource,
      };
}

/** Where versions are read, and as whom. */
interface VersionSource {
  readonly store: ResourceStore;
  readonly access: Access;
}

/** Versions of one record that are read back at most. */
const versionsMax = 1_000;

/** Returns records with the earlier versions of those whose rules ask when something was so, or became known. */
export async function withVersions(
  source: VersionSource,
  records: readonly TrialRecord[],
): Promise<Result<readonly TrialRecord[]>> {
  const complete: TrialRecord[] = [];
  for (const record of records) {
    if (record.versionId === 1) {
      complete.push(record);
      continue;
    }
    const one = await earlierVersions(source, record, undefined);
    if (!one.ok) return one;
    complete.push(one.value);
  }
  return success(complete);
}

/** Returns a record with its earlier versions, if rules ask for them; of `before`, the last one, they may be known. */
export async function earlierVersions(
  { store, access }: VersionSource,
  record: TrialRecord,
  before: TrialRecord | undefined,
): Promise<Result<TrialRecord>> {
  if (record.versionId === 1 || !asksForVersions(record.resource)) return success(record);
  const isLast = before?.versionId === record.versionId - 1;
  if (isLast && (before.versionId === 1 || before.earlier !== undefined)) {
    const { key, versionId, lastUpdated, resource, earlier = [] } = before;
    return success({
      ...record,
      earlier: [{ key, versionId, lastUpdated, resource }, ...earlier],
    });
  }
  const [type = '', id = ''] = record.key.split('/');
  const history = await store.history({ type, id, count: versionsMax }, access);
  if (!history.ok) return history;
  const earlier = history.value.versions
    .filter(({ versionId }) => versionId < record.versionId)
    .flatMap((version) => trialRecord(version) ?? []);
  return success({ ...record, earlier });
}

function asksForVersions(resource: Resource): boolean {
  switch (resource.resourceType) {
    case 'Consent':
      return resource['status'] !== 'active';
    case 'AdverseEvent':
      return true;
    case 'Observation':
      return resource['issued'] === undefined && hasCode(resource['code'], codeSystem('code'));
    default:
      return false;
  }
}
