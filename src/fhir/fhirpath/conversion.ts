import { parseDateTime, parseTime } from './date-time.ts';
import { textOf } from './decimal.ts';
import { expressionError } from './expression-error.ts';
import {
  argument,
  booleanExpression,
  ofSingle,
  rule,
  singleOf,
  truthOfItems,
  type Call,
  type Expression,
  type Frame,
  type FunctionTable,
} from './expression.ts';
import {
  booleanItems,
  decimalItems,
  inIntegerRange,
  integerItems,
  kindOf,
  none,
  stringItems,
  systemItem,
  type Item,
  type Items,
} from './item.ts';
import {
  calendarWord,
  convertedValue,
  isSameUnit,
  quantityItems,
  quantityOf,
  type Quantity,
} from './quantity.ts';
import { systemTypes } from './type.ts';

type Convert = (item: Item, frame: Frame) => Items;

const converters: Readonly<Record<string, Convert>> = {
  Boolean: toBoolean,
  Integer: toInteger,
  Decimal: toDecimal,
  String: toText,
  Date: toDate,
  DateTime: toDateTime,
  Time: toTime,
  Quantity: toQuantity,
};

/** @see http://hl7.org/fhirpath/N1/#conversion */
export const conversionFunctions: FunctionTable = {
  iif: rule(2, 3, iif),
  ...Object.fromEntries(
    Object.entries(converters).flatMap(([name, convert]) => [
      [`to${name}`, rule(0, argsOf(name), (call) => to(call, name, convert))],
      [`convertsTo${name}`, rule(0, argsOf(name), (call) => converts(call, name, convert))],
    ]),
  ),
};

function argsOf(name: string): number {
  return name === 'Quantity' ? 1 : 0;
}

function to(call: Call, name: string, convert: Convert): Expression {
  const type = systemTypes[name as keyof typeof systemTypes];
  return ofSingle(call, [type], name === 'Quantity' ? quantityConverter(call) : convert);
}

function converts(call: Call, name: string, plain: Convert): Expression {
  const convert = name === 'Quantity' ? quantityConverter(call) : plain;
  return booleanExpression((frame) => {
    const item = singleOf(call.input.items(frame));
    return item === undefined ? undefined : convert(item, frame).length > 0;
  });
}

/** Only the branch that is chosen is evaluated. */
function iif(call: Call): Expression {
  const { input, scope } = call;
  const inner = { ...scope, self: { types: input.types } };
  const compiled = call.args.map((syntax) => scope.compile(syntax, inner));
  const [criterion, whenTrue, whenFalse] = compiled;
  if (criterion === undefined || whenTrue === undefined) throw expressionError('iif()', call.at);
  if (call.args[0]?.kind === 'literal' && call.args[0].type !== 'Boolean') {
    throw expressionError('The criterion of iif() is no boolean', call.at);
  }
  return {
    types: eitherTypes(whenTrue, whenFalse),
    isMany: whenTrue.isMany || whenFalse?.isMany === true,
    items: (frame) => {
      const { self } = frame;
      frame.self = singleOf(input.items(frame));
      const holds = truthOfItems(criterion.items(frame));
      const items = (holds === true ? whenTrue : whenFalse)?.items(frame) ?? none;
      frame.self = self;
      return items;
    },
  };
}

function eitherTypes(one: Expression, other: Expression | undefined): Expression['types'] {
  const second = other === undefined ? [] : other.types;
  if (one.types === undefined || second === undefined) return undefined;
  return [...new Set([...one.types, ...second])];
}

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  t: true,
  yes: true,
  y: true,
  '1': true,
  '1.0': true,
  false: false,
  f: false,
  no: false,
  n: false,
  '0': false,
  '0.0': false,
};

/** Dates are text in JSON, and convert to nothing but text and other dates. */
function textValue(item: Item): string | undefined {
  return typeof item.value === 'string' && kindOf(item) === 'String' ? item.value : undefined;
}

function toBoolean(item: Item): Items {
  const { value } = item;
  if (typeof value === 'boolean') return booleanItems(value);
  if (typeof value === 'number')
    return value === 0 || value === 1 ? booleanItems(value === 1) : none;
  const lower = textValue(item)?.toLowerCase() ?? '';
  return Object.hasOwn(truths, lower) ? booleanItems(truths[lower]) : none;
}

