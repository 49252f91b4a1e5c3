import type { RestRequest } from './rest.ts';

/** What the answer to a write carries. */
export type PreferredReturn = 'minimal' | 'representation' | 'OperationOutcome';

/**
 * Returns what the client wants back from a write; undefined when it does not say.
 *
 * @see https://hl7.org/fhir/R4/http.html#ops
 */
export function preferredReturn(request: Pick<RestRequest, 'header'>): PreferredReturn | undefined {
  const value = preferenceOf(request, 'return');
  return returns.find((known) => known === value);
}

const returns = ['minimal', 'representation', 'OperationOutcome'] as const;

/**
 * Returns how the client wants search parameters treated that this server does not know. Without a
 * preference it is `strict`: a filter that is silently dropped is a wrong answer.
 *
 * @see https://hl7.org/fhir/R4/search.html#errors
 */
export function preferredHandling(request: Pick<RestRequest, 'header'>): 'strict' | 'lenient' {
  return preferenceOf(request, 'handling') === 'lenient' ? 'lenient' : 'strict';
}

/**
 * Returns the value of a preference. When it is given twice the first counts.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7240#section-2
 */
function preferenceOf(request: Pick<RestRequest, 'header'>, name: string): string | undefined {
  const header = request.header('prefer');
  if (header === undefined) return undefined;
  for (const part of header.split(/[,;]/u)) {
    const [key = '', value = ''] = part.split('=');
    if (key.trim().toLowerCase() === name) return value.trim().replace(/^"(.*)"$/u, '$1');
  }
  return undefined;
}
