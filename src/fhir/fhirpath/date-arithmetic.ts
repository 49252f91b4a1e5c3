import { daysInMonth, type DateTime } from './date-time.ts';
import { expressionError } from './expression-error.ts';
import { calendarWord, type Quantity } from './quantity.ts';

const unitOfCode: Readonly<Record<string, string>> = {
  wk: 'week',
  d: 'day',
  h: 'hour',
  min: 'minute',
  s: 'second',
  ms: 'millisecond',
};
const millisecondsOf: Readonly<Record<string, number>> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
};

const unitsOfDates: ReadonlySet<string> = new Set(['year', 'month', 'week', 'day']);

/**
 * Returns `start` moved by a quantity of time, at the precision of `start`; undefined when it leaves
 * the years 1 to 9999. Throws for a unit that is none of the calendar (`'mo'` and `'a'` are lengths),
 * for hours on a Date and for days on a Time.
 *
 * @see http://hl7.org/fhirpath/N1/#datetime-arithmetic
 */
export function addToDateTime(
  start: DateTime,
  kind: 'Date' | 'DateTime' | 'Time',
  quantity: Quantity,
): DateTime | undefined {
  const unit = calendarWord(quantity.unit) ?? unitOfCode[quantity.unit];
  if (unit === undefined) throw expressionError('The unit is none of the calendar');
  if (kind !== 'DateTime' && unitsOfDates.has(unit) !== (kind === 'Date')) {
    throw expressionError(`A ${kind} has no ${unit}s`);
  }
  if (unit === 'year' || unit === 'month') {
    const months = unit === 'year' ? Math.trunc(quantity.value) * 12 : Math.trunc(quantity.value);
    return addMonths(start, start.precision === 1 ? Math.trunc(months / 12) * 12 : months);
  }
  const isFine = unit === 'second' || unit === 'millisecond';
  const amount = isFine ? quantity.value : Math.trunc(quantity.value);
  return addMilliseconds(start, Math.round(amount * (millisecondsOf[unit] ?? 0)));
}

function addMonths(start: DateTime, months: number): DateTime | undefined {
  const [year, month, day, hour, minute, milliseconds] = start.fields;
  const count = year * 12 + month - 1 + months;
  const newYear = Math.floor(count / 12);
  const newMonth = (count % 12) + 1;
  if (newYear < 1 || newYear > 9999) return undefined;
  const newDay = Math.min(day, daysInMonth(newYear, newMonth));
  return { ...start, fields: [newYear, newMonth, newDay, hour, minute, milliseconds] };
}

function addMilliseconds(start: DateTime, amount: number): DateTime | undefined {
  // At the precision of a year or month, days count as parts of 365 or 30.
  if (start.precision === 1) return addMonths(start, Math.trunc(amount / (365 * 86_400_000)) * 12);
  if (start.precision === 2) return addMonths(start, Math.trunc(amount / (30 * 86_400_000)));
  const step = [86_400_000, 3_600_000, 60_000, 1][start.precision - 3] ?? 1;
  const whole = Math.trunc(amount / step) * step;
  const [year, month, day, hour, minute, milliseconds] = start.fields;
  const date = new Date(Date.UTC(2000, 0, 1, hour, minute, 0, 0));
  date.setUTCFullYear(year, month - 1, day);
  const moved = new Date(date.getTime() + Math.floor(milliseconds) + whole);
  const newYear = moved.getUTCFullYear();
  if (!start.isTime && (newYear < 1 || newYear > 9999)) return undefined;
  const rest = moved.getUTCSeconds() * 1000 + moved.getUTCMilliseconds();
  const fractionDigits =
    rest % 1000 === 0 ? start.fractionDigits : Math.max(3, start.fractionDigits);
  return {
    ...start,
    fractionDigits,
    fields: [
      newYear,
      moved.getUTCMonth() + 1,
      moved.getUTCDate(),
      moved.getUTCHours(),
      moved.getUTCMinutes(),
      // A Date has whole milliseconds.
      rest + (milliseconds % 1),
    ],
  };
}
