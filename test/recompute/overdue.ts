import { activityOf } from './activity.ts';
import {
  addDays,
  addMonths,
  asOfDate,
  daysBetween,
  firstInfusion,
  happened,
  localDate,
} from './calendar.ts';
import { moment } from './calendar.ts';
import { at, codeIn, codeSystem, extension, extensionUrl, hasCode, ncit } from './dump.ts';
import { objects, observations, ofType, referenceOf, snomed, text } from './dump.ts';
import type { Dossier, Dump, Line } from './dump.ts';
import { plannedVisits, type PlannedVisit } from './plan.ts';

/** A late visit as `$overdue` lists it. */
export interface LateVisit {
  readonly subject: string;
  readonly code: string;
  readonly windowStart: string;
  readonly windowEnd: string;
  readonly state: string;
  readonly missing: readonly string[];
}

const graceDays = 30;

/** `$overdue`: visits that are late, and visits that lack an activity 30 days after their window. */
export function overdue(dump: Dump, asOf: number): readonly LateVisit[] {
  return dump.dossiers.flatMap((dossier) => lateVisits(dossier, dump, asOf));
}

interface Window {
  readonly start: string;
  readonly end: string;
}

function lateVisits(dossier: Dossier, dump: Dump, asOf: number): readonly LateVisit[] {
  const start = firstInfusion(dossier, dump, asOf);
  if (start === undefined) return [];
  const windows = plannedVisits.map((visit) => windowOf(visit, start.day0));
  const end = endOf(dossier, dump, asOf);
  const attributed = Map.groupBy(placedRecords(dossier, dump, asOf), ({ line, date }) =>
    visitCode(line, dump, { date, windows }),
  );
  const today = localDate(asOf);
  return plannedVisits.flatMap((visit, index) => {
    const window = windows[index];
    if (window === undefined || today <= window.end) return [];
    const records = attributed.get(visit.code) ?? [];
    const date = dateOf(visit, records);
    const isOver = visit.isOptional === true || (end !== undefined && window.end >= end);
    if (date === undefined && isOver) return [];
    const facts = { dossier, dump, day0: start.day0, limit: date ?? window.target };
    const missing = missingAt(visit, records, facts);
    const state = stateOf(window, date, { today, windows });
    const isPastGrace = today > addDays(window.end, graceDays);
    if (date !== undefined && (missing.length === 0 || !isPastGrace)) return [];
    const subject = `ResearchSubject/${dossier.subject.id}`;
    const { code } = visit;
    return [{ subject, code, windowStart: window.start, windowEnd: window.end, state, missing }];
  });
}

function missingAt(
  visit: PlannedVisit,
  records: readonly Placed[],
  facts: Facts,
): readonly string[] {
  const settled = new Set(records.flatMap(({ line }) => activityOf(line, facts.dump)));
  return visit.activities.filter(
    (activity) => !settled.has(activity) && isNeeded(activity, visit, facts),
  );
}

function stateOf(
  window: Window,
  date: string | undefined,
  { today, windows }: { readonly today: string; readonly windows: readonly Window[] },
): string {
  if (date !== undefined) return isInside(window, date) ? 'done' : 'done-out-of-window';
  const isNextOpen = windows.some(({ start }) => start > window.end && start <= today);
  return isNextOpen || today > addDays(window.end, graceDays) ? 'missed' : 'overdue';
}

function isInside({ start, end }: Window, date: string | undefined): boolean {
  return date !== undefined && start <= date && date <= end;
}

function windowOf(visit: PlannedVisit, day0: string): Window & { readonly target: string } {
  if (visit.month !== undefined) {
    const target = addMonths(day0, visit.month);
    return { target, start: addDays(target, visit.low), end: addDays(target, visit.high) };
  }
  const target = addDays(day0, visit.day ?? 0);
  return { target, start: addDays(day0, visit.low), end: addDays(day0, visit.high) };
}

interface Placed {
  readonly line: Line;
  readonly date: string | undefined;
}

/** What happened by the moment. */
function placedRecords(dossier: Dossier, dump: Dump, asOf: number): readonly Placed[] {
  return dossier.records
    .filter(
      ({ resourceType }) => !['DetectedIssue', 'CarePlan', 'Communication'].includes(resourceType),
    )
    .flatMap((line) => {
      const time = happened(line, dump);
      return time !== undefined && time.start > asOf ? [] : [{ line, date: time?.date }];
    });
}

/** 2.1: `ext:visit`, the visit of the Encounter, the visit whose window holds the day, unscheduled. */
function visitCode(
  line: Line,
  dump: Dump,
  { date, windows }: { readonly date: string | undefined; readonly windows: readonly Window[] },
): string {
  const typed = (encounter: Line | undefined) =>
    objects(encounter?.['type'])
      .map((one) => codeIn(one, codeSystem('visit')))
      .find(Boolean);
  const stated = text(extension(line, extensionUrl('visit'))?.['valueCode']);
  const own = line.resourceType === 'Encounter' ? typed(line) : undefined;
  const named = stated ?? own ?? typed(dump.current(referenceOf(line['encounter'])));
  if (named !== undefined) return named;
  const index = windows.findIndex((window) => isInside(window, date));
  return plannedVisits[index]?.code ?? 'UNS';
}

