import { expressionError } from './expression-error.ts';

/** A token; `value` is the text without quotes and escapes. */
export interface Token {
  readonly kind: TokenKind;
  readonly value: string;
  readonly at: number;
}

/** `quoted` is an identifier between backticks. */
export type TokenKind =
  'word' | 'quoted' | 'number' | 'string' | 'date' | 'dateTime' | 'time' | 'symbol' | 'end';

// One sticky alternative for each lexical rule of the grammar; none of them can backtrack far.
const space = /(?:[ \t\r\n\f]+|\/\/[^\r\n]*|\/\*[^]*?\*\/)+/y;
const time = String.raw`\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?`;
const rules: readonly (readonly [TokenKind, RegExp])[] = [
  ['word', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['number', /\d+(?:\.\d+)?/y],
  [
    'dateTime',
    new RegExp(String.raw`@\d{4}(?:-\d\d(?:-\d\d)?)?T(?:${time}(?:Z|[+-]\d\d:\d\d)?)?`, 'y'),
  ],
  ['date', /@\d{4}(?:-\d\d(?:-\d\d)?)?/y],
  ['time', new RegExp(`@T${time}`, 'y')],
  ['string', /'(?:[^'\\]|\\[^])*'/y],
  ['quoted', /`(?:[^`\\]|\\[^])*`/y],
  ['symbol', /\$[a-z]+|<=|>=|!=|!~|[-+*/&|<>=~.,()[\]{}%]/y],
];

/**
 * Returns the tokens of an expression, an `end` last.
 *
 * @see http://hl7.org/fhirpath/N1/#lexical-elements
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const [token, next] = readToken(text, at);
    tokens.push(token);
    at = skipSpace(text, next);
  }
  tokens.push({ kind: 'end', value: '', at });
  return tokens;
}

function readToken(text: string, at: number): [Token, number] {
  for (const [kind, rule] of rules) {
    rule.lastIndex = at;
    const found = rule.exec(text)?.[0];
    if (found !== undefined) {
      return [{ kind, value: tokenValue(kind, found, at), at }, at + found.length];
    }
  }
  throw expressionError(`Unexpected character ${JSON.stringify(text[at])}`, at);
}

function skipSpace(text: string, at: number): number {
  space.lastIndex = at;
  const next = at + (space.exec(text)?.[0].length ?? 0);
  if (text.startsWith('/*', next)) throw expressionError('A comment does not end', next);
  return next;
}

function tokenValue(kind: TokenKind, found: string, at: number): string {
  if (kind === 'string' || kind === 'quoted') return unescaped(found.slice(1, -1), at);
  if (kind === 'date' || kind === 'dateTime') return found.slice(1);
  return kind === 'time' ? found.slice(2) : found;
}

const escapes: Readonly<Record<string, string>> = {
  "'": "'",
  '"': '"',
  '`': '`',
  '\\': '\\',
  '/': '/',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

function unescaped(text: string, at: number): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|([^]))/g, (all, hex?: string, character?: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    const meant = escapes[character ?? ''];
    if (meant === undefined) throw expressionError(`Unknown escape ${all}`, at);
    return meant;
  });
}
