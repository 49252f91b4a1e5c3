import { RE2JS } from 're2js';
import { expressionError } from './expression-error.ts';

/** Longer texts are not matched against a pattern, in UTF-16 units. */
const textLengthMax = 1_000_000;

/**
 * Returns a pattern that takes time linear in the text. The dot matches line ends too.
 * Throws when RE2 does not know its syntax (backreferences, look-around).
 *
 * @see http://hl7.org/fhirpath/N1/#matchesregex-string-boolean
 */
export function compilePattern(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch {
    throw expressionError('The regular expression is none of RE2');
  }
}

/** Returns whether the pattern is found in `text`, or is the whole of it. */
export function testPattern(pattern: RE2JS, text: string, isWhole: boolean): boolean {
  if (text.length > textLengthMax) throw expressionError('The text is too long for matches()');
  return isWhole ? pattern.testExact(text) : pattern.test(text);
}

/** Returns `text` with each match replaced; `$1` and `${name}` stand for groups. */
export function replacePattern(text: string, pattern: string, by: string): string {
  if (pattern === '') return text;
  if (text.length > textLengthMax) throw expressionError('The text is too long to be replaced');
  const matcher = compilePattern(pattern).matcher(text);
  try {
    // `true`: Java's notation of groups, which is that of the specification's example.
    return matcher.replaceAll(by, true);
  } catch {
    throw expressionError('The substitution names a group that the expression does not have');
  }
}
