import { expressionError } from './expression-error.ts';
import { tokenize, type Token } from './lexer.ts';
import type { LiteralType, Syntax } from './syntax.ts';

/** Deeper expressions are refused, so that no stack overflows. */
const depthMax = 200;

/** Longer expressions are refused, in UTF-16 units. */
const lengthMax = 20_000;

/** Binding strength of the binary operators, from the grammar's order of alternatives. */
const precedence: Readonly<Record<string, number>> = {
  implies: 1,
  or: 2,
  xor: 2,
  and: 3,
  in: 4,
  contains: 4,
  '=': 5,
  '~': 5,
  '!=': 5,
  '!~': 5,
  '<': 6,
  '<=': 6,
  '>': 6,
  '>=': 6,
  '|': 7,
  is: 8,
  as: 8,
  '+': 9,
  '-': 9,
  '&': 9,
  '*': 10,
  '/': 10,
  div: 10,
  mod: 10,
};
const calendarUnit = /^(?:year|month|week|day|hour|minute|second|millisecond)s?$/;

interface Cursor {
  readonly tokens: readonly Token[];
  next: number;
  depth: number;
}

/**
 * Returns the syntax tree of an expression.
 * Throws an `ExpressionError` with the offset when it does not follow the grammar.
 *
 * @see http://hl7.org/fhirpath/N1/grammar.html
 */
export function parseFhirPath(text: string): Syntax {
  if (text.length > lengthMax) throw expressionError(`Longer than ${lengthMax} characters`);
  const cursor: Cursor = { tokens: tokenize(text), next: 0, depth: 0 };
  const syntax = parseExpression(cursor, 0);
  const rest = peek(cursor);
  if (rest.kind !== 'end') throw unexpected(rest);
  return syntax;
}

function peek(cursor: Cursor): Token {
  // The last token is `end`, and nothing reads beyond it.
  return cursor.tokens[cursor.next] as Token;
}

function take(cursor: Cursor): Token {
  const token = peek(cursor);
  if (token.kind !== 'end') cursor.next += 1;
  return token;
}

function unexpected(token: Token) {
  const what = token.kind === 'end' ? 'end of expression' : JSON.stringify(token.value);
  return expressionError(`Unexpected ${what}`, token.at);
}

function isSymbol(token: Token, symbol: string): boolean {
  return token.kind === 'symbol' && token.value === symbol;
}

function expect(cursor: Cursor, symbol: string): void {
  const token = take(cursor);
  if (!isSymbol(token, symbol)) throw unexpected(token);
}

function parseExpression(cursor: Cursor, strength: number): Syntax {
  cursor.depth += 1;
  if (cursor.depth > depthMax) throw expressionError('Nested too deeply', peek(cursor).at);
  let left = parseUnary(cursor);
  for (;;) {
    const token = peek(cursor);
    const operator = token.kind === 'symbol' || token.kind === 'word' ? token.value : '';
    const power = Object.hasOwn(precedence, operator) ? precedence[operator] : undefined;
    if (power === undefined || power <= strength) break;
    take(cursor);
    left =
      operator === 'is' || operator === 'as'
        ? { kind: 'type', operator, operand: left, type: parseTypeName(cursor), at: token.at }
        : { kind: 'binary', operator, left, right: parseExpression(cursor, power), at: token.at };
  }
  cursor.depth -= 1;
  return left;
}

function parseTypeName(cursor: Cursor): string {
  const first = parseName(take(cursor));
  if (!isSymbol(peek(cursor), '.')) return first;
  take(cursor);
  return `${first}.${parseName(take(cursor))}`;
}

function parseName(token: Token): string {
  if (token.kind !== 'word' && token.kind !== 'quoted') throw unexpected(token);
  return token.value;
}

/** The strength of a sign: above multiplication, below a dot. */
function parseUnary(cursor: Cursor): Syntax {
  const token = peek(cursor);
  if (!isSymbol(token, '-') && !isSymbol(token, '+')) return parsePostfix(cursor);
  take(cursor);
  cursor.depth += 1;
  if (cursor.depth > depthMax) throw expressionError('Nested too deeply', token.at);
  const operand = parseUnary(cursor);
  cursor.depth -= 1;
  return { kind: 'unary', operator: token.value === '-' ? '-' : '+', operand, at: token.at };
}

