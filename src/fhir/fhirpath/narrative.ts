const allowed = new Set(
  (
    'p br div h1 h2 h3 h4 h5 h6 a span table thead tr th tbody td tfoot col colgroup caption ' +
    'ul ol li dl dt dd b i strong small big tt em sub sup abbr acronym address bdo blockquote ' +
    'center cite code dfn font hr ins kbd pre q s samp strike u var del img'
  ).split(' '),
);
const token =
  /<!--[^]*?-->|<\/?([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z_:][-\w:.]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|</g;
const attribute = /([A-Za-z_:][-\w:.]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * Returns whether a narrative has only the elements and attributes that FHIR allows, well nested.
 *
 * @see https://hl7.org/fhir/R4/narrative.html#xhtml
 */
export function isSafeNarrative(xhtml: string): boolean {
  const open: string[] = [];
  let hasContent = false;
  let end = 0;
  for (const match of xhtml.matchAll(token)) {
    hasContent ||= xhtml.slice(end, match.index).trim() !== '' || match[1] === 'img';
    end = match.index + match[0].length;
    if (!match[0].startsWith('<!--') && !follow(open, match)) return false;
  }
  return open.length === 0 && hasContent && xhtml.trim().startsWith('<div');
}

/** Opens or closes an element; false when that may not be. */
function follow(open: string[], match: RegExpMatchArray): boolean {
  const [text, name, attributes = '', isEmpty] = match;
  if (name === undefined || !allowed.has(name)) return false;
  if (text.startsWith('</')) return open.pop() === name;
  if (isEmpty !== '/') open.push(name);
  return areSafe(attributes);
}

function areSafe(attributes: string): boolean {
  for (const [, name = '', double, single] of attributes.matchAll(attribute)) {
    const value = (double ?? single ?? '').trim().toLowerCase();
    if (name.toLowerCase().startsWith('on')) return false;
    if (/^(?:javascript|vbscript|data:text)/.test(value.replace(/\s/g, ''))) return false;
  }
  return true;
}
