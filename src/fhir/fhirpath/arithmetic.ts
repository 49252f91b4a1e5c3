import { addToDateTime } from './date-arithmetic.ts';
import { calculate, divide, textOf } from './decimal.ts';
import { isTemporal, temporalOf } from './equality.ts';
import { expressionError } from './expression-error.ts';
import { singleOf, type Expression, type Frame } from './expression.ts';
import {
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
  convertedValue,
  isSameUnit,
  quantityItems,
  quantityOf,
  scaleOf,
  type Quantity,
} from './quantity.ts';
import { formatDateTime } from './date-time.ts';
import { systemTypes } from './type.ts';

/**
 * Returns `left operator right` for `+ - * / div mod &`.
 *
 * @see http://hl7.org/fhirpath/N1/#math
 */
export function arithmeticExpression(
  operator: string,
  left: Expression,
  right: Expression,
): Expression {
  return {
    types: undefined,
    isMany: false,
    items: (frame) => {
      const a = singleOf(left.items(frame));
      const b = singleOf(right.items(frame));
      if (operator === '&') return stringItems(textOrNothing(a) + textOrNothing(b));
      if (a === undefined || b === undefined) return none;
      return applyOperator(operator, a, b, frame);
    },
  };
}

function textOrNothing(item: Item | undefined): string {
  if (item?.value === undefined) return '';
  const { type, value } = item;
  if (typeof value === 'string' && kindOf(item) === 'String') return value;
  throw expressionError(`& joins strings, not ${type.name}`);
}

function applyOperator(operator: string, a: Item, b: Item, frame: Frame): Items {
  if (a.value === undefined || b.value === undefined) return none;
  const areNumbers = typeof a.value === 'number' && typeof b.value === 'number';
  return areNumbers ? applyToNumbers(operator, a, b, frame) : applyToOthers(operator, a, b);
}

function applyToOthers(operator: string, a: Item, b: Item): Items {
  const kind = kindOf(a);
  const other = kindOf(b);
  if (other === 'Quantity' && kind !== undefined && isTemporal(kind)) {
    return applyToDate(operator, a, kind, b);
  }
  if (kind === 'Quantity' || other === 'Quantity') return applyToQuantities(operator, a, b);
  if (operator === '+' && kind === 'String' && other === 'String') {
    return stringItems(textOrNothing(a) + textOrNothing(b));
  }
  throw expressionError(`${operator} does not apply to ${a.type.name} and ${b.type.name}`);
}

function applyToNumbers(operator: string, a: Item, b: Item, frame: Frame): Items {
  const areIntegers = kindOf(a) === 'Integer' && kindOf(b) === 'Integer';
  const left = textOf(a, frame.focus.numberTexts);
  const right = textOf(b, frame.focus.numberTexts);
  const result = calculated(operator, left, right);
  if (result === undefined) return none;
  if (operator === 'div' || (areIntegers && operator !== '/')) {
    return integerItems(inIntegerRange(Number(result)));
  }
  return decimalItems(result);
}

function calculated(operator: string, left: string, right: string): string | undefined {
  switch (operator) {
    case '+':
    case '-':
    case '*':
      return calculate(operator, left, right);
    case '/':
    case 'div':
    case 'mod':
      return divide(operator, left, right);
    default:
      return undefined;
  }
}

function applyToDate(
  operator: string,
  a: Item,
  kind: 'Date' | 'DateTime' | 'Time',
  b: Item,
): Items {
  const start = temporalOf(a);
  const quantity = quantityOf(b);
  if ((operator !== '+' && operator !== '-') || typeof b.value === 'number') {
    throw expressionError(`${operator} does not apply to ${a.type.name} and ${b.type.name}`);
  }
  if (start === undefined || quantity === undefined) return none;
  const sign = operator === '+' ? 1 : -1;
  const moved = addToDateTime(start, kind, { ...quantity, value: sign * quantity.value });
  if (moved === undefined) return none;
  return [systemItem(systemTypes[kind], formatDateTime(moved))];
}

function applyToQuantities(operator: string, a: Item, b: Item): Items {
  const left = quantityOf(a);
  const right = quantityOf(b);
  if (left === undefined || right === undefined) {
    if (isMeasure(a) && isMeasure(b)) return none;
    throw expressionError(`${operator} does not apply to ${a.type.name} and ${b.type.name}`);
  }
  if (operator === '+' || operator === '-') return sumOfQuantities(operator, left, right);
  const result = calculated(operator, String(left.value), String(right.value));
  if (result === undefined) return none;
  const value = Number(result);
  if (right.unit === '1') return quantityItems({ ...left, value });
  const unit =
    operator === '*' ? productOf(left.unit, right.unit) : quotientOf(left.unit, right.unit);
  return quantityItems({ value, unit, isCalendar: false });
}

function quotientOf(left: string, right: string): string {
  return left === right ? '1' : `${left}/${grouped(right)}`;
}

function productOf(left: string, right: string): string {
  if (left === '1') return right;
  const isSquare = left === right && /^[A-Za-z]+$/.test(left);
  return isSquare ? `${left}2` : `${left}.${grouped(right)}`;
}

/** A unit of several terms is one operand of a product only in parentheses. */
function grouped(unit: string): string {
  return /[./]/.test(unit) ? `(${unit})` : unit;
}

function isMeasure(item: Item): boolean {
  return typeof item.value === 'number' || kindOf(item) === 'Quantity';
}

/** Adds in the finer unit when both measure the same; two scales of degrees do not add. */
function sumOfQuantities(operator: '+' | '-', left: Quantity, right: Quantity): Items {
  const [a, b, unit] = inOneUnit(left, right) ?? [];
  if (a === undefined || b === undefined || unit === undefined) return none;
  return quantityItems({ ...unit, value: Number(calculate(operator, String(a), String(b))) });
}

function inOneUnit(
  left: Quantity,
  right: Quantity,
): readonly [number, number, Quantity] | undefined {
  if (isSameUnit(left, right)) return [left.value, right.value, left];
  const isFiner = (scaleOf(right)?.factor ?? 0) < (scaleOf(left)?.factor ?? 0);
  const unit = isFiner ? right : left;
  const moved = isFiner ? convertedValue(left, right) : convertedValue(right, left);
  if (moved === undefined) return undefined;
  return isFiner ? [moved, right.value, unit] : [left.value, moved, unit];
}

/**
 * Returns the operand with its sign changed for `-`.
 *
 * @see http://hl7.org/fhirpath/N1/#operator-precedence
 */
export function signExpression(operator: '+' | '-', operand: Expression): Expression {
  return {
    types: operand.types,
    isMany: false,
    items: (frame) => {
      const item = singleOf(operand.items(frame));
      if (item?.value === undefined) return none;
      const quantity = quantityOf(item);
      if (quantity === undefined) throw expressionError(`A sign on ${item.type.name}`);
      if (operator === '+') return [item];
      if (typeof item.value !== 'number') {
        return quantityItems({ ...quantity, value: -quantity.value });
      }
      if (kindOf(item) === 'Integer') return integerItems(0 - item.value);
      return decimalItems(calculate('*', '-1', textOf(item, frame.focus.numberTexts)));
    },
  };
}
