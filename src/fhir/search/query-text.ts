/**
 * Returns the parts of a value between separators that are not escaped; escapes stay in the parts.
 *
 * @see https://hl7.org/fhir/R4/search.html#escaping
 */
export function splitEscaped(value: string, separator: ',' | '$' | '|'): readonly string[] {
  if (!value.includes(separator)) return [value];
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < value.length; at++) {
    if (value[at] === '\\') at++;
    else if (value[at] === separator) {
      parts.push(value.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, value.slice(start)];
}

/** Returns the text with `\,`, `\$`, `\|` and `\\` made literal; another backslash stays. */
export function unescapeValue(text: string): string {
  return text.includes('\\') ? text.replace(/\\([,$|\\])/gu, '$1') : text;
}
