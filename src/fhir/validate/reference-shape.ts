import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import { resolveInPass } from './bundle-place.ts';
import type { Compiler } from './compiler.ts';
import { report, type ObjectCheck, type Pass } from './pass.ts';
import { namedType } from './reference-type.ts';

/**
 * A reference is a URL; its type is the one that the URL names; and `ref-1`: a reference to a contained
 * resource is to one that the resource contains. `#` is the container itself, as seen from a contained
 * resource.
 *
 * @see https://hl7.org/fhir/R4/references-definitions.html#Reference.type
 */
export function referenceShape(compiler: Compiler): ObjectCheck {
  return ({ reference, type }, pass) => {
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
    if (typeof type === 'string') {
      checkType(compiler, reference, type, pass);
    }
    checkFragment(reference, pass);
  };
}

function checkType(compiler: Compiler, reference: string, type: string, pass: Pass): void {
  const target = resolveInPass(pass, reference)?.['resourceType'];
  const named = target ?? namedType(compiler, reference);
  if (!compiler.definitions.isResourceType(type)) {
    report(pass, {
      code: 'structure',
      rule: 'reference-named-type',
      text: 'The type of the reference is not a resource type of R4, such as Patient.',
    });
  } else if (named !== undefined && named !== type) {
    report(pass, {
      code: 'structure',
      rule: 'reference-named-type',
      text: `The type of the reference is ${type}, and it leads to another; both must agree.`,
    });
  }
}

function checkFragment(reference: string, pass: Pass): void {
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
}

function hasContained(resource: JsonObject, id: string): boolean {
  const contained = resource['contained'];
  return (
    Array.isArray(contained) &&
    contained.some((candidate) => isJsonObject(candidate) && candidate['id'] === id)
  );
}
