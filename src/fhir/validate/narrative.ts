import { holdsText, placeFault } from './narrative-structure.ts';
import { attributeFault, isAllowedElement, xhtmlNamespace } from './narrative-vocabulary.ts';

/**
 * Says what is wrong with the XHTML of a narrative; undefined when nothing is. One walk over the text:
 * well-formed XML with a `div` of XHTML as root, only the elements and attributes that R4 allows, each
 * where HTML has it, no script in links, and something to read.
 *
 * @see https://hl7.org/fhir/R4/narrative.html#xhtml
 */
export function narrativeFault(xhtml: string): string | undefined {
  const scan: Scan = { text: xhtml.trim(), at: 0, open: [], hasContent: false, isClosed: false };
  while (scan.at < scan.text.length) {
    const fault = scan.text.charCodeAt(scan.at) === lessThan ? scanMarkup(scan) : scanText(scan);
    if (fault !== undefined) {
      return fault;
    }
  }
  if (!scan.isClosed) {
    return 'an element of the XHTML is not closed';
  }
  return scan.hasContent ? undefined : 'the XHTML has no text and no image';
}

const lessThan = 0x3c;
const depthMax = 200;

interface Scan {
  readonly text: string;
  at: number;
  readonly open: string[];
  hasContent: boolean;
  isClosed: boolean;
}

function scanText(scan: Scan): string | undefined {
  const next = scan.text.indexOf('<', scan.at);
  const end = next < 0 ? scan.text.length : next;
  const text = scan.text.slice(scan.at, end);
  scan.at = end;
  if (scan.open.length === 0) {
    return 'the XHTML is not one div element';
  }
  const isBlank = text.trim() === '';
  scan.hasContent ||= !isBlank;
  const around = scan.open.at(-1) ?? '';
  return isBlank || holdsText(around)
    ? entityFault(text)
    : `the element ${around} has text of its own`;
}

function scanMarkup(scan: Scan): string | undefined {
  const { text, at } = scan;
  if (text.startsWith('<!--', at)) {
    return skipTo(scan, '-->', 4);
  }
  if (text.startsWith('<![CDATA[', at) && scan.open.length > 0) {
    scan.hasContent = true;
    return skipTo(scan, ']]>', 9);
  }
  if (text.startsWith('<!', at) || text.startsWith('<?', at)) {
    return 'declarations and processing instructions are not allowed in the XHTML';
  }
  return text.startsWith('</', at) ? scanClosing(scan) : scanOpening(scan);
}

function skipTo(scan: Scan, end: string, length: number): string | undefined {
  const found = scan.text.indexOf(end, scan.at + length);
  if (found < 0) {
    return 'a comment or CDATA section of the XHTML is not closed';
  }
  scan.at = found + end.length;
  return undefined;
}

function scanClosing(scan: Scan): string | undefined {
  const end = scan.text.indexOf('>', scan.at);
  const name = end < 0 ? '' : scan.text.slice(scan.at + 2, end).trimEnd();
  if (name === '' || scan.open.pop() !== name) {
    return 'the tags of the XHTML are not balanced';
  }
  scan.isClosed = scan.open.length === 0;
  scan.at = end + 1;
  return undefined;
}

function scanOpening(scan: Scan): string | undefined {
  const nameEnd = nameEndAt(scan.text, scan.at + 1);
  const name = scan.text.slice(scan.at + 1, nameEnd);
  const isRoot = scan.open.length === 0;
  if (scan.isClosed || (isRoot && name !== 'div')) {
    return 'the XHTML is not one div element';
  }
  if (!isAllowedElement(name)) {
    return `the element ${shown(name)} is not allowed`;
  }
  const place = placeFault(scan.open.at(-1) ?? '', name);
  if (place !== undefined) {
    return place;
  }
  scan.at = nameEnd;
  const attributes = scanAttributes(scan, name);
  if (typeof attributes === 'string') {
    return attributes;
  }
  if (isRoot && attributes.get('xmlns') !== xhtmlNamespace) {
    return `the div must be in the namespace ${xhtmlNamespace}`;
  }
  scan.hasContent ||= name === 'img';
  return closeOpening(scan, name);
}

function closeOpening(scan: Scan, name: string): string | undefined {
  if (scan.text.startsWith('/>', scan.at)) {
    scan.at += 2;
    scan.isClosed = scan.open.length === 0;
    return undefined;
  }
  scan.at += 1;
  scan.open.push(name);
  return scan.open.length > depthMax ? 'the XHTML is nested too deep' : undefined;
}

/** Returns the attributes of a tag, the scan standing at its `>` or `/>`; else what is wrong. */
function scanAttributes(scan: Scan, element: string): ReadonlyMap<string, string> | string {
  const attributes = new Map<string, string>();
  for (;;) {
    scan.at = skipSpaces(scan.text, scan.at);
    if (scan.text.startsWith('>', scan.at) || scan.text.startsWith('/>', scan.at)) {
      return attributes;
    }
    const attribute = scanAttribute(scan);
    if (attribute === undefined) {
      return 'a tag of the XHTML is not well-formed';
    }
    const { name, value } = attribute;
    const fault = attributes.has(name)
      ? 'an attribute of the XHTML is given twice'
      : (entityFault(value) ?? attributeFault(element, name, value));
    if (fault !== undefined) {
      return fault;
    }
    attributes.set(name, value);
  }
}

function scanAttribute(scan: Scan): { readonly name: string; readonly value: string } | undefined {
  const { text } = scan;
  const nameEnd = nameEndAt(text, scan.at);
  const equals = skipSpaces(text, nameEnd);
  const open = skipSpaces(text, equals + 1);
  const quote = text.charAt(open);
  const close = quote === '"' || quote === "'" ? text.indexOf(quote, open + 1) : -1;
  const value = text.slice(open + 1, close);
  if (nameEnd === scan.at || text.charAt(equals) !== '=' || close < 0 || value.includes('<')) {
    return undefined;
  }
  const name = text.slice(scan.at, nameEnd);
  scan.at = close + 1;
  return { name, value };
}

function skipSpaces(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charCodeAt(at) <= 0x20) {
    at += 1;
  }
  return at;
}

function nameEndAt(text: string, start: number): number {
  let at = start;
  while (at < text.length && isNameCode(text.charCodeAt(at))) {
    at += 1;
  }
  return at;
}

function isNameCode(code: number): boolean {
  const isLetter = (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
  const isDigit = code >= 0x30 && code <= 0x39;
  return isLetter || isDigit || code === 0x3a || code === 0x2d || code === 0x5f || code === 0x2e;
}

function shown(name: string): string {
  return name.length > 0 && name.length <= 20 ? name : 'of that name';
}

const xmlEntities: ReadonlySet<string> = new Set(['lt', 'gt', 'amp', 'quot', 'apos']);
const entityLengthMax = 10;

/** XML knows five entities and character numbers; those of HTML need a DTD, which is not allowed. */
function entityFault(text: string): string | undefined {
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    const name = text.slice(at + 1, at + 1 + entityLengthMax);
    const end = name.indexOf(';');
    const entity = name.slice(0, Math.max(end, 0));
    if (!xmlEntities.has(entity) && !isCharacterNumber(entity)) {
      return 'the XHTML uses an entity that XML does not define';
    }
  }
  return undefined;
}

/** @see https://www.w3.org/TR/xml/#NT-Char */
function isCharacterNumber(entity: string): boolean {
  const [, hex, decimal] = /^#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}))$/.exec(entity) ?? [];
  const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
  const isControl = code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d;
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code <= 0x10ffff && !isControl && !isSurrogate && code !== 0xfffe && code !== 0xffff;
}
