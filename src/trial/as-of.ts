import { readTime, type LocalDate, type TimePoint, type Zone } from './local-time.ts';

/** The moment that a question is about: what happened after it is not there yet. */
export interface AsOf {
  /** The last millisecond that belongs to it, since the epoch. */
  readonly at: number;
  readonly date: LocalDate;
  /** As it was asked. */
  readonly text: string;
}

/** Returns the moment of a dateTime with zone, or the end of a local date; undefined for anything else. */
export function readAsOf(text: string, zone: Zone): AsOf | undefined {
  const time = readTime(text, zone);
  if (time?.date === undefined) return undefined;
  return { at: time.hasTime ? time.start : time.end - 1, date: time.date, text };
}

/** Returns the moment of milliseconds since the epoch. */
export function asOfTime(milliseconds: number, zone: Zone): AsOf {
  return {
    at: milliseconds,
    date: zone.dateAt(milliseconds),
    text: zone.textAt(milliseconds),
  };
}

/** Returns whether something had begun: of a time without hour any part of its day will do. */
export function isBy(time: TimePoint | undefined, asOf: AsOf): boolean {
  return time !== undefined && time.start <= asOf.at;
}
