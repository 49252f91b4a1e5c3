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
  const kind = kindOf(left);
  const other = kindOf(right);
  if (kind === 'Quantity' || other === 'Quantity') return compareAsQuantities(left, right);
  if (kind !== undefined && other !== undefined && isTemporal(kind) && isTemporal(other)) {
    const x = temporalOf(left);
    const y = temporalOf(right);
    if (x === undefined || y === undefined) return undefined;
    if (x.isTime === y.isTime) return compareDateTimes(x, y, frame.focus.offsetMinutes ?? 0);
  }
  if (typeof a === 'string' && typeof b === 'string' && kind === other && kind === 'String') {
    return a < b ? -1 : a === b ? 0 : 1;
  }
  throw expressionError(`${left.type.name} and ${right.type.name} cannot be compared`);
}

function compareAsQuantities(left: Item, right: Item): number | undefined {
  const a = quantityOf(left);
  const b = quantityOf(right);
  if (a !== undefined && b !== undefined) return compareQuantities(a, b);
  if (typeof left.value === 'string' || typeof right.value === 'string') {
    throw expressionError(`${left.type.name} and ${right.type.name} cannot be compared`);
  }
  return undefined;
}
