/** The namespace of XHTML. */
export const xhtmlNamespace = 'http://www.w3.org/1999/xhtml';

const names = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/**
 * Chapters 7 to 11 (without section 4 of chapter 9: `ins`, `del`) and 15 of HTML 4.0, `a` and `img`,
 * without what HTML 4.0 calls deprecated (`u`, `s`, `strike`, `font`, `center`).
 */
const elements = names(`
  p br div h1 h2 h3 h4 h5 h6 a span b em i strong small big tt dfn q var abbr acronym cite blockquote
  hr address bdo kbd sub sup ul ol li dl dt dd pre table caption colgroup col thead tr tfoot tbody th
  td code samp img map area`);

const attributes = names(`
  title style class id idref lang xml:lang dir accesskey tabindex align valign width height span char
  charoff abbr axis headers scope rowspan colspan border cellpadding cellspacing summary frame rules
  nowrap bgcolor size clear noshade type start value compact datetime xmlns`);

/** Attributes of one element only. */
const attributesOf: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['a', names('href name rel rev hreflang charset coords shape')],
  ['img', names('src alt longdesc usemap ismap hspace vspace name')],
  ['area', names('href alt shape coords nohref')],
  ['map', names('name')],
  ['blockquote', names('cite')],
  ['q', names('cite')],
]);

const links = names('href src cite longdesc usemap');

/** Returns whether R4 allows the element in a narrative. */
export function isAllowedElement(name: string): boolean {
  return elements.has(name);
}

/** Says why an attribute is not allowed on an element; undefined when it is. */
export function attributeFault(element: string, name: string, value: string): string | undefined {
  if (!attributes.has(name) && attributesOf.get(element)?.has(name) !== true) {
    return name.length <= 20
      ? `the attribute ${name} is not allowed on ${element} in the XHTML`
      : `an attribute of ${element} is not allowed`;
  }
  if (links.has(name) && !isHarmlessLink(element, value)) {
    return `the ${name} of ${element} in the XHTML is not a link that is allowed`;
  }
  if (name === 'style' && /expression\s*\(|javascript:|@import|behaviou?r\s*:/i.test(value)) {
    return 'a style of the XHTML is active content';
  }
  return undefined;
}

const schemes = names('http https mailto tel ftp urn cid');

/** A link without scheme is relative; control characters and spaces, which browsers drop, are dropped first. */
function isHarmlessLink(element: string, value: string): boolean {
  const link = decoded(value);
  const colon = link.indexOf(':');
  const scheme = link.slice(0, Math.max(colon, 0));
  if (colon < 0 || /[/?#]/.test(scheme)) {
    return true;
  }
  const isImageData = element === 'img' && /^data:image\/(?:png|gif|jpeg|webp);/i.test(link);
  return schemes.has(scheme.toLowerCase()) || isImageData;
}

function decoded(value: string): string {
  const plain = value.replace(
    /&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|amp);/g,
    (_all, hex, decimal) =>
      hex !== undefined || decimal !== undefined ? characterOf(hex, decimal) : '&',
  );
  let kept = '';
  for (const character of plain) {
    kept += character > ' ' ? character : '';
  }
  return kept;
}

function characterOf(hex: unknown, decimal: unknown): string {
  const code = typeof hex === 'string' ? parseInt(hex, 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
