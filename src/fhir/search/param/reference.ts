import { isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts';
import type { ReferenceEntry } from '../index-entry.ts';

/**
 * What a reference leads to: a resource of this server, or a URL of another one, of a `urn:`, of a
 * contained resource or of a canonical.
 */
export type ReferenceTarget =
  { readonly type: string; readonly id: string } | { readonly url: string };

/**
 * Returns the target of a literal reference: relative, or absolute below the server's base, it is local;
 * its version is left out. Undefined for an empty one.
 *
 * @see https://hl7.org/fhir/R4/references.html#literal
 */
export function targetOf(
  reference: string,
  baseUrl: string | undefined,
): ReferenceTarget | undefined {
  if (reference === '') return undefined;
  const isOwn =
    baseUrl !== undefined && reference.startsWith(baseUrl) && reference[baseUrl.length] === '/';
  const match = local.exec(isOwn ? reference.slice(baseUrl.length + 1) : reference);
  return match === null ? { url: reference } : { type: match[1] ?? '', id: match[2] ?? '' };
}

const local = /^([A-Z][A-Za-z]*)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/u;

/**
 * Returns the entries of a Reference, a canonical or uri, or of a resource that is nested. A Reference
 * with an identifier has one more for it. A canonical with a version is also found without it, and under
 * `[param]:below` by each part of the version.
 *
 * @see https://hl7.org/fhir/R4/search.html#reference
 */
export function referenceEntries(
  param: string,
  value: JsonValue,
  { type, baseUrl }: { readonly type: string; readonly baseUrl: string | undefined },
): readonly ReferenceEntry[] {
  if (typeof value === 'string') return urlEntries(param, value, baseUrl);
  if (!isJsonObject(value)) return [];
  if (type === 'Resource') return nestedEntries(param, value);
  const entries: ReferenceEntry[] = [];
  const { reference, identifier } = value;
  const target = typeof reference === 'string' ? targetOf(reference, baseUrl) : undefined;
  if (target !== undefined) entries.push({ kind: 'reference', param, ...target });
  if (isJsonObject(identifier)) {
    const { system, value: code } = identifier;
    entries.push({
      kind: 'reference',
      param,
      identifier: { system: textOf(system), code: textOf(code) },
    });
  }
  return entries;
}

function nestedEntries(param: string, resource: JsonObject): readonly ReferenceEntry[] {
  const { resourceType, id } = resource;
  return typeof resourceType === 'string' && typeof id === 'string'
    ? [{ kind: 'reference', param, type: resourceType, id }]
    : [];
}

function urlEntries(
  param: string,
  value: string,
  baseUrl: string | undefined,
): readonly ReferenceEntry[] {
  const bar = value.indexOf('|');
  const target = targetOf(value, baseUrl);
  if (target === undefined) return [];
  if (bar === -1) return [{ kind: 'reference', param, ...target }];
  const [url, version] = [value.slice(0, bar), value.slice(bar + 1)];
  const parts = version.split('.');
  return [
    { kind: 'reference', param, url: value },
    { kind: 'reference', param, url },
    ...parts.map((_, index) => ({
      kind: 'reference' as const,
      param: `${param}:below`,
      url: `${url}|${parts.slice(0, index + 1).join('.')}`,
    })),
  ];
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
