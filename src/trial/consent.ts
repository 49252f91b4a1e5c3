import { isJsonObject, type JsonObject } from '../fhir/json/json-value.ts';
import { codeSystem, profile } from './canonical.ts';
import { hasCode, objectsOf, textOf } from './element.ts';
import { addDays, readTime, type LocalDate, type Zone } from './local-time.ts';
import { ncit } from './observation-value.ts';
import { timeOf } from './record-time.ts';
import type { SubjectRecords, TrialRecord } from './subject-records.ts';

/** When a consent was in force: the half-open range [start, end) in milliseconds. */
export interface ConsentSpan {
  readonly record: TrialRecord;
  readonly start: number;
  readonly end: number;
}

/**
 * Returns when each consent of a subject was in force, the latest first. One that is inactive was so
 * until the withdrawal, without a withdrawal until the day on which the server received its end; one
 * that was active in no version never was.
 */
export function consentSpans(records: SubjectRecords, zone: Zone): readonly ConsentSpan[] {
  return records
    .of('consent')
    .flatMap((record) => spanOf(record, records, zone))
    .toSorted((a, b) => b.start - a.start);
}

function spanOf(record: TrialRecord, records: SubjectRecords, zone: Zone): readonly ConsentSpan[] {
  const signed = timeOf(record.resource, zone);
  if (signed === undefined) return [];
  const span = { record, start: signed.start };
  const { status } = record.resource;
  if (status === 'active') return [{ ...span, end: Infinity }];
  const versions = [record, ...(record.earlier ?? [])];
  const lastActive = versions.findIndex(({ resource }) => resource['status'] === 'active');
  const firstInactive = versions[lastActive - 1];
  if (lastActive < 1 || firstInactive === undefined) return [];
  const received = zone.dateAt(Date.parse(firstInactive.lastUpdated));
  const date = withdrawal(records)?.date ?? received;
  const end = readTime(date, zone)?.end ?? zone.startOf(addDays(received, 1));
  return [{ ...span, end }];
}

/** Returns the latest consent in force at a moment; undefined when there is none. */
export function consentAt(
  records: SubjectRecords,
  zone: Zone,
  at: number,
): TrialRecord | undefined {
  return consentSpans(records, zone).find(({ start, end }) => start <= at && at < end)?.record;
}

/** Returns the last local date on which a subject had consented; undefined while a consent is in force, and when there never was one. */
export function consentEnd(records: SubjectRecords, zone: Zone): LocalDate | undefined {
  const end = Math.max(...consentSpans(records, zone).map((span) => span.end));
  return Number.isFinite(end) ? zone.dateAt(end - 1) : undefined;
}

/** Returns the consent items that are refused (`ltfu-15y`). */
export function refusedItems(consent: JsonObject): ReadonlySet<string> {
  const provision = isJsonObject(consent['provision']) ? consent['provision'] : {};
  const denied = objectsOf(provision['provision']).filter(({ type }) => type === 'deny');
  return new Set(
    denied
      .flatMap(({ code }) => objectsOf(code))
      .flatMap((concept) => objectsOf(concept['coding']))
      .filter(({ system }) => system === codeSystem('consent-item'))
      .flatMap(({ code }) => (typeof code === 'string' ? [code] : [])),
  );
}

/** A milestone that ended an epoch of a subject. */
export interface Disposition {
  readonly date: string;
  readonly reason: JsonObject;
  readonly epoch: string;
}

/** Returns the dispositions of a subject, in the order of their dates. */
export function dispositionsOf(subject: TrialRecord): readonly Disposition[] {
  return objectsOf(subject.resource['extension'])
    .filter(({ url }) => url === profile('disposition'))
    .flatMap((extension) => {
      const parts = objectsOf(extension['extension']);
      const part = (name: string) => parts.find(({ url }) => url === name);
      const date = textOf(part('date')?.['valueDate']);
      const reason = part('reason')?.['valueCodeableConcept'];
      const epoch = textOf(part('epoch')?.['valueCode']) ?? '';
      return date === undefined
        ? []
        : [{ date, reason: isJsonObject(reason) ? reason : {}, epoch }];
    })
    .toSorted((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date)));
}

/**
 * Returns the disposition by which a subject withdrew: that of their own wish, else the last one. Undefined
 * of a subject who is still on study: to stop the treatment is no withdrawal of the consent.
 */
export function withdrawal(records: Pick<SubjectRecords, 'subject'>): Disposition | undefined {
  const { status } = records.subject.resource;
  if (status !== 'withdrawn' && status !== 'off-study') return undefined;
  const dispositions = dispositionsOf(records.subject);
  const own = dispositions.findLast(({ reason }) => hasCode(reason, ncit, 'C49634'));
  return own ?? (status === 'withdrawn' ? dispositions.at(-1) : undefined);
}
