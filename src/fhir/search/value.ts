import { success, type Result } from '../result.ts';
import { derived } from './derive.ts';
import { malformedValue, refusedModifier } from './failures.ts';
import { parseComposite } from './param/composite.ts';
import { parseDate } from './param/date.ts';
import { parseNumber } from './param/number.ts';
import { parseQuantity } from './param/quantity.ts';
import { parseReference } from './param/reference-query.ts';
import { isSpecial, parseSpecial } from './param/special.ts';
import { parseString } from './param/string.ts';
import { parseToken } from './param/token-query.ts';
import { parseUri } from './param/uri.ts';
import type { Parameter, SearchSettings } from './parameter.ts';
import type { SearchExpression } from './plan.ts';
import { splitEscaped } from './query-text.ts';

/**
 * Returns the test of a parameter: comma-separated alternatives of which one must hold, negated as a
 * whole by `:not` and `:not-in`; `:missing` stands alone. Fails `invalid-parameter`, `too-costly`.
 *
 * @see https://hl7.org/fhir/R4/search.html#combining
 */
export function parseValues(
  parameter: Parameter,
  modifier: string | undefined,
  value: string,
  settings: SearchSettings,
): Result<SearchExpression> {
  if (isSpecial(parameter.definition)) return parseSpecial(parameter.code);
  if (modifier === 'missing') return parseMissing(parameter, value, settings);
  const tests: SearchExpression[] = [];
  for (const alternative of splitEscaped(value, ',')) {
    if (alternative === '') continue;
    const test = parseValue(parameter, alternative, modifier, settings);
    if (!test.ok) return test;
    tests.push(test.value);
  }
  const [only] = tests;
  if (only === undefined) return malformedValue(parameter.code, 'a list of values');
  const any = derived(parameter, settings, tests.length === 1 ? only : { kind: 'or', of: tests });
  const isNegated = parameter.type === 'token' && (modifier === 'not' || modifier === 'not-in');
  return success(isNegated ? { kind: 'not', of: any } : any);
}

function parseMissing(
  parameter: Parameter,
  value: string,
  settings: SearchSettings,
): Result<SearchExpression> {
  const param = parameter.code;
  if (parameter.type === 'composite') return refusedModifier(param, 'missing');
  if (value !== 'true' && value !== 'false') {
    return malformedValue(`${param}:missing`, 'true or false');
  }
  const present = derived(parameter, settings, { kind: 'present', param });
  return success(value === 'true' ? { kind: 'not', of: present } : present);
}

function parseValue(
  parameter: Parameter,
  value: string,
  modifier: string | undefined,
  settings: SearchSettings,
): Result<SearchExpression> {
  if (modifier !== undefined && !modified.has(parameter.type)) {
    return refusedModifier(parameter.code, modifier);
  }
  return valueParsers[parameter.type](parameter, value, modifier, settings);
}

/** The types that have modifiers besides `:missing`. */
const modified: ReadonlySet<Parameter['type']> = new Set(['string', 'token', 'reference', 'uri']);

type ValueParser = typeof parseValue;

const valueParsers: Readonly<Record<Parameter['type'], ValueParser>> = {
  string: (parameter, value, modifier) => parseString(parameter, value, modifier),
  token: parseToken,
  reference: parseReference,
  uri: (parameter, value, modifier) => parseUri(parameter, value, modifier),
  number: (parameter, value) => parseNumber(parameter, value),
  quantity: (parameter, value) => parseQuantity(parameter, value),
  date: (parameter, value, _, settings) => {
    const range = parseDate(parameter.code, value, settings);
    return range.ok ? success({ kind: 'date', param: parameter.code, range: range.value }) : range;
  },
  composite: (parameter, value, _, settings) =>
    parseComposite(parameter, value, settings, (component, part) =>
      parseValue(component, part, undefined, settings),
    ),
  special: ({ code }) => parseSpecial(code),
};