function toInteger(item: Item): Items {
  const { value } = item;
  if (typeof value === 'boolean') return integerItems(value ? 1 : 0);
  if (typeof value === 'number') return kindOf(item) === 'Integer' ? integerItems(value) : none;
  const text = textValue(item) ?? '';
  return /^[+-]?\d+$/.test(text) ? integerItems(inIntegerRange(Number(text))) : none;
}

function toDecimal(item: Item, frame: Frame): Items {
  const { value } = item;
  if (typeof value === 'boolean') return decimalItems(value ? '1.0' : '0.0');
  if (typeof value === 'number') return decimalItems(textOf(item, frame.focus.numberTexts));
  const text = textValue(item) ?? '';
  return /^[+-]?\d+(?:\.\d+)?$/.test(text) ? decimalItems(text.replace(/^\+/, '')) : none;
}

function toText(item: Item, frame: Frame): Items {
  const { value } = item;
  if (typeof value === 'string') return stringItems(value);
  if (typeof value === 'boolean') return stringItems(String(value));
  if (typeof value === 'number') return stringItems(textOf(item, frame.focus.numberTexts));
  const quantity = kindOf(item) === 'Quantity' ? quantityOf(item) : undefined;
  if (quantity === undefined) return none;
  const digits = item.text ?? String(quantity.value);
  const isPlural = quantity.isCalendar && quantity.value !== 1;
  const word = isPlural ? `${quantity.unit}s` : quantity.unit;
  return stringItems(quantity.isCalendar ? `${digits} ${word}` : `${digits} '${quantity.unit}'`);
}

function toDate({ value }: Item): Items {
  if (typeof value !== 'string' || parseDateTime(value) === undefined) return none;
  return [systemItem(systemTypes.Date, value.split('T')[0] ?? value)];
}

function toDateTime({ value }: Item): Items {
  if (typeof value !== 'string' || parseDateTime(value) === undefined) return none;
  return [systemItem(systemTypes.DateTime, value)];
}

function toTime({ value }: Item): Items {
  if (typeof value !== 'string' || parseTime(value) === undefined) return none;
  return [systemItem(systemTypes.Time, value)];
}

const quantityPattern = /^([+-]?\d+(?:\.\d+)?)(?:\s*(?:'([^']+)'|([A-Za-z]+)))?$/;

function toQuantity(item: Item): Items {
  const { value } = item;
  if (typeof value === 'boolean') return toQuantity(systemItem(systemTypes.Integer, value ? 1 : 0));
  if (typeof value === 'string') return quantityOfText(textValue(item) ?? '');
  const quantity = quantityOf(item);
  return quantity === undefined ? none : quantityItems(quantity, item.text);
}

function quantityOfText(value: string): Items {
  const [, digits, code, word] = quantityPattern.exec(value) ?? [];
  const calendar = word === undefined ? undefined : calendarWord(word);
  if (digits === undefined || (word !== undefined && calendar === undefined)) return none;
  const unit = code ?? calendar ?? '1';
  const text = digits.replace(/^\+/, '');
  return quantityItems({ value: Number(text), unit, isCalendar: calendar !== undefined }, text);
}

/** With a unit, the quantity is converted to it; empty when it measures something else. */
function quantityConverter(call: Call): Convert {
  const unit = call.args.length > 0 ? argument(call, 0) : undefined;
  if (unit === undefined) return toQuantity;
  return (item, frame) => {
    const wanted = singleOf(unit.items(frame));
    if (wanted === undefined) return none;
    if (typeof wanted.value !== 'string') throw expressionError(`${call.name}() needs a unit`);
    const [made] = toQuantity(item);
    const quantity = made && quantityOf(made);
    return quantity === undefined ? none : inUnit(quantity, wanted.value);
  };
}

function inUnit(quantity: Quantity, name: string): Items {
  const word = calendarWord(name);
  const unit = { value: 1, unit: word ?? name, isCalendar: word !== undefined };
  const value = isSameUnit(quantity, unit) ? quantity.value : convertedValue(quantity, unit);
  return value === undefined ? none : quantityItems({ ...unit, value });
}
