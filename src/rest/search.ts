import { success, type Result } from '../fhir/result.ts';
import type { SearchExpression, SearchPlan } from '../fhir/search/plan.ts';
import { parseQuery, type ParsedSearch } from '../fhir/search/query.ts';
import type { SearchCursor, SearchPage } from '../store/resource-store.ts';
import { pageOf, pageUrl, pathOf, queryText, type PageState } from './page-link.ts';
import { preferredHandling } from './prefer.ts';
import type { RestContext, RestRequest, RestResponse } from './rest.ts';
import { includedBy } from './search-include.ts';
import { searchset } from './searchset.ts';
import { subsetBy } from './subset.ts';

/** What is searched: types, and a condition that the path adds to those of the query. */
export interface SearchScope {
  readonly types: readonly string[];
  readonly within?: SearchExpression;
}

type Page = PageState<SearchCursor>;

/**
 * Returns the searchset of what the request asks within the scope.
 * Fails `unknown-parameter`, `invalid-parameter`, `page-expired`, `too-costly`, `not-supported`.
 *
 * @see https://hl7.org/fhir/R4/http.html#search
 */
export async function search(
  context: RestContext,
  request: RestRequest,
  scope: SearchScope,
): Promise<Result<RestResponse>> {
  const opened = pageOf<SearchCursor>(context, request);
  if (!opened.ok) return opened;
  const page = opened.value;
  const began = page?.began ?? Date.parse(context.clock());
  const parsed = parse(context, request, { scope, page, began });
  if (!parsed.ok) return parsed;
  const { plan, count, total } = parsed.value;
  const found = await context.store.search(
    {
      plan: within(plan, scope),
      count,
      // Later pages repeat what the first one counted.
      total: page === undefined && total !== 'none',
      ...(page === undefined ? {} : { after: page.cursor }),
    },
    request.access,
  );
  if (!found.ok) return found;
  const { matches } = found.value;
  const included = await includedBy(context, request, { ...parsed.value, matches });
  if (!included.ok) return included;
  const counted = page === undefined ? found.value.total : page.total;
  const body = searchset(context, {
    baseUrl: request.baseUrl,
    total: counted,
    links: linksOf(context, request, {
      parsed: parsed.value,
      page,
      began,
      found: { ...found.value, ...(counted === undefined ? {} : { total: counted }) },
    }),
    matches,
    included: included.value,
    issues: parsed.value.issues,
    subset: subsetBy(context.definitions, parsed.value),
  });
  return success({ status: 200, headers: {}, body });
}

/** A page is asked for by what was understood at first, at the time of the first page. */
function parse(
  context: RestContext,
  request: RestRequest,
  {
    scope,
    page,
    began,
  }: {
    readonly scope: SearchScope;
    readonly page: Page | undefined;
    readonly began: number;
  },
): Result<ParsedSearch> {
  const { definitions, terminology, limits } = context;
  return parseQuery(page?.query ?? request.query, scope.types, {
    definitions,
    terminology,
    baseUrl: request.baseUrl,
    now: began,
    chainDepthMax: limits.chainDepthMax,
    pageSizeDefault: limits.pageSizeDefault,
    pageSizeMax: limits.pageSizeMax,
    handling: preferredHandling(request),
  });
}

function within(plan: SearchPlan, scope: SearchScope): SearchPlan {
  if (scope.within === undefined) return plan;
  const where: SearchExpression =
    plan.where.kind === 'all' ? scope.within : { kind: 'and', of: [scope.within, plan.where] };
  return { ...plan, where };
}

/** The self link shows what was applied, so that a client sees what was left out. */
function linksOf(
  context: RestContext,
  request: RestRequest,
  {
    parsed,
    page,
    began,
    found,
  }: {
    readonly parsed: ParsedSearch;
    readonly page: Page | undefined;
    readonly began: number;
    readonly found: SearchPage;
  },
): readonly (readonly [string, string])[] {
  const path = pathOf(request);
  const query = page?.query ?? parsed.applied;
  const text = queryText(query);
  const first = `${request.baseUrl}${path === '' ? '' : `/${path}`}${text === '' ? '' : `?${text}`}`;
  const { next, total } = found;
  return [
    ['self', page === undefined ? first : pageUrl(context, request, page)],
    ['first', first],
    ...(next === undefined
      ? []
      : [
          [
            'next',
            pageUrl(context, request, pageAfter({ path, query, began, next, total })),
          ] as const,
        ]),
  ];
}

function pageAfter({
  next,
  total,
  ...state
}: Omit<Page, 'cursor' | 'total'> & {
  readonly next: SearchCursor;
  readonly total: number | undefined;
}): Page {
  return { ...state, cursor: next, ...(total === undefined ? {} : { total }) };
}
