import type { Range } from './range-test.ts';

/**
 * Returns the time that a date, dateTime or instant covers by its precision, in milliseconds since the
 * epoch: `2024` a year, `2024-03-04T10:00` a minute. What has no zone takes `offsetMinutes` (minutes
 * east of UTC). Undefined when the text is none of them.
 *
 * @see https://hl7.org/fhir/R4/search.html#date
 */
export function dateRange(text: string, offsetMinutes: number): Range | undefined {
  const year = digits(text, 0, 4);
  if (year === undefined) return undefined;
  if (text.length === 4) return daysOf(year, { offsetMinutes, month: 1, months: 12 });
  const month = partAt(text, 4, '-');
  if (!isWithin(month, 1, 12)) return undefined;
  if (text.length === 7) return daysOf(year, { offsetMinutes, month, months: 1 });
  const day = partAt(text, 7, '-');
  if (!isWithin(day, 1, daysIn(year, month))) return undefined;
  const midnight = startOf(year, month, day);
  if (text.length > 10) return timeRange(text, midnight, offsetMinutes);
  const low = midnight - offsetMinutes * minuteMs;
  return { low, high: low + dayMs };
}

/** Returns the point in time of an instant, whatever its precision. */
export function instantRange(text: string, offsetMinutes: number): Range | undefined {
  const range = dateRange(text, offsetMinutes);
  return range === undefined ? undefined : { low: range.low, high: range.low + 1 };
}

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const dayMs = 24 * 60 * minuteMs;

function daysOf(
  year: number,
  part: { readonly offsetMinutes: number; readonly month: number; readonly months: number },
): Range {
  const shift = part.offsetMinutes * minuteMs;
  return {
    low: startOf(year, part.month, 1) - shift,
    high: startOf(year, part.month + part.months, 1) - shift,
  };
}

function timeRange(text: string, midnight: number, offsetMinutes: number): Range | undefined {
  const [hour, minute] = [partAt(text, 10, 'T'), partAt(text, 13, ':')];
  if (!isWithin(hour, 0, 23) || !isWithin(minute, 0, 59)) return undefined;
  const hasSeconds = text[16] === ':';
  const second = hasSeconds ? digits(text, 17, 2) : 0;
  if (!isWithin(second, 0, 60)) return undefined;
  const fraction = hasSeconds ? fractionAt(text, 19) : { ms: 0, width: minuteMs, end: 16 };
  const offset = fraction && offsetAt(text, fraction.end, offsetMinutes);
  if (fraction === undefined || offset === undefined) return undefined;
  const time = (hour * 60 + minute - offset) * minuteMs + second * secondMs + fraction.ms;
  return { low: midnight + time, high: midnight + time + fraction.width };
}

/** The milliseconds of `.123`, the width of what they name, and where they end. */
function fractionAt(
  text: string,
  start: number,
): { readonly ms: number; readonly width: number; readonly end: number } | undefined {
  if (text[start] !== '.') return { ms: 0, width: secondMs, end: start };
  let end = start + 1;
  while (isDigit(text.charCodeAt(end))) end++;
  const places = Math.min(end - start - 1, 3);
  if (places === 0) return undefined;
  const width = 10 ** (3 - places);
  return { ms: Number(text.slice(start + 1, start + 1 + places)) * width, width, end };
}

/** Minutes east of UTC. A `+` that arrived unescaped in a query has become a space. */
function offsetAt(text: string, start: number, offsetMinutes: number): number | undefined {
  const zone = text.slice(start);
  if (zone === '') return offsetMinutes;
  if (zone === 'Z') return 0;
  const [hours, minutes] = [digits(zone, 1, 2), partAt(zone, 3, ':')];
  if (zone.length !== 6 || !isWithin(hours, 0, 14) || !isWithin(minutes, 0, 59)) return undefined;
  if (!'-+ '.includes(zone.charAt(0))) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** The two digits after a separator at `start`. */
function partAt(text: string, start: number, separator: string): number | undefined {
  return text[start] === separator ? digits(text, start + 1, 2) : undefined;
}

function isWithin(value: number | undefined, min: number, max: number): value is number {
  return value !== undefined && value >= min && value <= max;
}

function digits(text: string, start: number, count: number): number | undefined {
  let value = 0;
  for (let at = start; at < start + count; at++) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) return undefined;
    value = value * 10 + code - 48;
  }
  return value;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function startOf(year: number, month: number, day: number): number {
  // Date.UTC reads years below 100 as those of the twentieth century.
  return year > 99
    ? Date.UTC(year, month - 1, day)
    : new Date(0).setUTCFullYear(year, month - 1, day);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
