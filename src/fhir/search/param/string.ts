import { isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts';
import { success, type Result } from '../../result.ts';
import { refusedModifier } from '../failures.ts';
import { fold } from '../fold.ts';
import type { StringEntry } from '../index-entry.ts';
import type { Parameter } from '../parameter.ts';
import type { SearchExpression } from '../plan.ts';
import { unescapeValue } from '../query-text.ts';

/**
 * Returns the test of a string: it starts with the value, without case, accents and punctuation;
 * `:contains` and `:exact` as they say. Fails `invalid-parameter` for other modifiers.
 *
 * @see https://hl7.org/fhir/R4/search.html#string
 */
export function parseString(
  parameter: Parameter,
  value: string,
  modifier: string | undefined,
): Result<SearchExpression> {
  const param = parameter.code;
  const text = unescapeValue(value);
  switch (modifier) {
    case undefined:
      return success({ kind: 'string', param, match: 'starts-with', value: fold(text) });
    case 'contains':
      return success({ kind: 'string', param, match: 'contains', value: fold(text) });
    case 'exact':
      return success({ kind: 'string', param, match: 'exact', value: text });
    default:
      return refusedModifier(param, modifier);
  }
}

/** Returns an entry for each string of a value: of a HumanName and Address each part, of others their text. */
export function stringEntries(param: string, value: JsonValue): readonly StringEntry[] {
  if (typeof value === 'string') return wordEntries(param, value, param === 'family');
  if (!isJsonObject(value)) return [];
  return textMembers.flatMap((name) => memberEntries(param, value, name));
}

/** Those of HumanName, Address and CodeableConcept; no other type has two of them. */
const textMembers = [
  'text',
  'family',
  'given',
  'prefix',
  'suffix',
  'line',
  'city',
  'district',
  'state',
  'postalCode',
  'country',
];

function memberEntries(param: string, parent: JsonObject, name: string): readonly StringEntry[] {
  const value = parent[name];
  if (typeof value === 'string') return wordEntries(param, value, name === 'family');
  return Array.isArray(value)
    ? (value as readonly JsonValue[]).flatMap((one) =>
        typeof one === 'string' ? wordEntries(param, one, false) : [],
      )
    : [];
}

/** A family name of several words is found by each of them: `Carreno Quinones` by `quinones`. */
function wordEntries(param: string, exact: string, byWord: boolean): readonly StringEntry[] {
  const whole: StringEntry = { kind: 'string', param, folded: fold(exact), exact };
  if (!byWord || !/[\s-]/u.test(exact)) return [whole];
  const [, ...later] = exact.split(/[\s-]+/u).map(fold);
  // The word is no value of its own for :exact, so it keeps the whole.
  return [whole, ...later.filter((word) => word !== '').map((folded) => ({ ...whole, folded }))];
}
