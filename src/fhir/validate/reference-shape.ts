import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import { report, type ObjectCheck } from './pass.ts';

/**
 * A reference is a URL, and `ref-1`: a reference to a contained resource is to one that the resource contains; `#` is the
 * container itself, as seen from a contained resource.
 *
 * @see https://hl7.org/fhir/R4/references.html#contained
 */
export const referenceShape: ObjectCheck = (value, pass) => {
  const { reference } = value;
  if (typeof reference !== 'string') {
    return;
  }
  if (/\s/.test(reference)) {
    report(pass, {
      code: 'value',
      rule: 'reference',
      text: 'The reference has spaces; it must be a URL, which has none.',
      child: 'reference',
    });
  }
  if (!reference.startsWith('#')) {
    return;
  }
  const id = reference.slice(1);
  const isFound =
    id === '' ? pass.resource !== pass.rootResource : hasContained(pass.rootResource, id);
  if (!isFound) {
    report(pass, {
      code: 'invariant',
      rule: 'ref-1',
      text: 'The reference is to a contained resource, and the resource contains none with that id.',
      child: 'reference',
    });
  }
};

function hasContained(resource: JsonObject, id: string): boolean {
  const contained = resource['contained'];
  return (
    Array.isArray(contained) &&
    contained.some((candidate) => isJsonObject(candidate) && candidate['id'] === id)
  );
}
