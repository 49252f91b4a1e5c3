import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import type { Compiler } from './compiler.ts';
import { itemsOf } from './json-array.ts';
import { report, type ObjectCheck, type Pass } from './pass.ts';

/**
 * The codes that a ConceptMap maps are in its source value set, where that is shipped.
 *
 * @see https://hl7.org/fhir/R4/conceptmap-definitions.html#ConceptMap.source_x_
 */
export function conceptMapRules({ terminology }: Compiler): ObjectCheck {
  return (map, pass) => {
    const valueSet = map['sourceCanonical'] ?? map['sourceUri'];
    if (typeof valueSet !== 'string') {
      return;
    }
    for (const [index, group] of itemsOf(map['group']).entries()) {
      const system = isJsonObject(group) ? group['source'] : undefined;
      if (isJsonObject(group) && typeof system === 'string') {
        checkElements(
          group,
          `group[${index}]`,
          pass,
          (code) => terminology.membership(valueSet, system, code) === 'out',
        );
      }
    }
  };
}

function checkElements(
  group: JsonObject,
  child: string,
  pass: Pass,
  isOut: (code: string) => boolean,
): void {
  for (const [index, element] of itemsOf(group['element']).entries()) {
    const code: JsonValue | undefined = isJsonObject(element) ? element['code'] : undefined;
    if (typeof code === 'string' && isOut(code)) {
      report(pass, {
        code: 'code-invalid',
        rule: 'concept-map-source',
        text: 'The code is not in the value set that the map says it maps from.',
        child: `${child}.element[${index}].code`,
      });
    }
  }
}
