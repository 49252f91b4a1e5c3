/** Whether the UTF-16 unit is the first half of a pair. */
export function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/** Whether the UTF-16 unit is the second half of a pair. */
export function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
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
  for (let code = text.charCodeAt(at); code >= 0x30 && code <= 0x39;) {
    at += 1;
    code = text.charCodeAt(at);
  }
  return at;
}
