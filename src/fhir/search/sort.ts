import type { Definitions } from '../definitions/definitions.ts';
import { failure } from '../operation-outcome.ts';
import { failed, success, type Result } from '../result.ts';
import { sortedBy } from './derive.ts';
import { unknownParameter } from './failures.ts';
import { findParameter } from './parameter.ts';
import type { SortKey } from './plan.ts';

/**
 * Returns the keys of `_sort`, most significant first. Fails `unknown-parameter` for a name that is no
 * search parameter of the types, `invalid-parameter` for one that has no order.
 *
 * @see https://hl7.org/fhir/R4/search.html#sort
 */
export function parseSort(
  definitions: Definitions,
  types: readonly string[],
  value: string,
): Result<readonly SortKey[]> {
  const keys: SortKey[] = [];
  for (const rule of value.split(',')) {
    const name = rule.trim();
    if (name === '') continue;
    const key = sortKey(definitions, types, name);
    if (!key.ok) return key;
    keys.push(key.value);
  }
  return success(keys);
}

function sortKey(
  definitions: Definitions,
  types: readonly string[],
  name: string,
): Result<SortKey> {
  const descending = name.startsWith('-');
  const param = name.replace(/^[-+]/u, '');
  if (param === '_id') return success({ param, kind: 'id', descending });
  if (param === '_lastUpdated') return success({ param, kind: 'lastUpdated', descending });
  const parameter = findParameter(definitions, types, param);
  if (parameter === undefined) return unknownParameter(param, types);
  const { type } = parameter;
  return type === 'composite' || type === 'special' || parameter.definition.expression === undefined
    ? failed(failure('invalid-parameter', `${param} has no order to sort by.`))
    : success({ param: sortedBy(definitions, types[0] ?? '', param), kind: type, descending });
}