function parsePostfix(cursor: Cursor): Syntax {
  let left = parseTerm(cursor);
  for (;;) {
    const token = peek(cursor);
    if (isSymbol(token, '.')) {
      take(cursor);
      left = parseInvocation(cursor, left);
    } else if (isSymbol(token, '[')) {
      take(cursor);
      left = { kind: 'indexer', input: left, index: parseExpression(cursor, 0), at: token.at };
      expect(cursor, ']');
    } else {
      return left;
    }
  }
}

function parseInvocation(cursor: Cursor, input: Syntax | undefined): Syntax {
  const token = take(cursor);
  if (token.kind === 'symbol' && token.value.startsWith('$')) return parseSpecial(token);
  const name = parseName(token);
  const from = input === undefined ? {} : { input };
  if (!isSymbol(peek(cursor), '(')) return { kind: 'member', ...from, name, at: token.at };
  take(cursor);
  return { kind: 'call', ...from, name, args: parseArguments(cursor), at: token.at };
}

function parseArguments(cursor: Cursor): readonly Syntax[] {
  const args: Syntax[] = [];
  if (isSymbol(peek(cursor), ')')) {
    take(cursor);
    return args;
  }
  for (;;) {
    args.push(parseExpression(cursor, 0));
    const token = take(cursor);
    if (isSymbol(token, ')')) return args;
    if (!isSymbol(token, ',')) throw unexpected(token);
  }
}

function parseTerm(cursor: Cursor): Syntax {
  const token = peek(cursor);
  switch (token.kind) {
    case 'word':
      if (token.value === 'true' || token.value === 'false') {
        take(cursor);
        return literal('Boolean', token, token.value === 'true');
      }
      return parseInvocation(cursor, undefined);
    case 'quoted':
      return parseInvocation(cursor, undefined);
    case 'number':
      return parseNumber(cursor);
    case 'string':
      return literal('String', take(cursor), token.value);
    case 'date':
      return literal('Date', take(cursor), token.value);
    case 'dateTime':
      return literal('DateTime', take(cursor), token.value);
    case 'time':
      return literal('Time', take(cursor), token.value);
    case 'symbol':
      return parseSymbol(cursor);
    case 'end':
      throw unexpected(token);
  }
}

function literal(type: LiteralType, token: Token, value: string | number | boolean): Syntax {
  return { kind: 'literal', type, value, text: token.value, at: token.at };
}

function parseNumber(cursor: Cursor): Syntax {
  const token = take(cursor);
  const value = Number(token.value);
  const unit = peek(cursor);
  const isCalendar = unit.kind === 'word' && calendarUnit.test(unit.value);
  if (unit.kind !== 'string' && !isCalendar) {
    return literal(token.value.includes('.') ? 'Decimal' : 'Integer', token, value);
  }
  take(cursor);
  const { value: text, at } = token;
  return { kind: 'literal', type: 'Quantity', value, text, unit: unit.value, isCalendar, at };
}

function parseSymbol(cursor: Cursor): Syntax {
  const token = take(cursor);
  if (token.value.startsWith('$')) return parseSpecial(token);
  switch (token.value) {
    case '(': {
      const inner = parseExpression(cursor, 0);
      expect(cursor, ')');
      return inner;
    }
    case '{':
      expect(cursor, '}');
      return { kind: 'empty', at: token.at };
    case '%': {
      const name = take(cursor);
      if (name.kind === 'string') return { kind: 'variable', name: name.value, at: token.at };
      return { kind: 'variable', name: parseName(name), at: token.at };
    }
    default:
      throw unexpected(token);
  }
}

function parseSpecial(token: Token): Syntax {
  switch (token.value) {
    case '$this':
      return { kind: 'this', at: token.at };
    case '$index':
      return { kind: 'index', at: token.at };
    case '$total':
      return { kind: 'total', at: token.at };
    default:
      throw unexpected(token);
  }
}
