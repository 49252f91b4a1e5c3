import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import { systemItem, type Item, type Items } from './item.ts';
import { systemTypes } from './type.ts';

/** A number with its unit: a UCUM code, or a word of the calendar in the singular. */
export interface Quantity {
  readonly value: number;
  readonly unit: string;
  readonly isCalendar: boolean;
}

/** What a unit measures, and how many of the base unit of that it is. */
export interface UnitScale {
  readonly dimension: string;
  readonly factor: number;
}

/** The code system of UCUM. */
export const ucum = 'http://unitsofmeasure.org';

const day = 86_400_000;

// Below a week, a word of the calendar and its UCUM code are the same; a month and a year are not.
const calendarScales: Readonly<Record<string, UnitScale>> = {
  year: { dimension: 'calendar', factor: 12 },
  month: { dimension: 'calendar', factor: 1 },
  week: { dimension: 'time', factor: 7 * day },
  day: { dimension: 'time', factor: day },
  hour: { dimension: 'time', factor: 3_600_000 },
  minute: { dimension: 'time', factor: 60_000 },
  second: { dimension: 'time', factor: 1000 },
  millisecond: { dimension: 'time', factor: 1 },
};
const ucumScales: Readonly<Record<string, UnitScale>> = {
  a: { dimension: 'time', factor: 365.25 * day },
  mo: { dimension: 'time', factor: 30.4375 * day },
  wk: { dimension: 'time', factor: 7 * day },
  d: { dimension: 'time', factor: day },
  h: { dimension: 'time', factor: 3_600_000 },
  min: { dimension: 'time', factor: 60_000 },
  s: { dimension: 'time', factor: 1000 },
  ms: { dimension: 'time', factor: 1 },
};

/** Returns a System.Quantity. */
export function quantityItems({ value, unit, isCalendar }: Quantity, text?: string): Items {
  const content = isCalendar ? { value, unit } : { value, unit, system: ucum, code: unit };
  return [systemItem(systemTypes.Quantity, content, text)];
}

/** Returns the word of the calendar in the singular, or undefined. */
export function calendarWord(unit: string): string | undefined {
  const singular = unit.endsWith('s') ? unit.slice(0, -1) : unit;
  return Object.hasOwn(calendarScales, singular) ? singular : undefined;
}

/**
 * Returns a Quantity of FHIR or System, or undefined when it has no value or a comparator.
 * A number is a quantity of the unit `1`.
 *
 * @see https://hl7.org/fhir/R4/fhirpath.html#quantity
 */
export function quantityOf(item: Item): Quantity | undefined {
  if (typeof item.value === 'number') return { value: item.value, unit: '1', isCalendar: false };
  if (!isJsonObject(item.value)) return undefined;
  const { value, comparator } = item.value as JsonObject & Record<'value' | 'comparator', unknown>;
  if (typeof value !== 'number' || comparator !== undefined) return undefined;
  const { code, unit, system } = item.value as Record<'code' | 'unit' | 'system', unknown>;
  const name = typeof code === 'string' ? code : typeof unit === 'string' ? unit : '1';
  const word = system === undefined ? calendarWord(name) : undefined;
  return { value, unit: word ?? name, isCalendar: word !== undefined };
}

/** Returns what the unit measures, or undefined for one that only equals itself. */
export function scaleOf({ unit, isCalendar }: Quantity): UnitScale | undefined {
  const scales = isCalendar ? calendarScales : ucumScales;
  return Object.hasOwn(scales, unit) ? scales[unit] : undefined;
}

/**
 * Returns below 0, 0 or above 0; undefined when the units cannot be compared.
 *
 * @see http://hl7.org/fhirpath/N1/#quantity
 */
export function compareQuantities(left: Quantity, right: Quantity): number | undefined {
  if (left.unit === right.unit && left.isCalendar === right.isCalendar) {
    return left.value - right.value;
  }
  const a = scaleOf(left);
  const b = scaleOf(right);
  if (a === undefined || a.dimension !== b?.dimension) return undefined;
  return left.value * a.factor - right.value * b.factor;
}
