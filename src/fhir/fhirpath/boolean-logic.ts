import { booleanExpression, truthOf, type Expression } from './expression.ts';

type Truth = boolean | undefined;

/**
 * Returns `left operator right` for `and or xor implies`, three-valued; the right side is evaluated
 * only where it can matter.
 *
 * @see http://hl7.org/fhirpath/N1/#boolean-logic
 */
export function logicExpression(
  operator: string,
  leftExpression: Expression,
  rightExpression: Expression,
): Expression {
  const left = truthOf(leftExpression);
  const right = truthOf(rightExpression);
  switch (operator) {
    case 'and':
      return booleanExpression((frame) => {
        const a = left(frame);
        return a === false ? false : and(a, right(frame));
      });
    case 'or':
      return booleanExpression((frame) => {
        const a = left(frame);
        return a === true ? true : or(a, right(frame));
      });
    case 'implies':
      return booleanExpression((frame) => {
        const a = left(frame);
        return a === false ? true : implies(a, right(frame));
      });
    default:
      return booleanExpression((frame) => {
        const a = left(frame);
        const b = right(frame);
        return a === undefined || b === undefined ? undefined : a !== b;
      });
  }
}

function and(a: Truth, b: Truth): Truth {
  if (b === false) return false;
  return a === true && b === true ? true : undefined;
}

function or(a: Truth, b: Truth): Truth {
  if (b === true) return true;
  return a === false && b === false ? false : undefined;
}

function implies(a: Truth, b: Truth): Truth {
  if (b === true) return true;
  return a === true ? b : undefined;
}
