import { isJsonObject, type JsonValue } from '../json/json-value.ts';
import { compareDateTimes, parseDateTime, parseTime, type DateTime } from './date-time.ts';
import type { Frame } from './expression.ts';
import { kindOf, type Item, type Items, type ValueKind } from './item.ts';
import { compareQuantities, quantityOf } from './quantity.ts';

/**
 * Returns whether two collections are equal; undefined when one is empty or a precision does not
 * decide it.
 *
 * @see http://hl7.org/fhirpath/N1/#equals
 */
export function equalItems(left: Items, right: Items, frame: Frame): boolean | undefined {
  if (left.length === 0 || right.length === 0) return undefined;
  if (left.length !== right.length) return false;
  let answer: boolean | undefined = true;
  for (let index = 0; index < left.length; index += 1) {
    const equal = equalItem(left[index] as Item, right[index] as Item, frame);
    if (equal === false) return false;
    if (equal === undefined) answer = undefined;
  }
  return answer;
}

/** Returns whether two items are equal; undefined when that cannot be decided. */
export function equalItem(left: Item, right: Item, frame: Frame): boolean | undefined {
  const a = kindOf(left);
  const b = kindOf(right);
  if (a === undefined || b === undefined) {
    if (left.value === undefined || right.value === undefined) return deepSibling(left, right);
    return deepEqual(left.value, right.value);
  }
  if (a === 'Quantity' || b === 'Quantity') return equalQuantity(left, right);
  if (isTemporal(a) && isTemporal(b)) return equalTemporal(left, right, frame);
  return left.value === right.value && sameFamily(a, b);
}

function deepSibling(left: Item, right: Item): boolean | undefined {
  if (left.value !== undefined || right.value !== undefined) return undefined;
  return deepEqual(left.sibling ?? null, right.sibling ?? null);
}

/** Returns whether the kind is a date, dateTime or time. */
export function isTemporal(kind: ValueKind): kind is 'Date' | 'DateTime' | 'Time' {
  return kind === 'Date' || kind === 'DateTime' || kind === 'Time';
}

/** Returns the fields of a date, dateTime or time; undefined when the text is none. */
export function temporalOf(item: Item): DateTime | undefined {
  if (typeof item.value !== 'string') return undefined;
  return kindOf(item) === 'Time' ? parseTime(item.value) : parseDateTime(item.value);
}

function sameFamily(a: ValueKind, b: ValueKind): boolean {
  return a === b || (isNumber(a) && isNumber(b));
}

function isNumber(kind: ValueKind): boolean {
  return kind === 'Integer' || kind === 'Decimal';
}

function equalQuantity(left: Item, right: Item): boolean | undefined {
  const a = quantityOf(left);
  const b = quantityOf(right);
  if (a === undefined || b === undefined) {
    return deepEqual(left.value ?? null, right.value ?? null);
  }
  const order = compareQuantities(a, b);
  return order === undefined ? undefined : order === 0;
}

function equalTemporal(left: Item, right: Item, frame: Frame): boolean | undefined {
  const a = temporalOf(left);
  const b = temporalOf(right);
  if (a === undefined || b === undefined) return left.value === right.value;
  if (a.isTime !== b.isTime) return false;
  const order = compareDateTimes(a, b, frame.focus.offsetMinutes);
  return order === undefined ? undefined : order === 0;
}

/** Returns whether two JSON values are the same, whatever the order of their members. */
export function deepEqual(left: JsonValue, right: JsonValue): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    if (!Array.isArray(right) || left.length !== right.length) return false;
    return left.every((value: JsonValue, index) => deepEqual(value, right[index] as JsonValue));
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => {
    const other = right[name];
    return other !== undefined && deepEqual(left[name] as JsonValue, other);
  });
}

/** Returns a text that equal items share, so that a set finds them; items of one text may yet differ. */
export function hashOf(item: Item): string {
  const { value } = item;
  if (typeof value === 'string') {
    const kind = kindOf(item);
    return kind !== undefined && isTemporal(kind) ? '@' : `s${value}`;
  }
  if (typeof value === 'number') return `n${value}`;
  if (typeof value === 'boolean') return value ? 't' : 'f';
  return isJsonObject(value) ? `o${Object.keys(value).length}` : '-';
}

/** Returns the items without those that equal an earlier one. */
export function distinctItems(items: Items, frame: Frame): Items {
  if (items.length < 2) return items;
  const seen = new Map<string, Item[]>();
  const bucketOf = items.some((item) => kindOf(item) === 'Quantity') ? measureBucket : hashOf;
  return items.filter((item) => {
    const hash = bucketOf(item);
    const bucket = seen.get(hash);
    if (bucket === undefined) {
      seen.set(hash, [item]);
      return true;
    }
    if (bucket.some((other) => equalItem(other, item, frame) === true)) return false;
    bucket.push(item);
    return true;
  });
}

// Quantities of different units can be equal, and a number is a quantity of the unit 1.
function measureBucket(item: Item): string {
  const isMeasure = typeof item.value === 'number' || kindOf(item) === 'Quantity';
  return isMeasure ? 'q' : hashOf(item);
}

/** Returns whether an item of `items` equals `item`. */
export function containsItem(items: Items, item: Item, frame: Frame): boolean {
  return items.some((other) => equalItem(other, item, frame) === true);
}
