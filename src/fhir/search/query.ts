import { failure, type Issue } from '../operation-outcome.ts';
import { failed, success, type Result } from '../result.ts';
import { parseCriterion, type CriterionSettings, type Pair } from './criterion.ts';
import { malformedValue } from './failures.ts';
import { parseInclude, type IncludeDirective } from './include.ts';
import type { SearchExpression, SearchPlan, SortKey } from './plan.ts';
import { parseSort } from './sort.ts';

/** How a query is read: the settings of its values, the limits, and what `Prefer: handling` asks. */
export interface QueryOptions extends CriterionSettings {
  readonly pageSizeDefault: number;
  readonly pageSizeMax: number;
  /** Default: `strict`. Lenient leaves out unknown parameters with a warning. */
  readonly handling?: 'strict' | 'lenient';
}

/** @see https://hl7.org/fhir/R4/search.html#summary */
export type SummaryMode = 'true' | 'text' | 'data' | 'count' | 'false';

/** @see https://hl7.org/fhir/R4/search.html#total */
export type TotalMode = 'none' | 'estimate' | 'accurate';

/** A query as it was understood. */
export interface ParsedSearch {
  readonly plan: SearchPlan;
  readonly includes: readonly IncludeDirective[];
  readonly revincludes: readonly IncludeDirective[];
  /** Matches a page; 0 with `summary` `count`. */
  readonly count: number;
  /** Undefined: not asked. */
  readonly total?: TotalMode;
  readonly summary: SummaryMode;
  /** Of `_elements`: names of elements at the root, or `[type].[element]`. */
  readonly elements?: readonly string[];
  /** The token of `_page`, opened by `openCursor`. */
  readonly page?: string;
  /** The pairs that were applied, in order, for the self link; without `_format`, `_pretty` and `_page`. */
  readonly applied: readonly Pair[];
  /** Warnings of what lenient handling left out. */
  readonly issues: readonly Issue[];
}

/**
 * Returns the query, compiled. `types` are the searched types, never empty; `_type` narrows them.
 * Fails `unknown-parameter` (unless lenient), `invalid-parameter`, `too-costly`; never repeats a value.
 *
 * @see https://hl7.org/fhir/R4/search.html
 */
export function parseQuery(
  query: readonly Pair[],
  types: readonly string[],
  options: QueryOptions,
): Result<ParsedSearch> {
  const narrowed = narrowTypes(query, types, options);
  if (!narrowed.ok) return narrowed;
  const draft = newDraft(options);
  for (const pair of query) {
    // A parameter without a value says nothing.
    if (pair[1] === '' || ignored.has(pair[0])) continue;
    const taken = pair[0] === '_type' ? narrowed : take(draft, pair, narrowed.value, options);
    if (taken.ok) draft.applied.push(pair);
    else if (options.handling === 'lenient' && taken.failure.kind === 'unknown-parameter') {
      draft.issues.push(...taken.failure.issues.map((issue) => warning(issue)));
    } else return taken;
  }
  return finish(draft, narrowed.value);
}

const ignored: ReadonlySet<string> = new Set(['_format', '_pretty']);

interface Draft {
  readonly where: SearchExpression[];
  readonly includes: IncludeDirective[];
  readonly revincludes: IncludeDirective[];
  readonly applied: Pair[];
  readonly issues: Issue[];
  sort: readonly SortKey[];
  count: number;
  total?: TotalMode;
  summary: SummaryMode;
  elements?: readonly string[];
  page?: string;
}

function newDraft({ pageSizeDefault, pageSizeMax }: QueryOptions): Draft {
  return {
    where: [],
    includes: [],
    revincludes: [],
    applied: [],
    issues: [],
    sort: [],
    count: Math.min(pageSizeDefault, pageSizeMax),
    summary: 'false',
  };
}

/** @see https://hl7.org/fhir/R4/search.html#type */
function narrowTypes(
  query: readonly Pair[],
  types: readonly string[],
  { definitions }: QueryOptions,
): Result<readonly string[]> {
  let narrowed = types;
  for (const [name, value] of query) {
    if (name !== '_type' || value === '') continue;
    const wanted = value.split(',').map((type) => type.trim());
    if (!wanted.every((type) => definitions.isResourceType(type))) {
      return malformedValue('_type', 'a list of resource types');
    }
    narrowed = narrowed.filter((type) => wanted.includes(type));
  }
  return narrowed.length === 0
    ? failed(failure('invalid-parameter', '_type names none of the types that are searched.'))
    : success(narrowed);
}

