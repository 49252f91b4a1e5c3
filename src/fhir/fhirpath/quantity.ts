import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import { toBase, ucumSystem, unitScale, type UnitScale } from '../ucum.ts';
import { systemItem, type Item, type Items } from './item.ts';
import { systemTypes } from './type.ts';

/** A number with its unit: a UCUM code, or a word of the calendar in the singular. */
export interface Quantity {
  readonly value: number;
  readonly unit: string;
  readonly isCalendar: boolean;
  /** The unit is a code of another system than UCUM, so it only equals itself. */
  readonly isForeign?: boolean;
}

/** The UCUM code of a word of the calendar. */
const definiteUnits: Readonly<Record<string, string>> = {
  year: 'a',
  month: 'mo',
  week: 'wk',
  day: 'd',
  hour: 'h',
  minute: 'min',
  second: 's',
  millisecond: 'ms',
};

// Up to a week, a word of the calendar and its UCUM code are the same; a month and a year are not:
// among themselves a year has 12 months, beside other words of the calendar 365 days and a month 30.
const calendarScales: Readonly<Record<string, UnitScale>> = {
  year: { base: 'month', factor: 12, offset: 0 },
  month: { base: 'month', factor: 1, offset: 0 },
};

/** Returns a System.Quantity. */
export function quantityItems({ value, unit, isCalendar }: Quantity, text?: string): Items {
  const content = isCalendar ? { value, unit } : { value, unit, system: ucumSystem, code: unit };
  return [systemItem(systemTypes.Quantity, content, text)];
}

/** Returns the word of the calendar in the singular, or undefined. */
export function calendarWord(unit: string): string | undefined {
  const singular = unit.endsWith('s') ? unit.slice(0, -1) : unit;
  return Object.hasOwn(definiteUnits, singular) ? singular : undefined;
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
  const isForeign = system !== undefined && system !== ucumSystem;
  return { value, unit: word ?? name, isCalendar: word !== undefined, isForeign };
}

/** Returns the scale of the unit, or undefined for one that only equals itself. */
export function scaleOf(quantity: Quantity): UnitScale | undefined {
  return (
    (quantity.isCalendar ? calendarScales[quantity.unit] : undefined) ?? definiteScale(quantity)
  );
}

/** Returns the same with a year of 365.25 days, and a month of a twelfth of it, for a calendar's. */
export function definiteScale({ unit, isCalendar, isForeign }: Quantity): UnitScale | undefined {
  if (isForeign === true) return undefined;
  return unitScale(isCalendar ? (definiteUnits[unit] ?? unit) : unit);
}

/** Returns whether both are in the same unit, as it is written. */
export function isSameUnit(left: Quantity, right: Quantity): boolean {
  return left.unit === right.unit && left.isCalendar === right.isCalendar;
}

/** Returns the value of a quantity in the unit of another; undefined for other dimensions and degrees. */
export function convertedValue(quantity: Quantity, other: Quantity): number | undefined {
  const from = scaleOf(quantity);
  const to = scaleOf(other);
  if (from === undefined || from.base !== to?.base || from.offset !== 0 || to.offset !== 0) {
    return undefined;
  }
  return toBase({ ...from, factor: from.factor / to.factor }, quantity.value);
}

/**
 * Returns below 0, 0 or above 0; undefined when the units cannot be compared.
 *
 * @see http://hl7.org/fhirpath/N1/#quantity
 */
export function compareQuantities(left: Quantity, right: Quantity): number | undefined {
  if (isSameUnit(left, right)) return left.value - right.value;
  const areWords = left.isCalendar && right.isCalendar;
  const order = compareScaled(left, right, scaleOf);
  return order === undefined && areWords ? compareScaled(left, right, scaleInDays) : order;
}

function compareScaled(
  left: Quantity,
  right: Quantity,
  scale: (quantity: Quantity) => UnitScale | undefined,
): number | undefined {
  const a = scale(left);
  const b = scale(right);
  if (a === undefined || a.base !== b?.base) return undefined;
  return toBase(a, left.value) - toBase(b, right.value);
}

function scaleInDays(quantity: Quantity): UnitScale | undefined {
  const days = quantity.unit === 'year' ? 365 : quantity.unit === 'month' ? 30 : undefined;
  return days === undefined ? scaleOf(quantity) : { base: 's', factor: days * 86_400, offset: 0 };
}
