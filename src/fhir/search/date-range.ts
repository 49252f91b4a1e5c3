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
  const month = text[4] === '-' ? digits(text, 5, 2) : undefined;
  if (month === undefined || month < 1 || month > 12) return undefined;
  if (text.length === 7) return daysOf(year, { offsetMinutes, month, months: 1 });
  const day = text[7] === '-' ? digits(text, 8, 2) : undefined;
  if (day === undefined || day < 1 || day > daysIn(year, month)) return undefined;
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
  const hour = text[10] === 'T' ? digits(text, 11, 2) : undefined;
  const minute = text[13] === ':' ? digits(text, 14, 2) : undefined;
  if (hour === undefined || minute === undefined || hour > 23 || minute > 59) return undefined;
  const second = text[16] === ':' ? digits(text, 17, 2) : 0;
  if (second === undefined || second > 60) return undefined;
  const fraction = text[16] === ':' ? fractionAt(text, 19) : { ms: 0, width: minuteMs, end: 16 };
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
  if (text.length === start) return offsetMinutes;
  if (text.length === start + 1) return text[start] === 'Z' ? 0 : undefined;
  const sign = text[start] === '-' ? -1 : '+ '.includes(text.charAt(start)) ? 1 : undefined;
  const hours = digits(text, start + 1, 2);
  const minutes = text[start + 3] === ':' ? digits(text, start + 4, 2) : undefined;
  if (sign === undefined || hours === undefined || minutes === undefined) return undefined;
  return text.length === start + 6 && hours <= 14 && minutes <= 59
    ? sign * (hours * 60 + minutes)
    : undefined;
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