/** Takes one pair into the draft; the result says only whether it could. */
function take(
  draft: Draft,
  pair: Pair,
  types: readonly string[],
  options: QueryOptions,
): Result<unknown> {
  const [name, value] = pair;
  const [code = ''] = name.split(':');
  const shape = shapers.get(code);
  if (shape !== undefined) return shape(draft, pair, { types, options });
  const condition = parseCriterion(types, [name, value], options);
  if (condition.ok) draft.where.push(condition.value);
  return condition;
}

type Shaper = (
  draft: Draft,
  pair: Pair,
  context: { readonly types: readonly string[]; readonly options: QueryOptions },
) => Result<unknown>;

/** The parameters that shape the answer. */
const shapers: ReadonlyMap<string, Shaper> = new Map<string, Shaper>([
  [
    '_sort',
    (draft, [, value], { types, options }) => {
      const keys = parseSort(options.definitions, types, value);
      if (keys.ok) draft.sort = [...draft.sort, ...keys.value];
      return keys;
    },
  ],
  [
    '_count',
    (draft, [, value], { options }) => {
      if (!/^\d{1,9}$/u.test(value)) return malformedValue('_count', 'a whole number');
      draft.count = Math.min(Number(value), options.pageSizeMax);
      return success(undefined);
    },
  ],
  ['_total', (draft, [, value]) => choose('_total', totals, value, (mode) => (draft.total = mode))],
  [
    '_summary',
    (draft, [, value]) => choose('_summary', summaries, value, (mode) => (draft.summary = mode)),
  ],
  ['_elements', takeElements],
  ['_include', takeInclude],
  ['_revinclude', takeInclude],
  ['_contained', (_, [, value]) => onlyDefault('_contained', value, 'false')],
  ['_containedType', (_, [, value]) => onlyDefault('_containedType', value, 'container')],
  [
    '_page',
    (draft, [, value]) => {
      draft.page = value;
      return success(undefined);
    },
  ],
]);

const totals: readonly TotalMode[] = ['none', 'estimate', 'accurate'];
const summaries: readonly SummaryMode[] = ['true', 'text', 'data', 'count', 'false'];

function choose<T extends string>(
  name: string,
  allowed: readonly T[],
  value: string,
  set: (mode: T) => void,
): Result<undefined> {
  const mode = allowed.find((one) => one === value);
  if (mode === undefined) return malformedValue(name, `one of ${allowed.join(', ')}`);
  set(mode);
  return success(undefined);
}

function takeElements(draft: Draft, [, value]: Pair): Result<undefined> {
  const names = value.split(',').map((name) => name.trim());
  if (!names.every((name) => /^[A-Za-z]\w*(?:\.[A-Za-z]\w*)*$/u.test(name))) {
    return malformedValue('_elements', 'a list of element names');
  }
  draft.elements = [...(draft.elements ?? []), ...names];
  return success(undefined);
}

function takeInclude(
  draft: Draft,
  [name, value]: Pair,
  { options }: { readonly options: QueryOptions },
): Result<unknown> {
  const directive = parseInclude(options.definitions, name, value);
  if (directive.ok) {
    (name.startsWith('_rev') ? draft.revincludes : draft.includes).push(directive.value);
  }
  return directive;
}

/** @see https://hl7.org/fhir/R4/search.html#contained */
function onlyDefault(name: string, value: string, only: string): Result<undefined> {
  return value === only
    ? success(undefined)
    : failed(failure('not-supported', `${name} other than ${only} is not supported.`));
}

function finish(draft: Draft, types: readonly string[]): Result<ParsedSearch> {
  const { where, sort, count, summary } = draft;
  const isCounted = count === 0 || summary === 'count';
  if (summary === 'text' && draft.includes.length + draft.revincludes.length > 0) {
    return failed(
      failure('invalid-parameter', '_include and _revinclude cannot be mixed with _summary=text.'),
    );
  }
  const [first] = where;
  const whole: SearchExpression =
    first === undefined ? { kind: 'all' } : where.length === 1 ? first : { kind: 'and', of: where };
  const { total, elements, page } = draft;
  return success({
    plan: { types, where: whole, sort },
    includes: draft.includes,
    revincludes: draft.revincludes,
    count: isCounted ? 0 : count,
    summary: isCounted ? 'count' : summary,
    applied: draft.applied.filter(([name]) => name !== '_page'),
    issues: draft.issues,
    ...(total === undefined ? {} : { total }),
    ...(elements === undefined ? {} : { elements }),
    ...(page === undefined ? {} : { page }),
  });
}

function warning({ text, code }: Issue): Issue {
  return { severity: 'warning', code, text: `${text} It was left out.` };
}
