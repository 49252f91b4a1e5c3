import { report, type ObjectCheck } from './pass.ts';

/**
 * The system of an Identifier is an absolute URI.
 *
 * @see https://hl7.org/fhir/R4/datatypes.html#Identifier
 */
export const absoluteSystem: ObjectCheck = ({ system }, pass) => {
  if (typeof system === 'string' && !isAbsoluteUri(system)) {
    report(pass, {
      code: 'value',
      rule: 'absolute-system',
      text: 'The system is no absolute URI; one begins with a scheme, such as https: or urn:oid:.',
      child: 'system',
    });
  }
};

/** Returns whether a URI begins with a scheme (`https:`, `urn:`), as RFC 3986 writes one. */
export function isAbsoluteUri(uri: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:/.test(uri);
}
