import { isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts';
import { fold } from '../fold.ts';
import type { TokenEntry } from '../index-entry.ts';

/**
 * Returns the entries of a token: of a Coding, CodeableConcept, Identifier, ContactPoint, code, boolean,
 * string or uri. `system` is that of a code's value set. Strings are kept in lower case, for a token of a
 * string is found whatever its case.
 *
 * @see https://hl7.org/fhir/R4/search.html#token
 */
export function tokenEntries(
  param: string,
  value: JsonValue,
  { type, system = '' }: { readonly type: string; readonly system?: string },
): readonly TokenEntry[] {
  if (isJsonObject(value)) return objectEntries(param, value, type);
  if (value === null || typeof value === 'object') return [];
  const code = type === 'string' ? String(value).toLowerCase() : String(value);
  return [{ kind: 'token', param, system, code }];
}

function objectEntries(param: string, value: JsonObject, type: string): readonly TokenEntry[] {
  switch (type) {
    case 'CodeableConcept':
      return conceptEntries(param, value);
    case 'Coding':
      return [codingEntry(param, value, foldedText(value['display']))];
    case 'Identifier':
      return identifierEntries(param, value);
    case 'ContactPoint': {
      const number = value['value'];
      return typeof number === 'string' ? [{ kind: 'token', param, system: '', code: number }] : [];
    }
    default:
      return [];
  }
}

/** One entry for each coding; the text of the concept goes with the first. */
function conceptEntries(param: string, concept: JsonObject): readonly TokenEntry[] {
  const text = foldedText(concept['text']);
  const { coding } = concept;
  const codings = Array.isArray(coding)
    ? (coding as readonly JsonValue[]).filter(isJsonObject)
    : [];
  if (codings.length === 0) {
    return text === '' ? [] : [{ kind: 'token', param, system: '', code: '', text }];
  }
  return codings.map((one, index) => {
    const display = foldedText(one['display']);
    const isTextNew = index === 0 && text !== '' && text !== display;
    return codingEntry(param, one, isTextNew ? lines(display, text) : display);
  });
}

function lines(first: string, second: string): string {
  return first === '' ? second : `${first}\n${second}`;
}

function codingEntry(param: string, coding: JsonObject, text: string): TokenEntry {
  const system = textOf(coding['system']);
  const code = textOf(coding['code']);
  return text === ''
    ? { kind: 'token', param, system, code }
    : { kind: 'token', param, system, code, text };
}

function identifierEntries(param: string, identifier: JsonObject): readonly TokenEntry[] {
  const value = identifier['value'];
  const code = textOf(value);
  const type = isJsonObject(identifier['type']) ? identifier['type'] : undefined;
  const text = foldedText(type?.['text']);
  const own = codingEntry(param, { system: textOf(identifier['system']), code }, text);
  const { coding } = type ?? {};
  if (!Array.isArray(coding)) return [own];
  const types = (coding as readonly JsonValue[]).filter(isJsonObject).map((one) => ({
    kind: 'token' as const,
    param: `${param}:of-type`,
    system: textOf(one['system']),
    code: `${textOf(one['code'])}|${code}`,
  }));
  return [own, ...types];
}

function foldedText(value: JsonValue | undefined): string {
  return typeof value === 'string' ? fold(value) : '';
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
