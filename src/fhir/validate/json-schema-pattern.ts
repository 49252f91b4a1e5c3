import { isJsonObject, type JsonValue } from '../json/json-value.ts';
import { isJsonArray } from './json-array.ts';
import { joined, type Schema } from './json-schema-scope.ts';

/**
 * Returns the schema of what has everything that the pattern has.
 *
 * @see https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.pattern_x_
 */
export function patternSchema(pattern: JsonValue): Schema {
  if (isJsonArray(pattern)) {
    return joined(pattern.map((wanted) => ({ contains: patternSchema(wanted) })));
  }
  if (!isJsonObject(pattern)) {
    return { const: pattern };
  }
  const names = Object.keys(pattern);
  return {
    required: names,
    properties: Object.fromEntries(
      names.map((name) => [name, patternSchema(pattern[name] ?? null)]),
    ),
  };
}
