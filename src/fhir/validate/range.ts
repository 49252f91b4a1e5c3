import { isJsonObject, type JsonValue } from '../json/json-value.ts';

/**
 * Returns how a value lies to a limit (`minValue`, `maxValue`) of the same type: negative when below,
 * positive when above; undefined when the two cannot be compared (other unit, overlapping dates).
 *
 * @see https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.minValue_x_
 */
export function compareToLimit(value: JsonValue | undefined, limit: unknown): number | undefined {
  if (typeof value === 'number' && typeof limit === 'number') {
    return value - limit;
  }
  if (typeof value === 'string' && typeof limit === 'string') {
    return compareDates(value, limit);
  }
  if (isJsonObject(value) && isJsonObject(limit)) {
    const isSameUnit = value['system'] === limit['system'] && value['code'] === limit['code'];
    return isSameUnit || limit['code'] === undefined
      ? compareToLimit(value['value'], limit['value'])
      : undefined;
  }
  return undefined;
}

/** Dates of the same precision compare as text unless a zone is in the way. */
function compareDates(value: string, limit: string): number | undefined {
  if (value.includes('T') && limit.includes('T')) {
    const difference = Date.parse(value) - Date.parse(limit);
    return Number.isNaN(difference) ? undefined : difference;
  }
  const length = Math.min(value.length, limit.length, 10);
  const [left, right] = [value.slice(0, length), limit.slice(0, length)];
  return left === right ? (value.length === limit.length ? 0 : undefined) : left < right ? -1 : 1;
}
