import type { Membership } from './terminology.ts';

// RFC 5646: a langtag, a private use tag, or one of the irregular old ones (`i-klingon`).
const languageTag =
  /^(?:(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*(?:-[a-wyz\d](?:-[a-z\d]{2,8})+)*(?:-x(?:-[a-z\d]{1,8})+)?|x(?:-[a-z\d]{1,8})+|i-[a-z]{2,8}|en-gb-oed|sgn-(?:be-(?:fr|nl)|ch-de)|zh-min(?:-nan)?|art-lojban)$/i;
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
