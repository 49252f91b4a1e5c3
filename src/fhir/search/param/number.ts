import type { JsonValue } from '../../json/json-value.ts';
import { success, type Result } from '../../result.ts';
import { decimalRange, pointRange } from '../decimal-range.ts';
import { malformedValue } from '../failures.ts';
import type { NumberEntry } from '../index-entry.ts';
import type { Parameter } from '../parameter.ts';
import type { RangeTest, SearchExpression } from '../plan.ts';
import { splitPrefix } from '../range-test.ts';

/**
 * Returns the test of a number with its prefix. Fails `invalid-parameter`.
 *
 * @see https://hl7.org/fhir/R4/search.html#number
 */
export function parseNumber(parameter: Parameter, value: string): Result<SearchExpression> {
  const range = numberTest(value);
  return range === undefined
    ? malformedValue(parameter.code, 'a number such as 100, 5.40 or 1e2, with or without a prefix')
    : success({ kind: 'number', param: parameter.code, range });
}

/**
 * Returns the range of a number with its prefix, undefined when it is none. Only `eq` and `ne` go by
 * the precision; `ap` is a tenth of the value on either side.
 */
export function numberTest(text: string): RangeTest | undefined {
  const [prefix, digits] = splitPrefix(text.trim());
  const decimal = decimalRange(digits);
  if (decimal === undefined) return undefined;
  const { value, low, high } = decimal;
  if (prefix === 'eq' || prefix === 'ne') return { prefix, low, high };
  if (prefix !== 'ap') return { prefix, ...pointRange(value) };
  const margin = Math.abs(value) / 10;
  return { prefix, low: value - margin, high: pointRange(value + margin).high };
}

/** Returns the entries of an integer or decimal, or of a Range. */
export function numberEntries(param: string, value: JsonValue): readonly NumberEntry[] {
  return typeof value === 'number' ? [{ kind: 'number', param, ...pointRange(value) }] : [];
}
