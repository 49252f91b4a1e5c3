import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { isJsonObject } from '../json/json-value.ts';
import { systemTypes, type Type } from './type.ts';

/**
 * One value of a collection. `value` is undefined for a primitive that has only extensions; `parent`
 * and `name` say where its digits are; `text` are the digits of a System decimal.
 */
export interface Item {
  readonly type: Type;
  readonly value: JsonValue | undefined;
  readonly sibling: JsonObject | undefined;
  readonly parent: object | undefined;
  readonly name: string | number | undefined;
  readonly text: string | undefined;
}

/** A collection; order is kept. */
export type Items = readonly Item[];

/** The empty collection. */
export const none: Items = Object.freeze([]);

/** Returns an item of System that is no part of a resource. */
export function systemItem(type: Type, value: JsonValue, text?: string): Item {
  return { type, value, sibling: undefined, parent: undefined, name: undefined, text };
}

const trueItems: Items = Object.freeze([systemItem(systemTypes.Boolean, true)]);
const falseItems: Items = Object.freeze([systemItem(systemTypes.Boolean, false)]);

/** Returns the collection of a three-valued boolean. */
export function booleanItems(value: boolean | undefined): Items {
  if (value === undefined) return none;
  return value ? trueItems : falseItems;
}

/** Returns a collection of one string, or none. */
export function stringItems(value: string | undefined): Items {
  return value === undefined ? none : [systemItem(systemTypes.String, value)];
}

/** Returns a collection of one integer, or none. */
export function integerItems(value: number | undefined): Items {
  return value === undefined ? none : [systemItem(systemTypes.Integer, value)];
}

/** Returns `value` if an Integer of FHIRPath, which has 32 bits, can have it. */
export function inIntegerRange(value: number): number | undefined {
  return value >= -2_147_483_648 && value <= 2_147_483_647 ? value : undefined;
}

/** Returns a collection of one decimal from its digits, or none. */
export function decimalItems(text: string | undefined): Items {
  return text === undefined ? none : [systemItem(systemTypes.Decimal, Number(text), text)];
}

/** The kinds of values that operators tell apart. */
export type ValueKind =
  'Boolean' | 'String' | 'Integer' | 'Decimal' | 'Date' | 'DateTime' | 'Time' | 'Quantity';

const kindOfPrimitive: Readonly<Record<string, ValueKind>> = {
  boolean: 'Boolean',
  integer: 'Integer',
  unsignedInt: 'Integer',
  positiveInt: 'Integer',
  decimal: 'Decimal',
  date: 'Date',
  dateTime: 'DateTime',
  instant: 'DateTime',
  time: 'Time',
};

/**
 * Returns which System value an item converts to implicitly, or undefined for a complex one and for a
 * primitive without value.
 *
 * @see https://hl7.org/fhir/R4/fhirpath.html#types
 */
export function kindOf(item: Item): ValueKind | undefined {
  const { type, value } = item;
  if (type.namespace === 'System') {
    return type === systemTypes.TypeInfo ? undefined : (type.name as ValueKind);
  }
  if (type.isPrimitive) return primitiveKind(type.name, value);
  if (type.lineage.includes('Quantity')) return 'Quantity';
  return type.isOpen ? guessedKind(value) : undefined;
}

const jsonTypeOf: Readonly<Partial<Record<ValueKind, string>>> = {
  Boolean: 'boolean',
  Integer: 'number',
  Decimal: 'number',
};

function primitiveKind(name: string, value: JsonValue | undefined): ValueKind | undefined {
  const kind = kindOfPrimitive[name] ?? 'String';
  // Content can be anything: a value of the wrong JSON kind is no value of its type.
  if (typeof value !== (jsonTypeOf[kind] ?? 'string')) return undefined;
  return kind === 'Integer' && !Number.isInteger(value) ? 'Decimal' : kind;
}

function guessedKind(value: JsonValue | undefined): ValueKind | undefined {
  if (typeof value === 'string') return 'String';
  if (typeof value === 'boolean') return 'Boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'Integer' : 'Decimal';
  return undefined;
}

/** Returns the object that holds the elements of an item: a primitive's are in its sibling. */
export function elementsOf(item: Item): JsonObject | undefined {
  if (isJsonObject(item.value)) return item.value;
  return item.sibling;
}

/** Returns whether the item has a value and not only extensions. */
export function hasValue(item: Item): boolean {
  return item.value !== undefined && item.value !== null;
}
