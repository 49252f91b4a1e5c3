import { equalItems } from './equality.ts';
import { equivalentItems } from './equivalence.ts';
import { booleanExpression, type Expression, type Frame, type Leaf } from './expression.ts';
import { kindOf, systemItem, type Item } from './item.ts';
import type { Syntax } from './syntax.ts';
import type { Type } from './type.ts';

/** The two sides of an operator, and how the right one was written. */
export interface Sides {
  readonly left: Expression;
  readonly right: Expression;
  readonly rightSyntax: Syntax;
}

/**
 * Returns `=`, `!=`, `~` or `!~`.
 *
 * @see http://hl7.org/fhirpath/N1/#equality
 */
export function equalityExpression(operator: string, sides: Sides): Expression {
  const { left, right } = sides;
  if (operator === '~' || operator === '!~') {
    const wanted = operator === '~';
    return booleanExpression(
      (frame) => equivalentItems(left.items(frame), right.items(frame), frame) === wanted,
    );
  }
  const equal =
    equalLiteral(sides) ??
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
function equalLiteral({ left, right, rightSyntax }: Sides): Decide | undefined {
  const { probe, types, isMany } = left;
  if (probe === undefined || isMany || types === undefined || types.length === 0) return undefined;
  const literal = literalText(rightSyntax, right);
  if (literal === undefined) return undefined;
  const sample = (type: Type): Item => systemItem(type, literal);
  const wanted = typeof literal === 'boolean' ? 'Boolean' : 'String';
  if (!types.every((type) => type.isPrimitive && kindOf(sample(type)) === wanted)) return undefined;
  const leaf: Leaf<boolean> = (value) =>
    value === undefined || value === null ? undefined : value === literal;
  return probe(leaf);
}

function literalText(syntax: Syntax, right: Expression): string | boolean | undefined {
  if (syntax.kind === 'literal') {
    const { value, type } = syntax;
    return typeof value === 'boolean' || (typeof value === 'string' && type === 'String')
      ? value
      : undefined;
  }
  const value = right.constant?.[0]?.value;
  return syntax.kind === 'variable' && typeof value === 'string' ? value : undefined;
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
