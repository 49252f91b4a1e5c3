import type { JsonObject, JsonValue } from '../../src/fhir/json/json-value.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { dateOf } from './subject.ts';

/**
 * A record of a table of cases: `is` names its builder, the rest are the builder's own. `at` is a text, or
 * the study day of a test subject at 10:00; `received` is when the server got it; `earlier` are the
 * versions before it, oldest first, each by what differs; `with` replaces elements, null removes one.
 */
export interface CaseRecord {
  readonly is: string;
  readonly id?: string;
  readonly at?: string | number | null;
  readonly received?: string | undefined;
  readonly earlier?: readonly Omit<CaseRecord, 'is'>[];
  readonly with?: Readonly<Record<string, JsonValue | null>>;
  readonly [own: string]: unknown;
}

/** The patient of every case. */
export const casePatient = { reference: 'Patient/p' };

/** Returns the time of a case: a study day stands for 10:00 of it. */
export function caseTime(at: string | number | null | undefined): string {
  return typeof at === 'number' ? `${dateOf(at)}T10:00:00+08:00` : (at ?? caseTime(0));
}

/** Makes the resources of a row; the last one is the record itself. */
export type CaseBuilder = (row: CaseRecord & { readonly id: string }) => readonly Resource[];

/** Returns the elements of which a value is given. */
export function given(elements: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(
    Object.entries(elements).filter(([, value]) => value !== undefined),
  ) as JsonObject;
}

/** Returns what a row gives as text, numbers too; without it the fallback. */
export function textIn(row: CaseRecord, name: string, fallback = ''): string {
  const value = row[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : fallback;
}
