import type { ElementType } from './element-tree.ts';
import { partOf, type Schema, type SchemaScope } from './json-schema-scope.ts';
import { targetsOf } from './reference-type.ts';

/**
 * Returns what a Reference may name: where its URL has the shape of FHIR's, the type in it is one of
 * those allowed; without a URL its `type` is. What the target is like only the server can see.
 *
 * @see https://hl7.org/fhir/R4/references.html#literal
 */
export function referenceSchema(scope: SchemaScope, { targetProfiles }: ElementType): Schema {
  const { types } = targetsOf(scope, targetProfiles);
  if (types.length === 0) {
    return true;
  }
  const all = scope.definitions.resourceTypes;
  const literalToAny = partOf(scope, 'literal-reference', () => ({ pattern: literalTo(all) }));
  const anyType = partOf(scope, 'resource-type', () => ({ enum: [...all] }));
  return {
    if: { required: ['reference'] },
    then: {
      properties: { reference: { if: literalToAny, then: { pattern: literalTo(types) } } },
    },
    else: { properties: { type: { if: anyType, then: { enum: types } } } },
  };
}

/** `Patient/1`, `http://example.org/fhir/Patient/1/_history/2`, `Patient?identifier=1`. */
function literalTo(types: readonly string[]): string {
  return `^([^#?:]*/|[^#?:]+://[^#?]*/)?(${types.join('|')})(/[^/?#]+(/_history/[^/?#]*)?|\\?.*)$`;
}
