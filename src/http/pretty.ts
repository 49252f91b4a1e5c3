/**
 * Returns a valid JSON text indented by two spaces. Strings and numbers keep their characters, so that
 * a decimal is shown as it was sent.
 */
export function prettyJson(text: string): string {
  const parts: string[] = [];
  let depth = 0;
  // A string, a bracket, a separator, or a number or word; white space between them is dropped.
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{},:]|[^\s[\]{},:"]+/gsu)) {
    if (token === ',') parts.push(`,\n${'  '.repeat(depth)}`);
    else if (token === ':') parts.push(': ');
    else if (token === '{' || token === '[') parts.push(`${token}\n${'  '.repeat(++depth)}`);
    else if (token === '}' || token === ']') closeBracket(parts, token, --depth);
    else parts.push(token);
  }
  return parts.join('');
}

/** An empty object or array stays on one line. */
function closeBracket(parts: string[], bracket: string, depth: number): void {
  const last = parts.at(-1) ?? '';
  const opening = bracket === '}' ? '{' : '[';
  if (last.startsWith(`${opening}\n`)) parts.splice(-1, 1, `${opening}${bracket}`);
  else parts.push(`\n${'  '.repeat(depth)}${bracket}`);
}
