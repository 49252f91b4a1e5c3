/** A date, dateTime or time by its fields; a field beyond the precision is its lowest value. */
export interface DateTime {
  readonly isTime: boolean;
  /** Year, month, day, hour, minute, milliseconds of the minute (with a fraction, if it was written). */
  readonly fields: readonly [number, number, number, number, number, number];
  /** How many fields were written: 1 (year) to 6 (seconds). */
  readonly precision: number;
  /** How many digits the fraction of the second has. */
  readonly fractionDigits: number;
  /** Minutes east of UTC, if it says. */
  readonly offset: number | undefined;
}

const dateTimePattern =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T(?:(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?(Z|[+-]\d\d:\d\d)?)?)?$/;
const timePattern = /^(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?$/;

/**
 * Returns the fields of a date or dateTime as FHIR or FHIRPath write it, undefined when it is none.
 *
 * @see http://hl7.org/fhirpath/N1/#datetime
 */
export function parseDateTime(text: string): DateTime | undefined {
  const match = dateTimePattern.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const written = [year, month, day, hour, minute, second];
  const precision = written.filter((field) => field !== undefined).length;
  if (hour !== undefined && day === undefined) return undefined;
  const parsed: DateTime = {
    isTime: false,
    fields: [
      Number(year),
      month === undefined ? 1 : Number(month),
      day === undefined ? 1 : Number(day),
      Number(hour ?? 0),
      Number(minute ?? 0),
      millisecondsOf(second, fraction),
    ],
    precision,
    fractionDigits: fraction?.length ?? 0,
    offset: zone === undefined ? undefined : offsetOf(zone),
  };
  return isReal(parsed) ? parsed : undefined;
}

/**
 * Returns the fields of a time of day, undefined when it is none.
 *
 * @see http://hl7.org/fhirpath/N1/#time
 */
export function parseTime(text: string): DateTime | undefined {
  const match = timePattern.exec(text);
  if (match === null) return undefined;
  const [, hour, minute, second, fraction] = match;
  const precision = 3 + [hour, minute, second].filter((field) => field !== undefined).length;
  const parsed: DateTime = {
    isTime: true,
    fields: [1970, 1, 1, Number(hour), Number(minute ?? 0), millisecondsOf(second, fraction)],
    precision,
    fractionDigits: fraction?.length ?? 0,
    offset: undefined,
  };
  return isReal(parsed) ? parsed : undefined;
}

function millisecondsOf(second: string | undefined, fraction: string | undefined): number {
  const digits = (fraction ?? '').padEnd(3, '0');
  const whole = Number(second ?? 0) * 1000 + Number(digits.slice(0, 3));
  return digits.length === 3 ? whole : whole + Number(`0.${digits.slice(3)}`);
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  return zone.startsWith('-') ? -minutes : minutes;
}

function isReal({ fields }: DateTime): boolean {
  const [year, month, day, hour, minute, milliseconds] = fields;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return false;
  return hour < 24 && minute < 60 && milliseconds < 61_000;
}

/** Returns how many days a month (1 to 12) has. */
export function daysInMonth(year: number, month: number): number {
  const last = new Date(Date.UTC(2000, month, 0));
  // Date.UTC takes years below 100 as 1900 and later.
  last.setUTCFullYear(year, month, 0);
  return last.getUTCDate();
}

/** Returns milliseconds since the epoch of the first instant that `value` can mean. */
export function epochOf(value: DateTime, offsetDefault: number): number {
  const [year, month, day, hour, minute, milliseconds] = value.fields;
  const date = new Date(Date.UTC(2000, 0, 1, hour, minute, 0, 0));
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() + milliseconds - (value.offset ?? offsetDefault) * 60_000;
}

/** Minutes east of UTC where a day begins first. */
export const offsetEarliest = 840;

/** Minutes east of UTC where a day ends last. */
export const offsetLatest = -720;

/**
 * Returns below 0, 0 or above 0 as `left` is before, at or after `right`; undefined when the
 * precision of one does not decide it. Values without offset are at `offsetDefault`; without that,
 * only what holds for every offset on earth is decided.
 *
 * @see http://hl7.org/fhirpath/N1/#datetime-comparison
 */
export function compareDateTimes(
  left: DateTime,
  right: DateTime,
  offsetDefault: number | undefined,
): number | undefined {
  if (left.isTime !== right.isTime) return undefined;
  const shared = Math.min(left.precision, right.precision);
  if (shared <= 3 || left.isTime || left.offset === right.offset) {
    return compareFields(left, right, left.fields, right.fields);
  }
  const isKnown = left.offset !== undefined && right.offset !== undefined;
  if (isKnown || offsetDefault !== undefined) return compareAt(left, right, offsetDefault ?? 0);
  const one = compareAt(left, right, offsetEarliest);
  const other = compareAt(left, right, offsetLatest);
  const isDecided = one !== undefined && other !== undefined && one * other > 0;
  return isDecided ? one : undefined;
}

function compareAt(left: DateTime, right: DateTime, offset: number): number | undefined {
  return compareFields(left, right, atUtc(left, offset), atUtc(right, offset));
}

function compareFields(
  left: DateTime,
  right: DateTime,
  a: readonly number[],
  b: readonly number[],
): number | undefined {
  const shared = Math.min(left.precision, right.precision);
  for (let index = 0; index < shared; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.precision === right.precision ? 0 : undefined;
}

function atUtc(value: DateTime, offsetDefault: number): readonly number[] {
  const date = new Date(epochOf(value, offsetDefault));
  return [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    // A Date has whole milliseconds.
    date.getUTCSeconds() * 1000 + date.getUTCMilliseconds() + (value.fields[5] % 1),
  ];
}

/** Returns the text of a value at its precision, as FHIR writes it. */
export function formatDateTime(value: DateTime): string {
  const [year, month, day, hour, minute, milliseconds] = value.fields;
  const second = pad(Math.floor(milliseconds / 1000), 2);
  const beyond = (milliseconds % 1).toFixed(Math.max(1, Math.min(value.fractionDigits - 3, 20)));
  const digits = pad(Math.floor(milliseconds) % 1000, 3) + beyond.slice(2);
  const fraction = digits.slice(0, value.fractionDigits);
  const seconds = fraction === '' ? second : `${second}.${fraction}`;
  const date = [pad(year, 4), pad(month, 2), pad(day, 2)].slice(0, value.precision).join('-');
  const clock = [pad(hour, 2), pad(minute, 2), seconds].slice(0, Math.max(0, value.precision - 3));
  if (value.isTime) return clock.join(':');
  if (clock.length === 0) return date;
  return `${date}T${clock.join(':')}${formatOffset(value.offset)}`;
}

function formatOffset(offset: number | undefined): string {
  if (offset === undefined) return '';
  if (offset === 0) return 'Z';
  const minutes = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}:${pad(minutes % 60, 2)}`;
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
