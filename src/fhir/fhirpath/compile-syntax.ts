import { arithmeticExpression, signExpression } from './arithmetic.ts';
import { logicExpression } from './boolean-logic.ts';
import { membershipExpression, unionExpression } from './combining.ts';
import { compareExpression } from './comparison.ts';
import { parseDateTime, parseTime } from './date-time.ts';
import { equalityExpression } from './equality-operator.ts';
import { expressionError } from './expression-error.ts';
import { constantExpression, type Expression, type Scope } from './expression.ts';
import { compileCall } from './functions.ts';
import { integerItems, none, systemItem, type Items } from './item.ts';
import { memberStep, selfExpression } from './path.ts';
import { calendarWord, quantityItems } from './quantity.ts';
import { indexerExpression } from './subsetting.ts';
import type {
  BinarySyntax,
  CallSyntax,
  LiteralSyntax,
  MemberSyntax,
  Syntax,
  TypeSyntax,
} from './syntax.ts';
import { isExpression, ofTypeExpression } from './type-operator.ts';
import { isKindOf, systemTypes, type Type } from './type.ts';
import { variableExpression, type RootTypes } from './variable.ts';

/** Returns the compiler of syntax trees below one root; it throws `ExpressionError`. */
export function createCompiler(roots: RootTypes): Scope['compile'] {
  const compile: Scope['compile'] = (syntax, scope) => {
    if (isOperator(syntax)) return compileOperator(syntax, scope);
    switch (syntax.kind) {
      case 'literal':
        return constantExpression(literalItems(syntax), [systemTypes[syntax.type]]);
      case 'empty':
        return constantExpression(none, []);
      case 'this':
      case 'index':
      case 'total':
        return specialExpression(syntax.kind, scope);
      case 'variable':
        return variableExpression(syntax.name, scope, roots);
      case 'member':
        return compileMember(syntax, scope);
      case 'call':
        return compileFunction(syntax, scope);
    }
  };
  return compile;
}

function compileFunction(syntax: CallSyntax, scope: Scope): Expression {
  const { name, args, at, input } = syntax;
  const from = input === undefined ? selfExpression(scope) : scope.compile(input, scope);
  return compileCall({ name, args, at, scope: plain(scope), input: from });
}

function compileType({ operator, operand, type, at }: TypeSyntax, scope: Scope): Expression {
  const compiled = scope.compile(operand, scope);
  return operator === 'is'
    ? isExpression(compiled, type, scope, at)
    : ofTypeExpression(compiled, type, scope, at);
}

function plain(scope: Scope): Scope {
  return scope.isAlternative ? { ...scope, isAlternative: false } : scope;
}

type OperatorSyntax = Extract<Syntax, { kind: 'indexer' | 'unary' | 'binary' | 'type' }>;

function isOperator(syntax: Syntax): syntax is OperatorSyntax {
  return ['indexer', 'unary', 'binary', 'type'].includes(syntax.kind);
}

function compileOperator(syntax: OperatorSyntax, scope: Scope): Expression {
  switch (syntax.kind) {
    case 'indexer': {
      const input = scope.compile(syntax.input, scope);
      return indexerExpression(input, scope.compile(syntax.index, plain(scope)));
    }
    case 'unary':
      return signExpression(syntax.operator, scope.compile(syntax.operand, plain(scope)));
    case 'binary':
      return compileBinary(syntax, scope);
    case 'type':
      return compileType(syntax, scope);
  }
}

function specialExpression(kind: 'this' | 'index' | 'total', scope: Scope): Expression {
  if (kind === 'this') return selfExpression(scope);
  if (kind === 'total') return { types: undefined, isMany: true, items: ({ total }) => total };
  const items: Expression['items'] = ({ index }) => integerItems(index);
  return { types: [systemTypes.Integer], isMany: false, items };
}

function literalItems(syntax: LiteralSyntax): Items {
  const { type, value, text, at } = syntax;
  if (type === 'Quantity') {
    const unit = syntax.unit ?? '1';
    const word = syntax.isCalendar === true ? calendarWord(unit) : undefined;
    const isCalendar = word !== undefined;
    return quantityItems({ value: Number(value), unit: word ?? unit, isCalendar }, text);
  }
  if ((type === 'Date' || type === 'DateTime') && parseDateTime(text) === undefined) {
    throw expressionError(`There is no such date as ${text}`, at);
  }
  if (type === 'Time' && parseTime(text) === undefined) {
    throw expressionError(`There is no such time as ${text}`, at);
  }
  return [systemItem(systemTypes[type], value, type === 'Decimal' ? text : undefined)];
}

function compileMember(syntax: MemberSyntax, scope: Scope): Expression {
  const { name, input, at } = syntax;
  if (input !== undefined) {
    const root = namespacedType(syntax, scope);
    return root ?? memberStep(scope.compile(input, scope), name, at);
  }
  const self = selfExpression(scope);
  const isElement = scope.self.types?.some((type) => type.elements().has(name)) === true;
  if (isElement || !/^[A-Z]/.test(name)) return memberStep(self, name, at);
  const type = scope.model.type(name);
  return type === undefined ? memberStep(self, name, at) : rootStep(self, type, scope, at);
}

/** `FHIR.Patient` at the start of a path. */
function namespacedType(syntax: MemberSyntax, scope: Scope): Expression | undefined {
  const { input, name, at } = syntax;
  if (input?.kind !== 'member' || input.input !== undefined || input.name !== 'FHIR') {
    return undefined;
  }
  const type = scope.model.type(name);
  return type === undefined ? undefined : rootStep(selfExpression(scope), type, scope, at);
}

/**
 * The name of a type at the start of a path is `$this` if that is of the type. A path of another type
 * is an error, unless it is one of several alternatives as in search parameters of many types.
 */
function rootStep(self: Expression, type: Type, scope: Scope, at: number): Expression {
  const { types } = self;
  if (types?.every((one) => isKindOf(one, type)) === true) return self;
  const isPossible = types?.some((one) => isKindOf(type, one) || isKindOf(one, type)) ?? true;
  if (!isPossible) {
    if (scope.isAlternative) return constantExpression(none, []);
    throw expressionError(`${type.name} is not the type of the context`, at);
  }
  return {
    types: [type],
    isMany: false,
    items: (frame) =>
      frame.self !== undefined && isKindOf(frame.self.type, type) ? [frame.self] : none,
  };
}

function compileBinary(syntax: BinarySyntax, scope: Scope): Expression {
  const { operator } = syntax;
  const inner = operator === '|' ? { ...scope, isAlternative: true } : plain(scope);
  const left = scope.compile(syntax.left, inner);
  const right = scope.compile(syntax.right, inner);
  const join = operators[operator] ?? arithmeticExpression;
  return join(operator, left, right);
}

type Operator = (operator: string, left: Expression, right: Expression) => Expression;

const operators: Readonly<Record<string, Operator>> = {
  '|': (_, left, right) => unionExpression(left, right),
  '=': equalityExpression,
  '!=': equalityExpression,
  '~': equalityExpression,
  '!~': equalityExpression,
  '<': compareExpression,
  '<=': compareExpression,
  '>': compareExpression,
  '>=': compareExpression,
  in: (_, left, right) => membershipExpression(left, right),
  contains: (_, left, right) => membershipExpression(right, left),
  and: logicExpression,
  or: logicExpression,
  xor: logicExpression,
  implies: logicExpression,
};
