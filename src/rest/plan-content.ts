import type { JsonDocument } from '../fhir/json/json-document.ts';
import { parseDocument } from '../fhir/json/parse.ts';
import { failure, type Failure } from '../fhir/operation-outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import { demandedProfile } from '../trial/trial-record.ts';
import { profile } from '../trial/canonical.ts';
import type { Draft } from './plan-draft.ts';
import { combined, placed } from './plan-failure.ts';
import type { Located } from './plan-located.ts';
import type { Matcher } from './plan-match.ts';
import { createFindTargets, type FindTargets } from './reference-conditional.ts';
import { createLinks, type Links } from './reference-links.ts';
import { rewriteLinks } from './reference-rewrite.ts';
import type { RestContext, RestRequest } from './rest.ts';
import { carryOwned } from './server-owned.ts';
import { createPace } from './write-pace.ts';

/**
 * Returns each located intent with the content that it would store: patches applied, links between the
 * entries of a transaction resolved, the server's elements of a subject carried over.
 * Lets other requests go on between entries. Fails with the issues of all that cannot be.
 */
export async function draftWrites(
  context: RestContext,
  request: RestRequest,
  located: readonly Located[],
  match: Matcher,
): Promise<Result<readonly Draft[]>> {
  const links = createLinks(located, request.baseUrl);
  const findTargets = createFindTargets(context, request, located, match);
  const pace = createPace();
  const drafts: Draft[] = [];
  const failures: Failure[] = [];
  for (const one of located) {
    const draft = await draftOf(context, request, one, { links, findTargets });
    if (draft.ok) drafts.push(draft.value);
    else {
      const issues = placed(draft.failure.issues, one.intent.place);
      failures.push({ ...draft.failure, issues });
    }
    await pace();
  }
  const failure = combined(failures);
  return failure === undefined ? success(drafts) : failed(failure);
}

/** What the entries of one request are linked by. */
interface Linking {
  readonly links: Links;
  readonly findTargets: FindTargets;
}

async function draftOf(
  context: RestContext,
  request: RestRequest,
  located: Located,
  { links, findTargets }: Linking,
): Promise<Result<Draft>> {
  const { intent, effect } = located;
  if (effect === 'existing' || intent.interaction === 'delete') return success({ located });
  const content =
    intent.interaction === 'patch'
      ? patched(context, located, intent.apply)
      : success(intent.document);
  if (!content.ok) return content;
  const linked = await linkedDocument(context, located, content.value, { links, findTargets });
  if (!linked.ok) return linked;
  const carried =
    request.asServer === true ? linked : carriedDocument(context, located, linked.value);
  return carried.ok ? success({ located, document: carried.value }) : carried;
}

/** Only the entries of a transaction are linked. */
async function linkedDocument(
  context: RestContext,
  { intent }: Located,
  document: JsonDocument,
  { links, findTargets }: Linking,
): Promise<Result<JsonDocument>> {
  if (intent.place === undefined) return success(document);
  const fullUrl = 'fullUrl' in intent ? intent.fullUrl : undefined;
  const { definitions } = context;
  const text = await rewriteLinks(document, { links, fullUrl, findTargets, definitions });
  return text.ok ? reparsed(context, document, text.value) : text;
}

function carriedDocument(
  context: RestContext,
  { current }: Located,
  document: JsonDocument,
): Result<JsonDocument> {
  return current?.text === undefined || !isSubject(context, document)
    ? success(document)
    : reparsed(context, document, carryOwned(current.text, document.text));
}

function isSubject(context: RestContext, document: JsonDocument): boolean {
  return demandedProfile(document.value as Resource, context.terminology) === profile('subject');
}

/** Parses a text that was edited; one that was not is what it was. */
function reparsed(
  context: RestContext,
  document: JsonDocument,
  text: string,
): Result<JsonDocument> {
  return text === document.text
    ? success(document)
    : parseDocument(text, { depthMax: context.limits.jsonDepthMax });
}

/** A patch may change neither the type nor the id. */
function patched(
  context: RestContext,
  { key, current }: Located,
  apply: (text: string) => Result<string>,
): Result<JsonDocument> {
  const text = apply(current?.text ?? '');
  if (!text.ok) return text;
  const document = parseDocument(text.value, { depthMax: context.limits.jsonDepthMax });
  if (!document.ok) return document;
  const { resourceType, id } = document.value.value;
  return resourceType === key.type && id === key.id
    ? document
    : failed(
        failure(
          'business-rule',
          'A patch cannot change the type or the id of a resource.',
          key.type,
        ),
      );
}
