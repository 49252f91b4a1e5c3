import { failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import type { Precondition, StoredVersion } from '../store/resource-store.ts';
import { checkIfMatch, locateVersion, type Located } from './plan-located.ts';
import type { Matcher } from './plan-match.ts';
import type { RestContext, RestRequest } from './rest.ts';
import type { DeleteIntent, PatchIntent, UpdateIntent, WriteIntent } from './write-intent.ts';

interface Conditional {
  readonly intent: WriteIntent;
  readonly match: Matcher;
  readonly deleted: ReadonlySet<string>;
}

/**
 * Returns what an intent with criteria is about: the one resource that matches, or for a create and an
 * update a new one. What the transaction deletes (`deleted`, `Type/id`) does not match.
 * Fails `multiple-matches`, `not-found` for a patch, `conflict` when a new one's id is taken.
 *
 * @see https://hl7.org/fhir/R4/http.html#cond-update
 */
export async function locateByCriteria(
  context: RestContext,
  request: RestRequest,
  { intent, match, deleted }: Conditional,
): Promise<Result<Located>> {
  const find = intent.interaction === 'create' ? match.findForCreate : match.find;
  const matched = await find(intent.type, intent.criteria ?? []);
  if (!matched.ok) return matched;
  const { plan } = matched.value;
  const versions = matched.value.versions.filter(({ type, id }) => !deleted.has(`${type}/${id}`));
  const [only, second] = versions;
  if (second !== undefined) {
    return failed(
      failure('multiple-matches', `More than one ${intent.type} matches the criteria.`),
    );
  }
  // The store checks before it writes, so a match that this very commit deletes would still count.
  const isNew: readonly Precondition[] =
    versions.length < matched.value.versions.length ? [] : [{ kind: 'noMatch', plan }];
  if (only !== undefined) {
    return intent.interaction === 'create' ? existing(intent, only) : locateOnly(intent, only);
  }
  const key = { type: intent.type, id: intent.newId };
  switch (intent.interaction) {
    case 'create':
      return success({ intent, key, effect: 'created', preconditions: isNew });
    case 'update':
      return locateNew(context, request, intent, isNew);
    case 'patch':
      return failed(failure('not-found', `No ${intent.type} matches the criteria.`));
    case 'delete':
      return success({ intent, key, effect: 'nothing', preconditions: [] });
  }
}

function existing(intent: WriteIntent, current: StoredVersion): Result<Located> {
  const key = { type: current.type, id: current.id };
  return success({ intent, key, current, effect: 'existing', preconditions: [] });
}

function locateOnly(
  intent: UpdateIntent | PatchIntent | DeleteIntent,
  current: StoredVersion,
): Result<Located> {
  const id = intent.interaction === 'update' ? intent.document.value['id'] : undefined;
  if (id !== undefined && id !== current.id) {
    return failed(
      failure(
        'invalid-request',
        'The resource has another id than the one that matches the criteria.',
        `${intent.type}.id`,
      ),
    );
  }
  const matched = checkIfMatch(intent.ifMatch, current);
  return matched.ok
    ? locateVersion(intent, { type: current.type, id: current.id }, current)
    : matched;
}

/** A conditional update without a match creates: with the id that the resource names, if it is free. */
async function locateNew(
  context: RestContext,
  request: RestRequest,
  intent: UpdateIntent,
  isNew: readonly Precondition[],
): Promise<Result<Located>> {
  const matched = checkIfMatch(intent.ifMatch, undefined);
  if (!matched.ok) return matched;
  const named = intent.document.value['id'];
  const key = { type: intent.type, id: typeof named === 'string' ? named : intent.newId };
  const current =
    typeof named === 'string' ? await context.store.read(key, request.access) : undefined;
  if (current?.text !== undefined) {
    return failed(
      failure(
        'conflict',
        'The id of the resource is taken by one that does not match.',
        `${intent.type}.id`,
      ),
    );
  }
  const located = locateVersion(intent, key, current);
  return located.ok
    ? success({ ...located.value, preconditions: [...isNew, ...located.value.preconditions] })
    : located;
}
