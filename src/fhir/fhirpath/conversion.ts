import { parseDateTime, parseTime } from './date-time.ts';
import { textOf } from './decimal.ts';
import { expressionError } from './expression-error.ts';
import {
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
  integerItems,
  kindOf,
  none,
  stringItems,
  systemItem,
  type Item,
  type Items,
} from './item.ts';
import { calendarWord, quantityItems, quantityOf } from './quantity.ts';
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
    Object.entries(converters).flatMap(([name, convert]) => {
      const type = systemTypes[name as keyof typeof systemTypes];
      const args = name === 'Quantity' ? 1 : 0;
      return [
        [`to${name}`, rule(0, args, (call) => ofSingle(call, [type], convert))],
        [`convertsTo${name}`, rule(0, args, (call) => converts(call, convert))],
      ];
    }),
  ),
};

function converts({ input }: Call, convert: Convert): Expression {
  return booleanExpression((frame) => {
    const item = singleOf(input.items(frame));
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
      frame.self = singleOf(input.items(frame)) ?? self;
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

function toBoolean({ value }: Item): Items {
  if (typeof value === 'boolean') return booleanItems(value);
  if (typeof value === 'number')
    return value === 0 || value === 1 ? booleanItems(value === 1) : none;
  if (typeof value !== 'string') return none;
  const lower = value.toLowerCase();
  return Object.hasOwn(truths, lower) ? booleanItems(truths[lower]) : none;
}

function toInteger({ value }: Item): Items {
  if (typeof value === 'boolean') return integerItems(value ? 1 : 0);
  if (typeof value === 'number') return Number.isInteger(value) ? integerItems(value) : none;
  if (typeof value !== 'string' || !/^[+-]?\d{1,10}$/.test(value)) return none;
  const number = Number(value);
  return Math.abs(number) <= 2_147_483_648 ? integerItems(number) : none;
}

function toDecimal(item: Item, frame: Frame): Items {
  const { value } = item;
  if (typeof value === 'boolean') return decimalItems(value ? '1.0' : '0.0');
  if (typeof value === 'number') return decimalItems(textOf(item, frame.focus.numberTexts));
  if (typeof value !== 'string' || !/^[+-]?\d+(?:\.\d+)?$/.test(value)) return none;
  return decimalItems(value.replace(/^\+/, ''));
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

const quantityPattern = /^([+-]?\d+(?:\.\d+)?)(?:\s+(?:'([^']+)'|([A-Za-z]+)))?$/;

function toQuantity(item: Item): Items {
  const { value } = item;
  if (typeof value === 'boolean') return toQuantity(systemItem(systemTypes.Integer, value ? 1 : 0));
  if (typeof value !== 'string') {
    const quantity = quantityOf(item);
    return quantity === undefined ? none : quantityItems(quantity);
  }
  const match = quantityPattern.exec(value);
  const [, digits, code, word] = match ?? [];
  const calendar = word === undefined ? undefined : calendarWord(word);
  if (digits === undefined || (word !== undefined && calendar === undefined)) return none;
  const unit = code ?? calendar ?? '1';
  const text = digits.replace(/^\+/, '');
  return quantityItems({ value: Number(text), unit, isCalendar: calendar !== undefined }, text);
}
