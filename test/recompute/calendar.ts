import {
  at,
  ofType,
  referenceOf,
  text,
  codeSystem,
  hasCode,
  extension,
  extensionUrl,
} from './dump.ts';
import type { Dossier, Dump, Line } from './dump.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** PP-01 is Asia/Shanghai, eight hours ahead of UTC on every day since 1992. */
const offsetMs = 8 * hourMs;

/** A date or dateTime: when it begins and ends (milliseconds), its local date, whether it has a time. */
export interface Moment {
  readonly start: number;
  readonly end: number;
  /** Undefined when only the month or the year is known. */
  readonly date: string | undefined;
  readonly hasTime: boolean;
  readonly text: string;
}

/** Reads a date or dateTime; a date is local. */
export function moment(value: unknown): Moment | undefined {
  const given = text(value);
  if (given === undefined) return undefined;
  if (given.includes('T')) {
    const start = Date.parse(given);
    return { start, end: start + 1000, date: localDate(start), hasTime: true, text: given };
  }
  const [year = '', month, day] = given.split('-');
  const first = `${year}-${month ?? '01'}-${day ?? '01'}`;
  const next =
    day !== undefined ? addDays(first, 1) : addMonths(first, month === undefined ? 12 : 1);
  return {
    start: startOf(first),
    end: startOf(next),
    date: day === undefined ? undefined : given,
    hasTime: false,
    text: given,
  };
}

/** The local date at an instant. */
export function localDate(milliseconds: number): string {
  return new Date(milliseconds + offsetMs).toISOString().slice(0, 10);
}

/** When a local date begins. */
export function startOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) - offsetMs;
}

/** The date some days later. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);
}

/** The date some calendar months later, the day clamped to the end of the month. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last)))
    .toISOString()
    .slice(0, 10);
}

/** Whole days from one date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

/** The end of a date, which is what a date as `asOf` means. */
export function asOfDate(date: string): number {
  return startOf(addDays(date, 1)) - 1;
}

/** When a record happened: a result of a specimen at its collection, a period at its start. */
export function happened(line: Line, dump: Dump): Moment | undefined {
  const specimen = dump.current(referenceOf(line['specimen']));
  const collected =
    line.resourceType === 'Observation' && specimen !== undefined
      ? choice(specimen['collection'], 'collected')
      : undefined;
  return collected ?? ownTime(line);
}

const members: Readonly<Record<string, string>> = {
  Observation: 'effective',
  MedicationAdministration: 'effective',
  MedicationStatement: 'effective',
  Procedure: 'performed',
};

function ownTime(line: Line): Moment | undefined {
  switch (line.resourceType) {
    case 'Specimen':
      return choice(line['collection'], 'collected');
    case 'AdverseEvent':
      return moment(line['date']);
    case 'Consent':
      return moment(line['dateTime']);
    case 'Condition':
      return moment(line['recordedDate']);
    case 'Encounter':
      return moment(at(line, 'period', 'start'));
    default:
      return choice(line, members[line.resourceType] ?? 'effective');
  }
}

function choice(holder: unknown, name: string): Moment | undefined {
  return moment(at(holder, `${name}DateTime`)) ?? moment(at(holder, `${name}Period`, 'start'));
}

/** One CART-HER-2 dose, planned or given. */
export interface Dose {
  readonly line: Line;
  readonly time: Moment | undefined;
  readonly isStarted: boolean;
  readonly cycle: number;
  readonly plannedDay: number;
}

const started = new Set<unknown>(['in-progress', 'completed', 'stopped']);

/** The doses of a subject (P11) in the order of time. */
export function dosesOf(dossier: Dossier, dump: Dump): readonly Dose[] {
  return ofType(dossier, 'MedicationAdministration')
    .filter((line) => isProduct(line, dump))
    .map((line) => {
      const detail = extension(line, extensionUrl('infusion-detail'));
      return {
        line,
        time: happened(line, dump),
        isStarted: started.has(line['status']),
        cycle: Number(extension(detail, 'cycle')?.['valuePositiveInt']),
        plannedDay: Number(extension(detail, 'plannedDay')?.['valueInteger']),
      };
    })
    .toSorted((a, b) => (a.time?.start ?? Infinity) - (b.time?.start ?? Infinity));
}

function isProduct(line: Line, dump: Dump): boolean {
  const product = dump.current(referenceOf(line['medicationReference']));
  return [line['medicationCodeableConcept'], product?.['code']].some((code) =>
    hasCode(code, codeSystem('product'), 'cart-her-2'),
  );
}

/** The start of the first started infusion of cycle 1 by a moment, whose local date is Day 0. */
export interface Start {
  readonly dose: Dose;
  readonly time: Moment;
  readonly day0: string;
}

/** When a subject was first infused; undefined when that lies after `asOf`. */
export function firstInfusion(dossier: Dossier, dump: Dump, asOf: number): Start | undefined {
  const dose = dosesOf(dossier, dump).find(({ isStarted, cycle }) => isStarted && cycle === 1);
  const time = dose?.time;
  if (dose === undefined || time?.date === undefined || time.start > asOf) return undefined;
  return { dose, time, day0: time.date };
}

/** Days since the start of the first infusion, with their fraction where both have a time. */
export function daysSince(start: Start, time: Moment): number | undefined {
  if (time.hasTime && start.time.hasTime) return (time.start - start.time.start) / dayMs;
  return time.date === undefined ? undefined : daysBetween(start.day0, time.date);
}

/** "Onset known to the month only: Day 0 if it lies in that month, else the first of the month." */
export function onsetDate(onset: Moment, day0: string): string {
  if (onset.date !== undefined) return onset.date;
  const first = `${onset.text}-01-01`.slice(0, 10);
  const next = addMonths(first, onset.text.length === 4 ? 12 : 1);
  return day0 >= first && day0 < next ? day0 : first;
}
