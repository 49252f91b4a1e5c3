import { equalItems } from './equality.ts';
import { equivalentItems } from './equivalence.ts';
import { booleanExpression, type Expression, type Frame, type Leaf } from './expression.ts';
import { kindOf, systemItem, type Item } from './item.ts';
import { systemTypes, type Type } from './type.ts';

/**
 * Returns `=`, `!=`, `~` or `!~`.
 *
 * @see http://hl7.org/fhirpath/N1/#equality
 */
export function equalityExpression(
  operator: string,
  left: Expression,
  right: Expression,
): Expression {
  if (operator === '~' || operator === '!~') {
    const wanted = operator === '~';
    return booleanExpression(
      (frame) => equivalentItems(left.items(frame), right.items(frame), frame) === wanted,
    );
  }
  const equal =
    equalLiteral(left, right) ??
    equalTruths(left, right) ??
    ((frame: Frame) => equalItems(left.items(frame), right.items(frame), frame));
  if (operator === '=') return booleanExpression(equal);
  return booleanExpression((frame) => {
    const answer = equal(frame);
    return answer === undefined ? undefined : !answer;
  });
}

type Decide = (frame: Frame) => boolean | undefined;

/** A path to one string or boolean beside a literal: compared in place. */
function equalLiteral(left: Expression, right: Expression): Decide | undefined {
  const { probe, types, isMany } = left;
  if (probe === undefined || isMany || types === undefined || types.length === 0) return undefined;
  const literal = literalOf(right);
  if (literal === undefined) return undefined;
  const sample = (type: Type): Item => systemItem(type, literal);
  const wanted = typeof literal === 'boolean' ? 'Boolean' : 'String';
  if (!types.every((type) => type.isPrimitive && kindOf(sample(type)) === wanted)) return undefined;
  const leaf: Leaf<boolean> = (value) =>
    value === undefined || value === null ? undefined : value === literal;
  return probe(leaf);
}

function literalOf({ constant = [] }: Expression): string | boolean | undefined {
  const [item] = constant;
  if (constant.length !== 1 || item === undefined) return undefined;
  const { type, value } = item;
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' && type === systemTypes.String ? value : undefined;
}

function equalTruths(left: Expression, right: Expression): Decide | undefined {
  const { truth: a } = left;
  const { truth: b } = right;
  if (a === undefined || b === undefined) return undefined;
  return (frame) => {
    const x = a(frame);
    const y = b(frame);
    return x === undefined || y === undefined ? undefined : x === y;
  };
}
