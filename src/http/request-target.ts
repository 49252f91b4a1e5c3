import { failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';

/** Path and query of a request, as `RestRequest` has them. */
export interface RequestTarget {
  readonly path: readonly string[];
  readonly query: readonly (readonly [name: string, value: string])[];
}

/**
 * Returns path and query of a URL below the FHIR base (`/Patient/1?_format=json`), decoded. `R4` as the
 * first segment is an alias of the base, and slashes at the end do not count.
 * Fails `invalid-request` when the percent-encoding is broken or is not of UTF-8.
 */
export function requestTarget(url: string): Result<RequestTarget> {
  const mark = url.indexOf('?');
  const pathText = mark < 0 ? url : url.slice(0, mark);
  try {
    return success({
      path: pathOf(pathText),
      query: mark < 0 ? [] : decodeForm(url.slice(mark + 1)),
    });
  } catch {
    return failed(malformedEncoding());
  }
}

/** Returns the pairs of a form. Fails as `requestTarget`. */
export function formPairs(text: string): Result<RequestTarget['query']> {
  try {
    return success(decodeForm(text));
  } catch {
    return failed(malformedEncoding());
  }
}

function malformedEncoding() {
  return failure(
    'invalid-request',
    'The percent-encoding of the URL or form is not that of UTF-8.',
  );
}

function pathOf(text: string): readonly string[] {
  const segments = text.split('/');
  if (segments[0] === '') segments.shift();
  while (segments.at(-1) === '') segments.pop();
  if (segments[0] === 'R4') segments.shift();
  return text.includes('%') ? segments.map(decodeURIComponent) : segments;
}

/** Names and values in order. A pair without a name says nothing. Throws when the encoding is broken. */
function decodeForm(text: string): RequestTarget['query'] {
  const pairs: (readonly [string, string])[] = [];
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    if (name !== '') pairs.push([name, equals < 0 ? '' : decode(pair.slice(equals + 1))]);
  }
  return pairs;
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  return spaced.includes('%') ? decodeURIComponent(spaced) : spaced;
}
