import { failure } from '../operation-outcome.ts';
import { failed, success, type Result } from '../result.ts';
import { malformedValue, refusedModifier, unknownParameter } from './failures.ts';
import { parseDate } from './param/date.ts';
import { leadsTo } from './param/reference-query.ts';
import { findParameter, type Parameter, type SearchSettings } from './parameter.ts';
import type { SearchExpression } from './plan.ts';
import { splitEscaped, unescapeValue } from './query-text.ts';
import { parseValues } from './value.ts';

/** Settings of criteria; the depth counts links of chains and `_has`. */
export interface CriterionSettings extends SearchSettings {
  readonly chainDepthMax: number;
}

/** A name and a value of a query. */
export type Pair = readonly [name: string, value: string];

/**
 * Returns the condition that one name and value of a query stand for, on resources of `types`.
 * Fails `unknown-parameter`, `invalid-parameter`, `too-costly` (chains).
 *
 * @see https://hl7.org/fhir/R4/search.html#parameters
 */
export function parseCriterion(
  types: readonly string[],
  pair: Pair,
  settings: CriterionSettings,
): Result<SearchExpression> {
  return parseLink(types, pair, { settings, depth: 0 });
}

interface Depth {
  readonly settings: CriterionSettings;
  readonly depth: number;
}

function parseLink(
  types: readonly string[],
  [name, value]: Pair,
  at: Depth,
): Result<SearchExpression> {
  const { settings, depth } = at;
  if (depth > settings.chainDepthMax) {
    return failed(failure('too-costly', `A chain has more than ${settings.chainDepthMax} links.`));
  }
  if (name.startsWith('_has:')) return parseHas(types, [name, value], at);
  const dot = name.indexOf('.');
  const head = dot === -1 ? name : name.slice(0, dot);
  const [code = '', ...modifiers] = head.split(':');
  const modifier = modifiers.length === 0 ? undefined : modifiers.join(':');
  if (dot !== -1) {
    const parameter = findParameter(settings.definitions, types, code);
    return parameter?.type === 'reference'
      ? parseChain({ parameter, modifier }, [name.slice(dot + 1), value], at)
      : unknownParameter(name, types);
  }
  const own = ownParsers.get(code);
  if (own !== undefined) return own(modifier, value, settings);
  const parameter = findParameter(settings.definitions, types, code);
  return parameter === undefined
    ? unknownParameter(code, types)
    : parseValues(parameter, modifier, value, settings);
}

/** @see https://hl7.org/fhir/R4/search.html#chaining */
function parseChain(
  { parameter, modifier }: { readonly parameter: Parameter; readonly modifier: string | undefined },
  [rest, value]: Pair,
  { settings, depth }: Depth,
): Result<SearchExpression> {
  if (modifier !== undefined && !leadsTo(parameter, modifier, settings)) {
    return refusedModifier(parameter.code, modifier);
  }
  const candidates = modifier === undefined ? targetTypes(parameter, settings) : [modifier];
  const byCondition = new Map<string, { where: SearchExpression; types: string[] }>();
  let refusal: Result<SearchExpression> = unknownParameter(rest, candidates);
  for (const type of candidates) {
    const where = parseLink([type], [rest, value], { settings, depth: depth + 1 });
    if (!where.ok) {
      if (where.failure.kind !== 'unknown-parameter') return where;
      if (candidates.length === 1) refusal = where;
      continue;
    }
    const key = JSON.stringify(where.value);
    const group = byCondition.get(key) ?? { where: where.value, types: [] };
    group.types.push(type);
    byCondition.set(key, group);
  }
  const chains = [...byCondition.values()].map(({ where, types }): SearchExpression => ({
    kind: 'chain',
    param: parameter.code,
    types,
    where,
  }));
  const [first] = chains;
  if (first === undefined) return refusal;
  return success(chains.length === 1 ? first : { kind: 'or', of: chains });
}

function targetTypes({ targets }: Parameter, { definitions }: SearchSettings): readonly string[] {
  return targets.length === 0 || targets.includes('Resource') ? definitions.resourceTypes : targets;
}

/** @see https://hl7.org/fhir/R4/search.html#has */
function parseHas(
  types: readonly string[],
  [name, value]: Pair,
  { settings, depth }: Depth,
): Result<SearchExpression> {
  const [, type = '', param = '', rest = ''] = /^_has:([^:]+):([^:]+):(.+)$/u.exec(name) ?? [];
  if (rest === '') return malformedValue('_has', 'of the form _has:[type]:[reference]:[parameter]');
  const { definitions } = settings;
  const parameter = definitions.isResourceType(type)
    ? findParameter(definitions, [type], param)
    : undefined;
  if (parameter?.type !== 'reference') return unknownParameter(`_has:${type}:${param}`, types);
  if (!types.some((one) => leadsTo(parameter, one, settings))) {
    return failed(
      failure('invalid-parameter', `${param} of ${type} does not refer to ${types.join(', ')}.`),
    );
  }
  const where = parseLink([type], [rest, value], { settings, depth: depth + 1 });
  return where.ok ? success({ kind: 'has', type, param, where: where.value }) : where;
}

type OwnParser = (
  modifier: string | undefined,
  value: string,
  settings: CriterionSettings,
) => Result<SearchExpression>;

/** Parameters that are no index entries. */
const ownParsers: ReadonlyMap<string, OwnParser> = new Map<string, OwnParser>([
  ['_id', parseId],
  ['_lastUpdated', parseLastUpdated],
  ['_list', parseList],
  ['_query', () => malformedValue('_query', 'the name of a query of this server')],
]);

function parseId(modifier: string | undefined, value: string): Result<SearchExpression> {
  if (modifier === 'missing') return parsePresence('_id', value);
  if (modifier !== undefined && modifier !== 'not') return refusedModifier('_id', modifier);
  const ids = splitEscaped(value, ',')
    .map((one) => unescapeValue(one))
    .filter((id) => id !== '');
  const test: SearchExpression = { kind: 'id', ids };
  return success(modifier === 'not' ? { kind: 'not', of: test } : test);
}

/** Every resource has an id and a time of change. */
function parsePresence(name: string, value: string): Result<SearchExpression> {
  if (value === 'true') return success({ kind: 'none' });
  return value === 'false'
    ? success({ kind: 'all' })
    : malformedValue(`${name}:missing`, 'true or false');
}

function parseLastUpdated(
  modifier: string | undefined,
  value: string,
  settings: CriterionSettings,
): Result<SearchExpression> {
  if (modifier === 'missing') return parsePresence('_lastUpdated', value);
  if (modifier !== undefined) return refusedModifier('_lastUpdated', modifier);
  const tests: SearchExpression[] = [];
  for (const one of splitEscaped(value, ',')) {
    const range = parseDate('_lastUpdated', one, settings);
    if (!range.ok) return range;
    tests.push({ kind: 'lastUpdated', range: range.value });
  }
  const [first] = tests;
  return success(first !== undefined && tests.length === 1 ? first : { kind: 'or', of: tests });
}

/** @see https://hl7.org/fhir/R4/search.html#list */
function parseList(modifier: string | undefined, value: string): Result<SearchExpression> {
  if (modifier !== undefined) return refusedModifier('_list', modifier);
  const ids = splitEscaped(value, ',')
    .map((one) => unescapeValue(one).replace(/^List\//u, ''))
    .filter((id) => id !== '');
  return ids.some((id) => id.startsWith('$'))
    ? success({
        kind: 'not-built',
        text: 'Lists by their function ($current-…) are not supported.',
      })
    : success({ kind: 'has', type: 'List', param: 'item', where: { kind: 'id', ids } });
}
