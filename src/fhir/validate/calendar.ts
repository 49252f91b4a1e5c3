/**
 * How much of a date or time is written, or undefined when it is not one. Every character is looked
 * at once; what R4's regexes allow beyond the calendar (30 February) is refused.
 *
 * @see https://hl7.org/fhir/R4/datatypes.html#dateTime
 */
export type Precision = 'year' | 'month' | 'day' | 'time';

/** Returns the precision of a dateTime; one with a time has seconds and a zone. */
export function dateTimePrecision(text: string): Precision | undefined {
  const date = datePrecision(text.length > 10 ? text.slice(0, 10) : text);
  if (date === undefined || text.length <= 10) {
    return date;
  }
  const zone = zoneStart(text);
  return date === 'day' &&
    text.charCodeAt(10) === letterT &&
    zone > 0 &&
    isTime(text.slice(11, zone))
    ? 'time'
    : undefined;
}

/** Returns the precision of a date without time. */
export function datePrecision(text: string): Precision | undefined {
  const year = digits(text, 0, 4);
  if (!(year > 0)) {
    return undefined;
  }
  if (text.length === 4) {
    return 'year';
  }
  const month = digits(text, 5, 2);
  if (text.charCodeAt(4) !== hyphen || !(month >= 1 && month <= 12)) {
    return undefined;
  }
  return text.length === 7 ? 'month' : dayPrecision(text, daysIn(year, month));
}

function dayPrecision(text: string, dayMax: number): Precision | undefined {
  const day = digits(text, 8, 2);
  const isDay = text.length === 10 && text.charCodeAt(7) === hyphen && day >= 1 && day <= dayMax;
  return isDay ? 'day' : undefined;
}

/** Returns whether `text` is a time of day with seconds, with any digits of a second. */
export function isTime(text: string): boolean {
  const hour = digits(text, 0, 2);
  const minute = digits(text, 3, 2);
  const second = digits(text, 6, 2);
  const isClock =
    text.charCodeAt(2) === colon && text.charCodeAt(5) === colon && hour < 24 && minute < 60;
  if (!isClock || !(second <= 60)) {
    return false;
  }
  return text.length === 8 || (text.charCodeAt(8) === dot && allDigits(text, 9));
}

const letterT = 0x54;
const letterZ = 0x5a;
const hyphen = 0x2d;
const plus = 0x2b;
const colon = 0x3a;
const dot = 0x2e;

/** Returns the number that `count` digits make, NaN when one is none. */
function digits(text: string, start: number, count: number): number {
  let number = 0;
  for (let at = start; at < start + count; at += 1) {
    const digit = text.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) {
      return NaN;
    }
    number = number * 10 + digit;
  }
  return number;
}

function allDigits(text: string, start: number): boolean {
  for (let at = start; at < text.length; at += 1) {
    if (Number.isNaN(digits(text, at, 1))) {
      return false;
    }
  }
  return text.length > start;
}

function daysIn(year: number, month: number): number {
  if (month === 2) {
    return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  }
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Returns where `Z` or `+hh:mm` starts at the end, -1 when there is none. */
function zoneStart(text: string): number {
  const { length } = text;
  if (text.charCodeAt(length - 1) === letterZ) {
    return length - 1;
  }
  const start = length - 6;
  const sign = text.charCodeAt(start);
  const hour = digits(text, start + 1, 2);
  const minute = digits(text, start + 4, 2);
  const isZone =
    (sign === plus || sign === hyphen) &&
    text.charCodeAt(start + 3) === colon &&
    ((hour < 14 && minute < 60) || (hour === 14 && minute === 0));
  return isZone ? start : -1;
}
