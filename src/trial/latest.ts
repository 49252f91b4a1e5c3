import type { AsOf } from './as-of.ts';
import type { Zone } from './local-time.ts';
import { recordTime } from './record-time.ts';
import type { SubjectRecords, TrialRecord } from './subject-records.ts';

/**
 * Returns the latest record that had happened: by its own time, else by when the server received it,
 * which orders but puts no record after the moment. Undefined when there is none.
 */
export function latestBy(
  candidates: readonly TrialRecord[],
  records: SubjectRecords,
  { zone, asOf }: { readonly zone: Zone; readonly asOf: AsOf },
): TrialRecord | undefined {
  let latest: { readonly record: TrialRecord; readonly at: number } | undefined;
  for (const record of candidates) {
    const time = recordTime(record, records, zone);
    if (time !== undefined && time.start > asOf.at) continue;
    const at = time?.start ?? Date.parse(record.lastUpdated);
    if (latest === undefined || at >= latest.at) latest = { record, at };
  }
  return latest?.record;
}
