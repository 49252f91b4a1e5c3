import type { JsonObject } from '../json/json-value.ts';
import { entriesOf } from './bundle-place.ts';
import { bundleReach } from './bundle-reach.ts';
import { expressionOf, type BundlePlace, type Pass } from './pass.ts';

/** What the first resource may not refer to without the Bundle having it, below that resource. */
const own: ReadonlyMap<unknown, RegExp> = new Map([
  [
    'Composition',
    /^(?:subject|encounter|custodian|author\[\d+\]|attester\[\d+\]\.party|event\[\d+\]\.detail\[\d+\]|(?:section\[\d+\]\.)+(?:author\[\d+\]|focus|entry\[\d+\]))$/,
  ],
  ['MessageHeader', /^focus\[\d+\]$/],
]);

/**
 * Reports what a document or message refers to and does not have: `urn:` references, which name nothing
 * outside of it, and those of its Composition or MessageHeader. Where all are there, every other entry
 * of a document must be one that the Composition leads to. The pass stands at the Bundle; `from` is the
 * first of the references found in it.
 *
 * @see https://hl7.org/fhir/R4/documents.html#content
 * @see https://hl7.org/fhir/R4/messageheader-definitions.html#MessageHeader.focus
 */
export function bundleContent(place: BundlePlace, from: number, pass: Pass): void {
  const { type } = place.bundle;
  if (type !== 'document' && type !== 'message') {
    return;
  }
  const lost = lostReferences(place, from, pass);
  for (const expression of lost) {
    pass.issues.push({
      severity: 'error',
      code: 'not-found',
      rule: 'bundle-reference',
      text: 'The reference is to an entry of the Bundle, and the Bundle has none with that full URL.',
      expression: [expression],
    });
  }
  if (type === 'document' && lost.size === 0) {
    bundleReach(place, pass);
  }
}

/** What a reference names in the Bundle is not among the references that are left to the commit. */
function lostReferences(place: BundlePlace, from: number, pass: Pass): ReadonlySet<string> {
  const first = entriesOf(place.bundle)[0]?.['resource'] as JsonObject | undefined;
  const demanded = own.get(first?.['resourceType']);
  const below = `${expressionOf(pass)}.entry[0].resource.`;
  return new Set(
    pass.references
      .slice(from)
      .filter(
        ({ expression, reference }) =>
          (reference.startsWith('urn:') && !place.byFullUrl.has(reference)) ||
          (expression.startsWith(below) && demanded?.test(expression.slice(below.length)) === true),
      )
      .map(({ expression }) => expression),
  );
}
