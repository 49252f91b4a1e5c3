import type { Membership } from './terminology.ts';

const languageTag = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/;
const mediaType = /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+*-]{1,127}(\s*;.*)?$/s;

const syntaxes = new Map([
  ['urn:ietf:bcp:47', languageTag],
  ['urn:ietf:bcp:13', mediaType],
]);

/**
 * Judges a code of a system whose codes no list holds, by syntax: language tags and media types. A code
 * that is well formed may still not exist, so the best answer is `unknown`.
 *
 * @see https://hl7.org/fhir/R4/terminologies-systems.html
 */
export function syntaxDecides(system: string, code: string): Membership {
  return syntaxes.get(system)?.test(code) === false ? 'out' : 'unknown';
}
