import { isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts';
import { success, type Result } from '../../result.ts';
import { dateRange, instantRange } from '../date-range.ts';
import { malformedValue } from '../failures.ts';
import type { DateEntry } from '../index-entry.ts';
import type { SearchSettings } from '../parameter.ts';
import type { RangeTest } from '../plan.ts';
import { splitPrefix, type Range } from '../range-test.ts';

/**
 * Returns the range of a date with its prefix. `ap` is widened by a tenth of the gap between the date
 * and now. Fails `invalid-parameter`.
 *
 * @see https://hl7.org/fhir/R4/search.html#date
 */
export function parseDate(
  name: string,
  value: string,
  settings: SearchSettings,
): Result<RangeTest> {
  const [prefix, text] = splitPrefix(value.trim());
  const range = dateRange(text, settings.offsetMinutes ?? 0);
  if (range === undefined) {
    return malformedValue(
      name,
      'a date such as 2024, 2024-03, 2024-03-04 or 2024-03-04T10:00:00Z, with or without a prefix',
    );
  }
  if (prefix !== 'ap') return success({ prefix, ...range });
  const margin = Math.abs((settings.now ?? range.low) - range.low) / 10;
  return success({ prefix, low: range.low - margin, high: range.high + margin });
}

/** Returns the entry of a date, dateTime, instant, Period or Timing; none when it is not one. */
export function dateEntries(
  param: string,
  value: JsonValue,
  { type, offsetMinutes }: { readonly type: string; readonly offsetMinutes: number },
): readonly DateEntry[] {
  const range = isJsonObject(value)
    ? type === 'Timing'
      ? timingRange(value, offsetMinutes)
      : periodRange(value, offsetMinutes)
    : typeof value !== 'string'
      ? undefined
      : type === 'instant'
        ? instantRange(value, offsetMinutes)
        : dateRange(value, offsetMinutes);
  return range === undefined ? [] : [{ kind: 'date', param, low: range.low, high: range.high }];
}

function periodRange(period: JsonObject, offsetMinutes: number): Range | undefined {
  const start = partOf(period['start'], offsetMinutes);
  const end = partOf(period['end'], offsetMinutes);
  return start === undefined && end === undefined
    ? undefined
    : { low: start?.low ?? -Infinity, high: end?.high ?? Infinity };
}

/** The outer limits of all events and of the bounds. */
function timingRange(timing: JsonObject, offsetMinutes: number): Range | undefined {
  const { event, repeat } = timing;
  const events = Array.isArray(event) ? (event as readonly JsonValue[]) : [];
  const bounds = isJsonObject(repeat) ? repeat['boundsPeriod'] : undefined;
  const ranges = [
    ...events.map((one) => partOf(one, offsetMinutes)),
    isJsonObject(bounds) ? periodRange(bounds, offsetMinutes) : undefined,
  ].filter((range) => range !== undefined);
  if (ranges.length === 0) return undefined;
  return {
    low: Math.min(...ranges.map(({ low }) => low)),
    high: Math.max(...ranges.map(({ high }) => high)),
  };
}

function partOf(value: JsonValue | undefined, offsetMinutes: number): Range | undefined {
  return typeof value === 'string' ? dateRange(value, offsetMinutes) : undefined;
}
