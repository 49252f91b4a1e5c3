import type { ElementDefinition } from '@medplum/fhirtypes';

const added = ['constraint', 'condition', 'alias', 'mapping', 'extension', 'example'] as const;

/**
 * Returns an element of the base with what the differential says of it: its members replace those of
 * the base, lists of rules are added to. Path, id and base stay the base's.
 *
 * @see https://hl7.org/fhir/R4/elementdefinition.html#interpretation
 */
export function mergedElement(
  base: ElementDefinition,
  differential: ElementDefinition,
): ElementDefinition {
  const merged: Record<string, unknown> = { ...base, ...differential };
  for (const name of added) {
    const lists = [base[name], differential[name]].filter((list) => list !== undefined);
    if (lists.length === 2) {
      merged[name] = distinct(lists.flat());
    }
  }
  merged['path'] = base.path;
  merged['base'] = base.base;
  if (base.sliceName !== undefined) {
    merged['sliceName'] = base.sliceName;
  }
  return merged as unknown as ElementDefinition;
}

function distinct(list: readonly unknown[]): unknown[] {
  const texts = new Set<string>();
  return list.filter((item) => {
    const text = JSON.stringify(item);
    const isNew = !texts.has(text);
    texts.add(text);
    return isNew;
  });
}
