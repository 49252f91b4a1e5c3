/** A local calendar date, `2024-03-04`; text order is time order. */
export type LocalDate = string;

/** The time zone of the sites: what the calendar on the wall says at an instant. */
export interface Zone {
  /** The IANA name, `Asia/Shanghai`. */
  readonly name: string;
  /** The local date at `milliseconds` since the epoch. */
  dateAt(milliseconds: number): LocalDate;
  /** When a local date begins, in milliseconds since the epoch. */
  startOf(date: LocalDate): number;
  /** A dateTime with the local offset, to the millisecond. */
  textAt(milliseconds: number): string;
  /** As `readTime`; the same texts are read again and again, so that the zone keeps what it has read. */
  read(text: string): TimePoint | undefined;
}

/** The time that a date or dateTime stands for: the half-open range [start, end) in milliseconds. */
export interface TimePoint {
  readonly start: number;
  readonly end: number;
  /** Undefined when only the month or the year is known. */
  readonly date?: LocalDate;
  /** Whether a time of day is known. */
  readonly hasTime: boolean;
  readonly text: string;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Returns the zone of an IANA name, undefined when there is none of this name. */
export function createZone(name: string): Zone | undefined {
  const format = formatOf(name);
  if (format === undefined) return undefined;
  // Offsets change on full quarter hours at the earliest, and Intl is slow: one look-up for each.
  const offsets = new Map<number, number>();
  const offsetAt = (milliseconds: number): number => {
    const bucket = Math.floor(milliseconds / (hourMs / 4));
    const known = offsets.get(bucket);
    if (known !== undefined) return known;
    const offset = offsetOf(format, bucket * (hourMs / 4));
    offsets.set(bucket, offset);
    return offset;
  };
  const startOf = (date: LocalDate): number => {
    const midnight = Date.parse(`${date}T00:00:00Z`);
    const guess = midnight - offsetAt(midnight);
    return midnight - offsetAt(guess);
  };
  const times = new Map<string, TimePoint | undefined>();
  const zone: Zone = {
    name,
    startOf,
    read: (text) => {
      if (times.has(text)) return times.get(text);
      if (times.size >= timesMax) times.clear();
      const time = parseTime(text, zone);
      times.set(text, time);
      return time;
    },
    dateAt: (milliseconds) => isoDate(milliseconds + offsetAt(milliseconds)),
    textAt: (milliseconds) => {
      const offset = offsetAt(milliseconds);
      return `${new Date(milliseconds + offset).toISOString().slice(0, -1)}${offsetText(offset)}`;
    },
  };
  return zone;
}

/** Texts of dates that a zone keeps. */
const timesMax = 100_000;

function formatOf(name: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    // A name that the platform does not know is a RangeError, which says nothing more.
    return undefined;
  }
}

function offsetOf(format: Intl.DateTimeFormat, milliseconds: number): number {
  const parts = new Map(
    format.formatToParts(milliseconds).map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local - Math.floor(milliseconds / 1000) * 1000;
}

function offsetText(offset: number): string {
  const minutes = Math.abs(offset) / 60_000;
  const digits = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${digits(minutes / 60)}:${digits(minutes % 60)}`;
}

/**
 * Returns the range of a date or dateTime; one without offset is local. Undefined when it is none.
 *
 * @see https://hl7.org/fhir/R4/datatypes.html#dateTime
 */
export function readTime(text: string | undefined, zone: Zone): TimePoint | undefined {
  return text === undefined ? undefined : zone.read(text);
}

function parseTime(text: string, zone: Zone): TimePoint | undefined {
  const parts = pattern.exec(text);
  if (parts === null) return undefined;
  const [, year = '', month, day, time] = parts;
  if (month === undefined || day === undefined) return partialRange(text, zone, { year, month });
  const date = `${year}-${month}-${day}`;
  if (!isDate(date)) return undefined;
  if (time === undefined) {
    const range = { start: zone.startOf(date), end: zone.startOf(addDays(date, 1)) };
    return { ...range, date, hasTime: false, text };
  }
  const start = Date.parse(text);
  if (Number.isNaN(start)) return undefined;
  const precisionMs = time.includes('.') ? 1 : 1000;
  return { start, end: start + precisionMs, date: zone.dateAt(start), hasTime: true, text };
}

const pattern =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))?)?)?$/u;

function partialRange(
  text: string,
  zone: Zone,
  { year, month }: { readonly year: string; readonly month: string | undefined },
): TimePoint | undefined {
  const first = `${year}-${month ?? '01'}-01`;
  if (!isDate(first)) return undefined;
  const next = addMonths(first, month === undefined ? 12 : 1);
  return { start: zone.startOf(first), end: zone.startOf(next), hasTime: false, text };
}

/** Returns whether a text is a date of the calendar. */
function isDate(date: string): boolean {
  const parsed = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed) && isoDate(parsed) === date;
}

/** Returns the date `days` after `date`. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return isoDate(Date.parse(`${date}T00:00:00Z`) + days * dayMs);
}

/** Returns the date `months` calendar months after `date`, its day clamped to the end of the month. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  return isoDate(
    Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(day, last.getUTCDate())),
  );
}

/** Returns the whole days from one date to another; negative when it lies before. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

function isoDate(milliseconds: number): LocalDate {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
