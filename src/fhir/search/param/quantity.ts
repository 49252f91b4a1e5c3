import { isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts';
import { success, type Result } from '../../result.ts';
import { pointRange } from '../decimal-range.ts';
import { malformedValue } from '../failures.ts';
import type { QuantityEntry } from '../index-entry.ts';
import type { Parameter } from '../parameter.ts';
import type { SearchExpression } from '../plan.ts';
import { splitEscaped, unescapeValue } from '../query-text.ts';
import type { Range } from '../range-test.ts';
import { canonicalEntry, inAnyUnit } from './canonical-quantity.ts';
import { numberTest } from './number.ts';

/**
 * Returns the test of `[prefix][number]|[system]|[code]`; without a system the code is also the human
 * unit, without both any unit will do. A unit of UCUM finds the same quantity in other units too.
 * Fails `invalid-parameter`.
 *
 * @see https://hl7.org/fhir/R4/search.html#quantity
 */
export function parseQuantity(parameter: Parameter, value: string): Result<SearchExpression> {
  const [number = '', ...parts] = splitEscaped(value, '|');
  const [system = '', code = ''] = parts.map(unescapeValue);
  const range = numberTest(number);
  if (range === undefined || parts.length > 2) {
    return malformedValue(parameter.code, 'a quantity such as 5.4|http://unitsofmeasure.org|mg');
  }
  return success(
    inAnyUnit({
      kind: 'quantity',
      param: parameter.code,
      range,
      ...(system === '' ? {} : { system }),
      ...(code === '' ? {} : { code }),
    }),
  );
}

/**
 * Returns the entry of a Quantity and its specializations, Money, Range or SampledData, in the unit in
 * which it was written, and one in base units when that is another of UCUM; none when it has no value.
 */
export function quantityEntries(
  param: string,
  value: JsonValue,
  type: string,
): readonly QuantityEntry[] {
  const written = writtenEntries(param, value, type);
  const canonical = written[0] === undefined ? undefined : canonicalEntry(written[0]);
  return canonical === undefined ? written : [...written, canonical];
}

/** At most one entry. */
function writtenEntries(param: string, value: JsonValue, type: string): readonly QuantityEntry[] {
  if (!isJsonObject(value)) return [];
  if (type === 'Range') return rangeEntries(param, value);
  if (type === 'SampledData') return sampledEntries(param, value);
  const { value: number, comparator } = value;
  if (typeof number !== 'number') return [];
  const range = comparedRange(number, comparator);
  return type === 'Money'
    ? [{ kind: 'quantity', param, ...range, system: iso4217, code: textOf(value['currency']) }]
    : [entryOf(param, range, value)];
}

const iso4217 = 'urn:iso:std:iso:4217';

/** A value that is only known to lie below or above a number is less, or greater, than every number. */
function comparedRange(value: number, comparator: JsonValue | undefined): Range {
  if (comparator === '<' || comparator === '<=') return { low: -Infinity, high: -Infinity };
  if (comparator === '>' || comparator === '>=') return { low: Infinity, high: Infinity };
  return pointRange(value);
}

function rangeEntries(param: string, value: JsonObject): readonly QuantityEntry[] {
  const [low, high] = [value['low'], value['high']].map((end) => (isJsonObject(end) ? end : {}));
  const [lowest, highest] = [low?.['value'], high?.['value']];
  const unit = typeof lowest === 'number' ? low : high;
  if (unit === undefined || (typeof lowest !== 'number' && typeof highest !== 'number')) return [];
  const range = {
    low: typeof lowest === 'number' ? lowest : -Infinity,
    high: typeof highest === 'number' ? pointRange(highest).high : Infinity,
  };
  return [entryOf(param, range, unit)];
}

/** The span between the limits that the device could measure; without both, the origin stands for all. */
function sampledEntries(param: string, value: JsonObject): readonly QuantityEntry[] {
  const { origin, lowerLimit, upperLimit } = value;
  if (!isJsonObject(origin) || typeof origin['value'] !== 'number') return [];
  const range =
    typeof lowerLimit === 'number' && typeof upperLimit === 'number'
      ? { low: lowerLimit, high: pointRange(upperLimit).high }
      : pointRange(origin['value']);
  return [entryOf(param, range, origin)];
}

function entryOf(param: string, range: Range, unit: JsonObject): QuantityEntry {
  const { low, high } = range;
  const system = textOf(unit['system']);
  const code = textOf(unit['code']);
  const human = unit['unit'];
  return typeof human === 'string'
    ? { kind: 'quantity', param, low, high, system, code, unit: human }
    : { kind: 'quantity', param, low, high, system, code };
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
