import type { JsonValue } from '../json/json-value.ts';
import { datePrecision, dateTimePrecision, isTime } from './calendar.ts';

/**
 * Says what is allowed where a value is not one of the type; undefined when it is. Never longer than
 * one walk over the value, whatever it holds.
 *
 * @see https://hl7.org/fhir/R4/datatypes.html#primitive
 */
export type PrimitiveCheck = (value: JsonValue) => string | undefined;

/** Returns the check of a primitive type; undefined for any other type. */
export function primitiveCheck(type: string): PrimitiveCheck | undefined {
  return checks.get(type);
}

/** Whether the type is a whole number, where `1.0` and `1e2` are not allowed. */
export function isWholeNumberType(type: string): boolean {
  return type === 'integer' || type === 'positiveInt' || type === 'unsignedInt';
}

const textBytesMax = 1024 * 1024;
const integerMax = 2 ** 31 - 1;

function text(allowed: string, isValid: (value: string) => boolean): PrimitiveCheck {
  return (value) => (typeof value === 'string' && isValid(value) ? undefined : allowed);
}

function whole(allowed: string, min: number): PrimitiveCheck {
  return (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= integerMax
      ? undefined
      : allowed;
}

const stringCheck = text(
  'text of at most 1 MB that is not empty and has no control characters',
  isPlainText,
);
const uriCheck = text(
  'a URI without spaces; an urn:uuid or urn:oid must be a well-formed one',
  isUri,
);

const checks: ReadonlyMap<string, PrimitiveCheck> = new Map<string, PrimitiveCheck>([
  ['boolean', (value) => (typeof value === 'boolean' ? undefined : 'true or false')],
  ['integer', whole('a whole number of 32 bits', -(2 ** 31))],
  ['unsignedInt', whole('a whole number from 0 to 2147483647', 0)],
  ['positiveInt', whole('a whole number from 1 to 2147483647', 1)],
  ['decimal', (value) => (typeof value === 'number' ? undefined : 'a number')],
  ['string', stringCheck],
  ['markdown', stringCheck],
  ['xhtml', text('an XHTML div element', (value) => value !== '')],
  ['code', text('a code without leading, trailing or double spaces', isCode)],
  ['id', text('1 to 64 letters, digits, hyphens and dots', isId)],
  ['uri', uriCheck],
  ['url', uriCheck],
  ['canonical', uriCheck],
  ['oid', text('urn:oid: and an OID', isOid)],
  ['uuid', text('urn:uuid: and a lower-case UUID', isUuid)],
  ['base64Binary', text('base64 in groups of four characters', isBase64)],
  [
    'instant',
    text(
      'a date and time with seconds and a zone (2024-03-04T09:30:00Z)',
      (value) => dateTimePrecision(value) === 'time',
    ),
  ],
  [
    'dateTime',
    text(
      'a year, month, day, or a date and time with seconds and a zone (2024-03-04T09:30:00Z)',
      (value) => dateTimePrecision(value) !== undefined,
    ),
  ],
  [
    'date',
    text('a date YYYY, YYYY-MM or YYYY-MM-DD', (value) => datePrecision(value) !== undefined),
  ],
  ['time', text('a time hh:mm:ss without zone', isTime)],
]);

function isPlainText(value: string): boolean {
  if (value.length > textBytesMax || value === '') {
    return false;
  }
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) {
      return false;
    }
  }
  return true;
}

/** Nearly every character is beyond the first comparison. */
function isSpace(code: number): boolean {
  return code <= 0x20 ? code === 0x20 || (code >= 0x09 && code <= 0x0d) : code === 0xa0;
}

function isCode(value: string): boolean {
  let wasSpace = true;
  for (let at = 0; at < value.length; at += 1) {
    const isSpaceHere = isSpace(value.charCodeAt(at));
    if (isSpaceHere && wasSpace) {
      return false;
    }
    wasSpace = isSpaceHere;
  }
  return !wasSpace;
}

function isAlphanumeric(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a)
  );
}

function isId(value: string): boolean {
  if (value.length === 0 || value.length > 64) {
    return false;
  }
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (!isAlphanumeric(code) && code !== 0x2d && code !== 0x2e) {
      return false;
    }
  }
  return true;
}

function isUri(value: string): boolean {
  for (let at = 0; at < value.length; at += 1) {
    if (isSpace(value.charCodeAt(at))) {
      return false;
    }
  }
  if (value.startsWith('urn:uuid:')) {
    return isUuid(value);
  }
  return value.startsWith('urn:oid:') ? isOid(value) : value !== '';
}

function isUuid(value: string): boolean {
  if (value.length !== 45 || !value.startsWith('urn:uuid:')) {
    return false;
  }
  for (let at = 0; at < 36; at += 1) {
    const code = value.charCodeAt(at + 9);
    const isHyphen = at === 8 || at === 13 || at === 18 || at === 23;
    const isHex = (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66);
    if (isHyphen ? code !== 0x2d : !isHex) {
      return false;
    }
  }
  return true;
}

function isOid(value: string): boolean {
  if (!value.startsWith('urn:oid:')) {
    return false;
  }
  const arcs = value.slice(8).split('.');
  return arcs.length > 1 && '012'.includes(arcs[0] ?? '') && arcs.every(isArc);
}

function isArc(arc: string): boolean {
  for (let at = 0; at < arc.length; at += 1) {
    const code = arc.charCodeAt(at);
    if (code < 0x30 || code > 0x39) {
      return false;
    }
  }
  return arc !== '' && (arc === '0' || !arc.startsWith('0'));
}

function isBase64(value: string): boolean {
  let count = 0;
  let padding = 0;
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (isSpace(code)) {
      continue;
    }
    count += 1;
    if (code === 0x3d) {
      padding += 1;
    } else if (padding > 0 || !(isAlphanumeric(code) || code === 0x2b || code === 0x2f)) {
      return false;
    }
  }
  return count > 0 && count % 4 === 0 && padding <= 2;
}
