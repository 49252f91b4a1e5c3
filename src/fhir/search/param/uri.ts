import type { JsonValue } from '../../json/json-value.ts';
import { success, type Result } from '../../result.ts';
import { refusedModifier } from '../failures.ts';
import type { UriEntry } from '../index-entry.ts';
import type { Parameter } from '../parameter.ts';
import type { SearchExpression } from '../plan.ts';
import { unescapeValue } from '../query-text.ts';

/**
 * Returns the test of a URI: the whole, or with `:below` and `:above` one that begins with the other,
 * which is for URLs only. `url=[canonical]|[version]` also tests the version. Fails `invalid-parameter`
 * for other modifiers.
 *
 * @see https://hl7.org/fhir/R4/search.html#uri
 */
export function parseUri(
  parameter: Parameter,
  value: string,
  modifier: string | undefined,
): Result<SearchExpression> {
  const param = parameter.code;
  const text = unescapeValue(value);
  if (modifier !== undefined && modifier !== 'below' && modifier !== 'above') {
    return refusedModifier(param, modifier);
  }
  const match = modifier === undefined || text.startsWith('urn:') ? 'exact' : modifier;
  const bar = text.indexOf('|');
  if (param !== 'url' || bar === -1) return success({ kind: 'uri', param, match, value: text });
  return success({
    kind: 'and',
    of: [
      { kind: 'uri', param, match, value: text.slice(0, bar) },
      { kind: 'token', param: 'version', code: text.slice(bar + 1) },
    ],
  });
}

/** Returns the entries of a URI: as it was written, and a canonical also without its version. */
export function uriEntries(param: string, value: JsonValue): readonly UriEntry[] {
  if (typeof value !== 'string') return [];
  const bar = value.indexOf('|');
  const whole: UriEntry = { kind: 'uri', param, value };
  return bar === -1 ? [whole] : [whole, { ...whole, value: value.slice(0, bar) }];
}
