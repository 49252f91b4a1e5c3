import type { Resource } from '../fhir/resource.ts';
import { deviationKey, deviationResource, rejudged, storedCode, storedKey } from './deviation.ts';
import type { Deviation, DeviationCode } from './deviation.ts';
import type { TrialRecord } from './subject-records.ts';

/** A DetectedIssue to be written: `stored` is the version that it replaces. */
export interface DeviationChange {
  readonly stored: TrialRecord | undefined;
  readonly resource: Resource;
  readonly deviation: Deviation | undefined;
}

/**
 * Returns what is to be written so that the stored deviations of the codes are those that were found:
 * new ones, changed ones, and those that no longer hold as cancelled. Writes nothing twice.
 */
export function deviationChanges(
  stored: readonly TrialRecord[],
  found: readonly Deviation[],
  {
    codes,
    identified,
  }: { readonly codes: ReadonlySet<DeviationCode>; readonly identified: string },
): readonly DeviationChange[] {
  const merged = mergedByKey(found);
  const known = new Map(
    stored.flatMap((record) => {
      const key = storedKey(record.resource);
      return key === undefined ? [] : [[key, record] as const];
    }),
  );
  const present = [...merged].flatMap(([key, deviation]): readonly DeviationChange[] => {
    const before = known.get(key);
    const resource = deviationResource(deviation, identified);
    if (before === undefined) return [{ stored: undefined, resource, deviation }];
    const next = rejudged(before.resource, resource);
    return next === undefined ? [] : [{ stored: before, resource: next, deviation }];
  });
  const gone = [...known].flatMap(([key, record]): readonly DeviationChange[] => {
    const code = storedCode(record.resource);
    if (merged.has(key) || !isIn(codes, code)) return [];
    const next = rejudged(record.resource, undefined);
    return next === undefined ? [] : [{ stored: record, resource: next, deviation: undefined }];
  });
  return [...present, ...gone];
}

function isIn(codes: ReadonlySet<string>, code: string | undefined): boolean {
  return code !== undefined && codes.has(code);
}

const severities = ['low', 'moderate', 'high'] as const;

/** All rules that hold for one code and focal record are one deviation: the gravest decides. */
function mergedByKey(found: readonly Deviation[]): ReadonlyMap<string, Deviation> {
  const merged = new Map<string, Deviation>();
  for (const deviation of found) {
    const key = deviationKey(deviation);
    const before = merged.get(key);
    merged.set(key, before === undefined ? deviation : joined(before, deviation));
  }
  return merged;
}

function joined(one: Deviation, other: Deviation): Deviation {
  const isGraver = severities.indexOf(other.severity) > severities.indexOf(one.severity);
  return {
    ...one,
    severity: isGraver ? other.severity : one.severity,
    rules: [...new Set([...one.rules, ...other.rules])],
    implicated: [...new Set([...one.implicated, ...other.implicated])],
    detail: one.detail === other.detail ? one.detail : `${one.detail} ${other.detail}`,
  };
}
