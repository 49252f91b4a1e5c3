import { failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import { mediaRanges, parseMediaType, type MediaType } from './media-type.ts';

/** What the answer is sent as. */
export interface AnswerFormat {
  readonly contentType: string;
  readonly isPretty: boolean;
}

/** Query parameters, decoded. */
type Query = readonly (readonly [name: string, value: string])[];

/**
 * Returns the format of the answer from `_format`, which comes before Accept, and `_pretty`.
 * Fails `not-acceptable` when the client takes nothing that this server sends.
 *
 * @see https://hl7.org/fhir/R4/http.html#mime-type
 */
export function answerFormat(accept: string | undefined, query: Query): Result<AnswerFormat> {
  const isPretty = valueOf(query, '_pretty') === 'true';
  const format = valueOf(query, '_format');
  const contentType = format === undefined ? byAccept(accept) : byFormat(format);
  return contentType === undefined
    ? failed(
        failure(
          'not-acceptable',
          'This server sends application/fhir+json of FHIR 4.0 and nothing else.',
        ),
      )
    : success({ contentType, isPretty });
}

const fhirJson = 'application/fhir+json; charset=utf-8';

/** How an answer is sent when the client's wish cannot be read. */
export const plainFormat: AnswerFormat = Object.freeze({ contentType: fhirJson, isPretty: false });

function valueOf(query: Query, name: string): string | undefined {
  for (const [key, value] of query) if (key === name) return value;
  return undefined;
}

/** A plus sign that was not escaped in the URL has become a space. */
function byFormat(format: string): string | undefined {
  const value = format.trim().replaceAll(' ', '+').toLowerCase();
  if (value === 'json' || value === '') return fhirJson;
  const type = parseMediaType(value.replaceAll(';+', ';'));
  return type === undefined ? undefined : (contentTypeFor(type) ?? undefined);
}

function byAccept(accept: string | undefined): string | undefined {
  if (accept === undefined || accept === '*/*' || accept === 'application/fhir+json') {
    return fhirJson;
  }
  const wanted = mediaRanges(accept)
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality);
  for (const range of wanted) {
    const contentType = contentTypeFor(range);
    if (contentType !== undefined) return contentType;
  }
  return undefined;
}

function contentTypeFor(range: MediaType): string | undefined {
  const version = range.parameters.get('fhirversion');
  if (!isVersionServed(version)) return undefined;
  const charset = range.parameters.get('charset');
  if (charset !== undefined && !isUtf8(charset)) return undefined;
  const suffix = `; charset=utf-8${version === undefined ? '' : '; fhirVersion=4.0'}`;
  switch (range.name) {
    case '*/*':
    case 'application/*':
    case 'application/fhir+json':
    // The names of JSON before R4 are still in use.
    case 'application/json+fhir':
      return `application/fhir+json${suffix}`;
    case 'application/json':
      return `application/json${suffix}`;
    case 'text/json':
    case 'text/*':
      return `text/json${suffix}`;
    default:
      return undefined;
  }
}

/** What a body may be. */
export type BodyKind = 'resource' | 'form' | 'patch';

/**
 * Returns which of the kinds a body is by its Content-Type.
 * Fails `unsupported-media-type` for other media types, FHIR versions and character sets.
 *
 * @see https://hl7.org/fhir/R4/http.html#mime-type
 */
export function bodyKind(
  contentType: string | undefined,
  allowed: readonly BodyKind[],
): Result<BodyKind> {
  const kind = contentType === undefined ? undefined : kindOf(contentType);
  return kind !== undefined && allowed.includes(kind)
    ? success(kind)
    : failed(failure('unsupported-media-type', `The body must be ${sentence(allowed)}.`));
}

function kindOf(contentType: string): BodyKind | undefined {
  if (contentType === 'application/fhir+json') return 'resource';
  const type = parseMediaType(contentType);
  if (type === undefined || !isVersionServed(type.parameters.get('fhirversion'))) return undefined;
  const charset = type.parameters.get('charset');
  return charset === undefined || isUtf8(charset) ? bodyKinds.get(type.name) : undefined;
}

const bodyKinds: ReadonlyMap<string, BodyKind> = new Map([
  ['application/fhir+json', 'resource'],
  ['application/json+fhir', 'resource'],
  ['application/json', 'resource'],
  ['text/json', 'resource'],
  ['application/x-www-form-urlencoded', 'form'],
  ['application/json-patch+json', 'patch'],
]);

const names: Readonly<Record<BodyKind, string>> = {
  resource: 'application/fhir+json',
  form: 'application/x-www-form-urlencoded',
  patch: 'application/json-patch+json',
};

function sentence(allowed: readonly BodyKind[]): string {
  return `${allowed.map((kind) => names[kind]).join(' or ')}, in UTF-8`;
}

/** @see https://hl7.org/fhir/R4/http.html#version-parameter */
function isVersionServed(version: string | undefined): boolean {
  return version === undefined || version === '4.0' || version === '4.0.1';
}

function isUtf8(charset: string): boolean {
  return /^utf-?8$/iu.test(charset);
}
