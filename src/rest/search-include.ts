import { parseDocument } from '../fhir/json/parse.ts';
import { failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import { canonicalPlans } from '../fhir/search/include-canonical.ts';
import { includedKeys, revincludePlans } from '../fhir/search/include.ts';
import type { ParsedSearch } from '../fhir/search/query.ts';
import type { StoredVersion } from '../store/resource-store.ts';
import type { RestContext, RestRequest } from './rest.ts';

/** Matches, and what the client wants with them. */
export interface IncludeQuestion extends Pick<ParsedSearch, 'includes' | 'revincludes'> {
  readonly matches: readonly StoredVersion[];
}

/**
 * Returns the current resources that `_include` and `_revinclude` add to the matches, none of them twice
 * and none that is a match. Fails `too-costly` when they are more than `includesMax`.
 *
 * @see https://hl7.org/fhir/R4/search.html#include
 */
export async function includedBy(
  context: RestContext,
  request: RestRequest,
  { includes, revincludes, matches }: IncludeQuestion,
): Promise<Result<readonly StoredVersion[]>> {
  if (includes.length + revincludes.length === 0) return success([]);
  const seen = new Set(matches.map(nameOf));
  const included: StoredVersion[] = [];
  let sources = matches;
  for (let isIteration = false; sources.length > 0; isIteration = true) {
    const found = await around(context, request, { includes, revincludes, sources, isIteration });
    if (!found.ok) return found;
    sources = found.value.filter((version) => isNew(seen, version));
    included.push(...sources);
    if (included.length > context.limits.includesMax) return failed(tooMany(context));
  }
  return success(included);
}

/** What the sources refer to, and what refers to them. */
async function around(
  context: RestContext,
  request: RestRequest,
  {
    includes,
    revincludes,
    sources,
    isIteration,
  }: Omit<IncludeQuestion, 'matches'> & {
    readonly sources: readonly StoredVersion[];
    readonly isIteration: boolean;
  },
): Promise<Result<readonly StoredVersion[]>> {
  const indexed =
    includes.length === 0
      ? []
      : sources.map((version) => ({
          type: version.type,
          entries: entriesOf(context, request, version),
        }));
  const keys = includedKeys(includes, indexed, isIteration);
  const targets = await context.store.readMany(keys, request.access);
  const found = targets.flatMap((version) => (version?.text === undefined ? [] : [version]));
  const plans = [
    ...canonicalPlans(context.definitions, includes, indexed, isIteration),
    ...revincludePlans(context.definitions, revincludes, sources, isIteration),
  ];
  for (const plan of plans) {
    const count = context.limits.includesMax + 1;
    const page = await context.store.search({ plan, count, total: false }, request.access);
    if (!page.ok) return page;
    found.push(...page.value.matches);
    if (found.length > context.limits.includesMax + sources.length) return failed(tooMany(context));
  }
  return success(found);
}

function entriesOf(context: RestContext, request: RestRequest, { text = '' }: StoredVersion) {
  const document = parseDocument(text, { depthMax: context.limits.jsonDepthMax });
  if (!document.ok) throw new Error('The store holds a text that is no JSON of FHIR.');
  return context.index(document.value, request.baseUrl);
}

function isNew(seen: Set<string>, version: StoredVersion): boolean {
  const name = nameOf(version);
  const isSeen = seen.has(name);
  seen.add(name);
  return !isSeen;
}

function nameOf({ type, id }: StoredVersion): string {
  return `${type}/${id}`;
}

function tooMany({ limits }: RestContext) {
  return failure(
    'too-costly',
    `A page includes at most ${limits.includesMax} resources; ask for fewer matches by _count.`,
  );
}
