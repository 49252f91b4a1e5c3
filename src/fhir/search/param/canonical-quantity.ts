import { toBase, ucumSystem, unitScale, type UnitScale } from '../../ucum.ts';
import { pointRange } from '../decimal-range.ts';
import type { QuantityEntry, SimpleEntry } from '../index-entry.ts';
import type { RangeTest, SearchExpression } from '../plan.ts';
import type { Range } from '../range-test.ts';

type QuantityTest = Extract<SearchExpression, { readonly kind: 'quantity' }>;

/** The system of canonical forms; no resource says it, so that nothing else finds them. */
export const canonicalSystem = `${ucumSystem}#base`;

/**
 * Returns the entry of the value in the base units of its unit; undefined when the unit does not convert
 * or is the base unit itself.
 *
 * @see docs/spec-clarifications.md#search
 */
export function canonicalEntry(entry: QuantityEntry): QuantityEntry | undefined {
  const scale = entry.system === ucumSystem ? unitScale(entry.code) : undefined;
  if (scale === undefined || scale.base === entry.code) return undefined;
  const param = canonicalParam(entry.param);
  const range = inBase(scale, entry);
  return { kind: 'quantity', param, ...range, system: canonicalSystem, code: scale.base };
}

/**
 * Returns the test with those of the same quantity in other units, one of which must hold: the value as
 * it is written, in the base unit, or converted to it.
 *
 * @see https://hl7.org/fhir/R4/search.html#quantity
 */
export function inAnyUnit(test: QuantityTest): SearchExpression {
  const { code = '', system, param } = test;
  const scale = system === ucumSystem ? unitScale(code) : undefined;
  if (scale === undefined) return test;
  const { base } = scale;
  const range = testInBase(scale, test.range);
  const isBase = base === code;
  return {
    kind: 'or',
    of: [
      test,
      ...(isBase ? [] : [{ ...test, range, code: base }]),
      { ...test, range, param: canonicalParam(param), system: canonicalSystem, code: base },
    ],
  };
}

/** Returns whether the entry is the canonical form of the one before it. */
export function isCanonical(entry: SimpleEntry): boolean {
  return entry.kind === 'quantity' && entry.system === canonicalSystem;
}

function canonicalParam(param: string): string {
  return `${param}:canonical`;
}

/** Only `eq` and `ne` go by the precision; the other ranges end at the next number after a point. */
function testInBase(scale: UnitScale, range: RangeTest): RangeTest {
  const { prefix, low, high } = range;
  return prefix === 'eq' || prefix === 'ne'
    ? { prefix, low: toBase(scale, low), high: toBase(scale, high) }
    : { prefix, ...inBase(scale, range) };
}

/** A range whose end is the next number after a point; the next number in one unit is not that in another. */
function inBase(scale: UnitScale, { low, high }: Range): Range {
  const lowest = toBase(scale, low);
  const isPoint = high === pointRange(low).high;
  const highest = isPoint ? lowest : toBase(scale, high);
  return {
    low: lowest,
    high: Number.isFinite(highest) ? pointRange(highest).high : highest,
  };
}
