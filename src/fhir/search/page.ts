import { failure } from '../operation-outcome.ts';
import { failed, success, type Result } from '../result.ts';
import type { JsonValue } from '../json/json-value.ts';

/** Returns the signature of a text, the same for the same text; it is not to be guessed without the key. */
export type Sign = (text: string) => string;

/**
 * Returns an opaque token for a page link that holds `state` (the query and where its page ended).
 *
 * @see https://hl7.org/fhir/R4/http.html#paging
 */
export function signCursor(state: JsonValue, sign: Sign): string {
  const text = Buffer.from(JSON.stringify(state)).toString('base64url');
  return `${text}.${signature(text, sign)}`;
}

/** Returns the state of a token that `signCursor` made. Fails `invalid-parameter` for every other text. */
export function openCursor(token: string, sign: Sign): Result<JsonValue> {
  const dot = token.indexOf('.');
  const text = token.slice(0, Math.max(dot, 0));
  if (dot === -1 || !isSame(token.slice(dot + 1), signature(text, sign))) {
    return failed(failure('invalid-parameter', 'The page link was not made by this server.'));
  }
  return success(JSON.parse(Buffer.from(text, 'base64url').toString()) as JsonValue);
}

function signature(text: string, sign: Sign): string {
  return Buffer.from(sign(text)).toString('base64url');
}

/** Takes the same time wherever two texts of one length differ. */
function isSame(given: string, expected: string): boolean {
  if (given.length !== expected.length) return false;
  let difference = 0;
  for (let at = 0; at < given.length; at++) {
    difference |= given.charCodeAt(at) ^ expected.charCodeAt(at);
  }
  return difference === 0;
}
