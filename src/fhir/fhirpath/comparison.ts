import { compareDateTimes } from './date-time.ts';
import { isTemporal, temporalOf } from './equality.ts';
import { expressionError } from './expression-error.ts';
import { booleanExpression, singleOf, type Expression, type Frame } from './expression.ts';
import { kindOf, type Item } from './item.ts';
import { compareQuantities, quantityOf } from './quantity.ts';

const decisions: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/**
 * Returns `left < right` and its like; empty when a side is, or when precision does not decide.
 *
 * @see http://hl7.org/fhirpath/N1/#comparison
 */
export function compareExpression(
  operator: string,
  left: Expression,
  right: Expression,
): Expression {
  const decide = decisions[operator] as (order: number) => boolean;
  return booleanExpression((frame) => {
    const a = singleOf(left.items(frame));
    const b = singleOf(right.items(frame));
    if (a === undefined || b === undefined) return undefined;
    const order = compareItems(a, b, frame);
    return order === undefined ? undefined : decide(order);
  });
}

/**
 * Returns below 0, 0 or above 0; undefined when it cannot be decided or one has no value.
 * Throws when the types cannot be compared.
 */
export function compareItems(left: Item, right: Item, frame: Frame): number | undefined {
  const { value: a } = left;
  const { value: b } = right;
  if (a === undefined || b === undefined) return undefined;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(left, right, frame);
  if (kindOf(left) === 'Quantity' || kindOf(right) === 'Quantity') {
    return compareAsQuantities(left, right);
  }
  throw incomparable(left, right);
}

function incomparable(left: Item, right: Item) {
  return expressionError(`${left.type.name} and ${right.type.name} cannot be compared`);
}

function compareTexts(left: Item, right: Item, frame: Frame): number | undefined {
  const kind = kindOf(left);
  const other = kindOf(right);
  if (kind === undefined || other === undefined) return undefined;
  if (isTemporal(kind) && isTemporal(other)) return compareTemporals(left, right, frame);
  if (kind !== 'String' || other !== 'String') throw incomparable(left, right);
  return textOrder(left.value, right.value);
}

function textOrder(a: unknown, b: unknown): number {
  if (a === b) return 0;
  return typeof a === 'string' && typeof b === 'string' && a < b ? -1 : 1;
}

function compareTemporals(left: Item, right: Item, frame: Frame): number | undefined {
  const a = temporalOf(left);
  const b = temporalOf(right);
  if (a === undefined || b === undefined) return undefined;
  if (a.isTime !== b.isTime) throw incomparable(left, right);
  return compareDateTimes(a, b, frame.focus.offsetMinutes);
}

function compareAsQuantities(left: Item, right: Item): number | undefined {
  const a = quantityOf(left);
  const b = quantityOf(right);
  if (a !== undefined && b !== undefined) return compareQuantities(a, b);
  // One without a value, or with a comparator, is not less than anything; any other type is a mistake.
  const areMeasures = [left, right].every(
    (item) => typeof item.value === 'number' || kindOf(item) === 'Quantity',
  );
  if (!areMeasures) throw incomparable(left, right);
  return undefined;
}
