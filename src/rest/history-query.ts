import { failure } from '../fhir/operation-outcome.ts';
import { instantOf, type Instant } from '../fhir/instant.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import { dateRange } from '../fhir/search/date-range.ts';
import { splitPrefix } from '../fhir/search/range-test.ts';
import type { HistoryQuery } from '../store/resource-store.ts';
import { preferredHandling } from './prefer.ts';
import type { RestContext, RestRequest } from './rest.ts';

/** What a history request asks, and its parameters without those that were left out. */
export interface HistoryParameters {
  readonly query: Omit<HistoryQuery, 'count'> & { readonly count: number };
  readonly understood: RestRequest['query'];
}

/**
 * Returns what a history asks. Fails `invalid-parameter` for a bad value and `unknown-parameter` for a
 * parameter that history has not, unless the client prefers lenient handling.
 *
 * @see https://hl7.org/fhir/R4/http.html#history
 */
export function historyParameters(
  context: RestContext,
  request: RestRequest,
): Result<HistoryParameters> {
  const understood = request.query.filter(([name]) => known.has(name));
  const unknown = request.query.find(([name]) => !known.has(name));
  if (unknown !== undefined && preferredHandling(request) === 'strict') {
    return failed(failure('unknown-parameter', `A history has no parameter ${unknown[0]}.`));
  }
  const values = new Map(understood);
  if (values.size < understood.length) {
    return failed(failure('invalid-parameter', 'A parameter of a history is given at most once.'));
  }
  const count = countOf(context, values.get('_summary') === 'count' ? '0' : values.get('_count'));
  if (!count.ok) return count;
  const since = sinceOf(values.get('_since'));
  if (!since.ok) return since;
  const at = atOf(values.get('_at'));
  if (!at.ok) return at;
  return success({
    understood,
    query: {
      count: count.value,
      ...(since.value !== undefined ? { since: since.value } : {}),
      ...(at.value !== undefined ? { at: at.value } : {}),
    },
  });
}

const known: ReadonlySet<string> = new Set([
  '_count',
  '_since',
  '_at',
  // Parameters of every request, which say how the answer is shown.
  '_format',
  '_pretty',
  '_summary',
  '_elements',
]);

/**
 * Returns the size of a page that `_count` asks for, at most the greatest; 0 asks for the total alone.
 *
 * @see https://hl7.org/fhir/R4/search.html#count
 */
export function countOf(context: RestContext, value: string | undefined): Result<number> {
  const { pageSizeDefault, pageSizeMax } = context.limits;
  if (value === undefined) return success(pageSizeDefault);
  return /^\d{1,9}$/u.test(value)
    ? success(Math.min(Number(value), pageSizeMax))
    : failed(failure('invalid-parameter', '_count is a whole number from 0 upwards.'));
}

function sinceOf(value: string | undefined): Result<Instant | undefined> {
  if (value === undefined) return success(undefined);
  const range = rangeOf(value);
  return range === undefined
    ? failed(failure('invalid-parameter', '_since is an instant such as 2024-03-04T02:00:00Z.'))
    : success(range.from);
}

function atOf(value: string | undefined): Result<HistoryQuery['at']> {
  if (value === undefined) return success(undefined);
  const [prefix, date] = splitPrefix(value);
  const range = rangeOf(date);
  const at = range === undefined ? undefined : currentBy.get(prefix)?.(range.from, range.to);
  return at === undefined
    ? failed(
        failure('invalid-parameter', '_at is a time such as 2024-03 or ge2024-03-04T02:00:00Z.'),
      )
    : success(at);
}

type TimeRange = NonNullable<HistoryQuery['at']>;

/** The time in which a version must have been current, by the prefix of a range. */
const currentBy: ReadonlyMap<string, (from: Instant, to: Instant) => TimeRange> = new Map([
  ['eq', (from, to) => ({ from, to })],
  ['ge', (from) => ({ from, to: endOfTime })],
  ['gt', (_, to) => ({ from: to, to: endOfTime })],
  ['le', (_, to) => ({ from: beginningOfTime, to })],
  ['lt', (from) => ({ from: beginningOfTime, to: from })],
]);

const beginningOfTime = instantOf(Date.UTC(1, 0));
const endOfTime = instantOf(Date.UTC(9999, 11, 31, 23, 59, 59, 999));

/** Returns the half-open range of a date, dateTime or instant; without a zone it is UTC. */
function rangeOf(value: string): { readonly from: Instant; readonly to: Instant } | undefined {
  const range = dateRange(value, 0);
  if (range === undefined) return undefined;
  const to = range.high > Date.parse(endOfTime) ? endOfTime : instantOf(range.high);
  return { from: instantOf(range.low), to };
}
