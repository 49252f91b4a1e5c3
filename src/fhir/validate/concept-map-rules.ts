import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import type { Compiler } from './compiler.ts';
import { itemsOf } from './json-array.ts';
import { report, type ObjectCheck, type Pass } from './pass.ts';

/**
 * The codes that a ConceptMap maps are in its source value set, and those that it maps to in the target
 * system, where these are shipped.
 *
 * @see https://hl7.org/fhir/R4/conceptmap-definitions.html#ConceptMap.source_x_
 */
export function conceptMapRules({ terminology }: Compiler): ObjectCheck {
  return (map, pass) => {
    checkTargets(terminology, map, pass);
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

/** @see https://hl7.org/fhir/R4/conceptmap-definitions.html#ConceptMap.group.target */
function checkTargets(terminology: Compiler['terminology'], map: JsonObject, pass: Pass): void {
  for (const [at, group] of itemsOf(map['group']).entries()) {
    const system = isJsonObject(group) ? group['target'] : undefined;
    if (!isJsonObject(group) || typeof system !== 'string') {
      continue;
    }
    for (const [index, element] of itemsOf(group['element']).entries()) {
      const targets = itemsOf(isJsonObject(element) ? element['target'] : undefined);
      for (const [target, { code }] of targets.filter(isJsonObject).entries()) {
        if (typeof code === 'string' && terminology.definesCode(system, code) === 'out') {
          report(pass, {
            code: 'code-invalid',
            rule: 'concept-map-target',
            text: 'The code is not one of the code system that the group maps to.',
            child: `group[${at}].element[${index}].target[${target}].code`,
          });
        }
      }
    }
  }
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
