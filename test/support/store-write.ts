import { instantOf } from '../../src/fhir/instant.ts';
import type { IndexEntry } from '../../src/fhir/search/index-entry.ts';
import type { SearchExpression, SearchPlan, SortKey } from '../../src/fhir/search/plan.ts';
import type { Commit, Write } from '../../src/store/resource-store.ts';

/** Builds a write of an Observation; `at` is in milliseconds since the epoch. */
export function write(id: string, change: Partial<Write> & { readonly at?: number } = {}): Write {
  const { at = 1_000, ...others } = change;
  const versionId = others.versionId ?? 1;
  return {
    type: 'Observation',
    id,
    versionId,
    lastUpdated: instantOf(at),
    method: versionId === 1 ? 'POST' : 'PUT',
    text: `{ "id": "${id}", "version": ${versionId} }`,
    entries: [],
    ...others,
  };
}

/** Builds a deletion. */
export function deletion(id: string, versionId: number, at = 1_000): Write {
  const { text, ...others } = write(id, { versionId, at, method: 'DELETE' });
  return text === undefined ? others : { ...others, entries: [] };
}

/** Builds a commit without preconditions. */
export function commitOf(...writes: readonly Write[]): Commit {
  return { writes, preconditions: [] };
}

/** Builds a plan over Observations. */
export function planOf(where: SearchExpression, ...sort: readonly SortKey[]): SearchPlan {
  return { types: ['Observation'], where, sort };
}

/** Builds the entry of a code without a system. */
export function coded(code: string): IndexEntry {
  return { kind: 'token', param: 'code', system: '', code };
}

/** Builds the entry of a date of one millisecond. */
export function dated(low: number): IndexEntry {
  return { kind: 'date', param: 'date', low, high: low + 1 };
}
