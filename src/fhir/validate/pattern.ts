import { isJsonObject, type JsonValue } from '../json/json-value.ts';
import { isJsonArray } from './json-array.ts';

/**
 * Returns whether a value is exactly the fixed one: same members, same order in arrays.
 *
 * @see https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.fixed_x_
 */
export function equalsFixed(value: JsonValue | undefined, fixed: JsonValue | undefined): boolean {
  if (value === fixed) {
    return true;
  }
  if (isJsonArray(value) && isJsonArray(fixed)) {
    return value.length === fixed.length && value.every((item, at) => equalsFixed(item, fixed[at]));
  }
  if (!isJsonObject(value) || !isJsonObject(fixed)) {
    return false;
  }
  const names = Object.keys(fixed);
  return (
    Object.keys(value).length === names.length &&
    names.every((name) => equalsFixed(value[name], fixed[name]))
  );
}

/**
 * Returns whether a value has everything that the pattern has; each item of an array of the pattern is
 * matched by some item of the value.
 *
 * @see https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.pattern_x_
 */
export function matchesPattern(value: JsonValue | undefined, pattern: JsonValue): boolean {
  if (isJsonArray(pattern)) {
    return (
      isJsonArray(value) &&
      pattern.every((wanted) => value.some((item) => matchesPattern(item, wanted)))
    );
  }
  if (!isJsonObject(pattern)) {
    return value === pattern;
  }
  if (!isJsonObject(value)) {
    return false;
  }
  for (const name in pattern) {
    const wanted = pattern[name];
    if (wanted !== undefined && !matchesPattern(value[name], wanted)) {
      return false;
    }
  }
  return true;
}
