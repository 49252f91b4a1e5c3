import { isJsonObject, type JsonArray, type JsonValue } from './json/json-value.ts';

/** Returns whether two JSON values are equal: members in any order, items in order, numbers by value. */
export function isSameJson(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    const [left, right] = [one as JsonArray, other as JsonArray];
    return (
      left.length === right.length && left.every((item, index) => isSameJson(item, right[index]))
    );
  }
  if (!isJsonObject(one) || !isJsonObject(other)) return one === other;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isSameJson(one[name], other[name]))
  );
}
