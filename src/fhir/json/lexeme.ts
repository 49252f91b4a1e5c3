const quote = 0x22;
const backslash = 0x5c;
const simpleEscapes = '"\\/bfnrt';

/** Whether the UTF-16 unit is the first half of a pair. */
export function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/** Whether the UTF-16 unit is the second half of a pair. */
export function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

/** Returns the offset of the first character at or after `start` that is no white space. */
export function spaceEnd(text: string, start: number): number {
  let at = start;
  for (let code = text.charCodeAt(at); code <= 0x20; code = text.charCodeAt(at)) {
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
    at += 1;
  }
  return at;
}

/**
 * Returns the offset after the string whose quote is at `start`, -1 when it has no end, or holds what JSON
 * forbids, NUL or half a surrogate pair; `stringProblem` says which.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-7
 */
export function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // Most characters lie between the quote and the surrogates and are no backslash.
    if (code > quote && code < 0xd800 && code !== backslash) continue;
    if (code === quote) return at + 1;
    const last = unusualEnd(text, at, code);
    if (last === -1) return -1;
    at = last;
  }
  return -1;
}

/** Returns the value of the string between its quotes at `start` and before `end`. */
export function stringAt(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end - 1);
  return raw.includes('\\') ? (JSON.parse(text.slice(start, end)) as string) : raw;
}

/** Returns the offset and the reason of the refusal by `stringEnd`. */
export function stringProblem(text: string, start: number): { offset: number; problem: string } {
  let at = start + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const last = unusualEnd(text, at, code);
    if (last === -1) return { offset: at, problem: problemAt(text, at, code) };
    at = last;
  }
  return { offset: at, problem: 'A string does not end' };
}

function problemAt(text: string, at: number, code: number): string {
  if (code < 0x20) return 'A control character in a string is not escaped';
  if (code !== backslash) return 'A string holds half a surrogate pair';
  const unit = escapedUnit(text, at);
  if (unit === 0) return 'A string holds NUL';
  return unit === -1 ? 'An escape is not one of JSON' : 'A string holds half a surrogate pair';
}

/** Ends at the last unit of the character or escape at `at`; -1 when it is refused. */
function unusualEnd(text: string, at: number, code: number): number {
  if (code === backslash) return escapeEnd(text, at);
  if (code < 0x20 || isLowSurrogate(code)) return -1;
  if (!isHighSurrogate(code)) return at;
  return isLowSurrogate(text.charCodeAt(at + 1)) ? at + 1 : -1;
}

function escapeEnd(text: string, at: number): number {
  const letter = text.charAt(at + 1);
  if (letter !== 'u') return letter !== '' && simpleEscapes.includes(letter) ? at + 1 : -1;
  const unit = escapedUnit(text, at);
  if (unit <= 0 || isLowSurrogate(unit)) return -1;
  if (!isHighSurrogate(unit)) return at + 5;
  return isLowSurrogate(escapedUnit(text, at + 6)) ? at + 11 : -1;
}

/** The UTF-16 unit of the escape `\uXXXX` at `at`, -1 when there is none. */
function escapedUnit(text: string, at: number): number {
  const digits = /^\\u([0-9a-fA-F]{4})$/.exec(text.slice(at, at + 6))?.[1];
  return digits === undefined ? -1 : parseInt(digits, 16);
}

/**
 * Returns the offset after the JSON number at `start`, -1 when there is none.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-6
 */
export function numberEnd(text: string, start: number): number {
  let at = text.charCodeAt(start) === 0x2d ? start + 1 : start;
  const integer = at;
  at = digitsEnd(text, at);
  if (at === integer || (text.charCodeAt(integer) === 0x30 && at > integer + 1)) return -1;
  if (text.charCodeAt(at) === 0x2e) {
    const fraction = digitsEnd(text, at + 1);
    if (fraction === at + 1) return -1;
    at = fraction;
  }
  if (text.charCodeAt(at) === 0x65 || text.charCodeAt(at) === 0x45) {
    const sign = text.charCodeAt(at + 1);
    const digits = sign === 0x2b || sign === 0x2d ? at + 2 : at + 1;
    const exponent = digitsEnd(text, digits);
    if (exponent === digits) return -1;
    at = exponent;
  }
  return at;
}

function digitsEnd(text: string, start: number): number {
  let at = start;
  for (let code = text.charCodeAt(at); code >= 0x30 && code <= 0x39; code = text.charCodeAt(at)) {
    at += 1;
  }
  return at;
}
