import { success, type Result } from '../result.ts';
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
  if (modifier === 'missing') return parseMissing(parameter, value);
  const tests: SearchExpression[] = [];
  for (const alternative of splitEscaped(value, ',')) {
    if (alternative === '') continue;
    const test = parseValue(parameter, alternative, modifier, settings);
    if (!test.ok) return test;
    tests.push(test.value);
  }
  const [only] = tests;
  if (only === undefined) return malformedValue(parameter.code, 'a list of values');
  const any: SearchExpression = tests.length === 1 ? only : { kind: 'or', of: tests };
  const isNegated = parameter.type === 'token' && (modifier === 'not' || modifier === 'not-in');
  return success(isNegated ? { kind: 'not', of: any } : any);
}

function parseMissing(parameter: Parameter, value: string): Result<SearchExpression> {
  const param = parameter.code;
  if (parameter.type === 'composite') return refusedModifier(param, 'missing');
  if (value !== 'true' && value !== 'false') {
    return malformedValue(`${param}:missing`, 'true or false');
  }
  const present: SearchExpression = { kind: 'present', param };
  return success(value === 'true' ? { kind: 'not', of: present } : present);
}

function parseValue(
  parameter: Parameter,
  value: string,
  modifier: string | undefined,
  settings: SearchSettings,
): Result<SearchExpression> {
  switch (parameter.type) {
    case 'string':
      return parseString(parameter, value, modifier);
    case 'token':
      return parseToken(parameter, value, modifier, settings);
    case 'reference':
      return parseReference(parameter, value, modifier, settings);
    case 'uri':
      return parseUri(parameter, value, modifier);
    default:
      return modifier === undefined
        ? parseUnmodified(parameter, value, settings)
        : refusedModifier(parameter.code, modifier);
  }
}

function parseUnmodified(
  parameter: Parameter,
  value: string,
  settings: SearchSettings,
): Result<SearchExpression> {
  const param = parameter.code;
  switch (parameter.type) {
    case 'number':
      return parseNumber(parameter, value);
    case 'quantity':
      return parseQuantity(parameter, value);
    case 'date': {
      const range = parseDate(param, value, settings);
      return range.ok ? success({ kind: 'date', param, range: range.value }) : range;
    }
    case 'composite':
      return parseComposite(parameter, value, settings, (component, part) =>
        parseValue(component, part, undefined, settings),
      );
    default:
      return parseSpecial(param);
  }
}