const visited = ['arrived', 'triaged', 'in-progress', 'onleave', 'finished'];
const undone = ['not-done', 'on-hold', 'not-taken', 'cancelled'];

function isVisit({ line }: Placed): boolean {
  return line.resourceType === 'Encounter' && visited.includes(String(line['status']));
}

function isResult(visit: PlannedVisit, { line }: Placed): boolean {
  return (
    !undone.includes(String(line['status'])) &&
    activityOf(line).some((activity) => visit.activities.includes(activity))
  );
}

/** The Encounter's start, else the earliest attributed required activity. */
function dateOf(visit: PlannedVisit, records: readonly Placed[]): string | undefined {
  const earliest = (placed: readonly Placed[]) =>
    placed.flatMap(({ date }) => date ?? []).toSorted()[0];
  return (
    earliest(records.filter(isVisit)) ?? earliest(records.filter((one) => isResult(visit, one)))
  );
}

interface Facts {
  readonly dossier: Dossier;
  readonly dump: Dump;
  readonly day0: string;
  /** The date of the visit, until which the conditions of its activities look. */
  readonly limit: string;
}

/** 4.3: imaging stops at progression or a new therapy, late PCR when the cells were gone twice. */
function isNeeded(activity: string, visit: PlannedVisit, facts: Facts): boolean {
  const isAfterBaseline = (visit.day ?? 1) > 0;
  if (activity === 'imaging' && isAfterBaseline) {
    return !hasProgressed(facts) && !hasNewTherapy(facts);
  }
  const isLate = (visit.month ?? 0) > 12;
  return activity === 'pcr-blood' && isLate ? !isGone(facts) : true;
}

function hasProgressed({ dossier, dump, limit }: Facts): boolean {
  return observations(dossier, ncit, 'C96613').some(
    (line) =>
      hasCode(line['valueCodeableConcept'], ncit, 'C35571') &&
      (happened(line, dump)?.date ?? '9999') <= limit,
  );
}

function hasNewTherapy({ dossier, day0, limit }: Facts): boolean {
  return ofType(dossier, 'MedicationStatement').some((line) => {
    const date = moment(at(line, 'effectivePeriod', 'start'))?.date ?? '';
    const isTherapy =
      extension(line, extensionUrl('prior-therapy')) !== undefined ||
      codeIn(line['category'], codeSystem('therapy-class')) !== undefined;
    return isTherapy && date > day0 && date <= limit;
  });
}

/** "Until ND twice in a row ≥ 28 days apart", in blood. */
function isGone({ dossier, dump, limit }: Facts): boolean {
  const results = observations(dossier, codeSystem('code'), 'persist-tcrz-cd137')
    .filter((line) => activityOf(line, dump).includes('pcr-blood'))
    .flatMap((line) => {
      const date = happened(line, dump)?.date;
      const isNot = objects(line['interpretation']).some((one) => hasCode(one, undefined, 'ND'));
      return date === undefined || date > limit ? [] : [{ date, isNot }];
    })
    .toSorted((a, b) => (a.date < b.date ? -1 : 1));
  return results.some((one, index) => {
    const next = results[index + 1];
    return next?.isNot === true && one.isNot && daysBetween(one.date, next.date) >= 28;
  });
}

/** Death, withdrawal of consent, or the end of the participation; undefined while it goes on. */
function endOf(dossier: Dossier, dump: Dump, asOf: number): string | undefined {
  const { subject, patient } = dossier;
  const dispositions = objects(subject['extension'])
    .filter(({ url }) => url === extensionUrl('disposition'))
    .map((one) => ({
      date: text(extension(one, 'date')?.['valueDate']) ?? '',
      reason: extension(one, 'reason')?.['valueCodeableConcept'],
    }));
  const isOff = ['off-study', 'withdrawn'].includes(String(subject['status']));
  const dates = [
    moment(patient?.['deceasedDateTime'])?.date,
    ...observations(dossier, codeSystem('code'), 'vital-status')
      .filter((line) => hasCode(line['valueCodeableConcept'], snomed, '419099009'))
      .map((line) => happened(line, dump)?.date),
    ...dispositions
      .filter(({ reason }) => hasCode(reason, ncit, 'C28554') || hasCode(reason, ncit, 'C49634'))
      .map(({ date }) => date),
    ...(isOff ? [dispositions.at(-1)?.date] : []),
  ].filter((date) => date !== undefined && asOfDate(addDays(date, -1)) < asOf);
  return dates.toSorted()[0];
}
