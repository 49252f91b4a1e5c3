import type { Membership } from './terminology.ts';

const languageTag = /^(?:[a-z]{2,8}|[ix](?=-))(?:-[a-z0-9]{1,8})*$/i;
// R4 also writes its own formats by their short names (CapabilityStatement.format).
const mediaType = /^(?:xml|json|ttl|[\w!#$&^.+-]{1,127}\/[\w!#$&^.+*-]{1,127}(\s*;.*)?)$/s;

const syntaxes = new Map([
  ['urn:ietf:bcp:47', languageTag],
  ['urn:ietf:bcp:13', mediaType],
  ['urn:iso:std:iso:4217', /^[A-Z]{3}$/],
]);

/**
 * Judges a code of a system whose codes no list holds, by syntax: language tags, media types and
 * currencies. A code that is well formed may still not exist, so the best answer is `unknown`.
 *
 * @see https://hl7.org/fhir/R4/terminologies-systems.html
 */
export function syntaxDecides(system: string, code: string): Membership {
  return syntaxes.get(system)?.test(code) === false ? 'out' : 'unknown';
}
