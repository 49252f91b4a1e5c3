import { failure, type Failure } from '../fhir/operation-outcome.ts';
import type { ResourceKey } from '../fhir/resource.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import type { StoredVersion } from '../store/resource-store.ts';
import { combined, placed } from './plan-failure.ts';
import type { Matcher } from './plan-match.ts';
import type { RestContext, RestRequest } from './rest.ts';
import { locateByCriteria } from './plan-criteria.ts';
import { checkIfMatch, locateVersion, type Located } from './plan-located.ts';
import type { WriteIntent } from './write-intent.ts';

/**
 * Returns what each intent is about, in their order, and what must still hold when it is committed.
 * Fails with the issues of every intent that has no target, several, or another version than If-Match
 * names, and when two intents are about one resource.
 *
 * @see https://hl7.org/fhir/R4/http.html#trules
 */
export async function locate(
  context: RestContext,
  request: RestRequest,
  intents: readonly WriteIntent[],
  match: Matcher,
): Promise<Result<readonly Located[]>> {
  const known = await readKnown(context, request, intents);
  const located: Located[] = [];
  const failures: Failure[] = [];
  const deleted = new Set<string>();
  for (const [index, intent] of deletesFirst(intents)) {
    const found =
      intent.criteria === undefined
        ? locateByKey(intent, known.get(`${intent.type}/${idOf(intent)}`))
        : await locateByCriteria(context, request, { intent, match, deleted });
    if (!found.ok) {
      failures.push({ ...found.failure, issues: placed(found.failure.issues, intent.place) });
      continue;
    }
    located[index] = found.value;
    if (found.value.effect === 'deleted') deleted.add(nameOf(found.value.key));
  }
  const failure = combined([...failures, ...duplicates(located)]);
  return failure === undefined ? success(located) : failed(failure);
}

/** What a transaction deletes is gone for the criteria of its other entries. */
function deletesFirst(
  intents: readonly WriteIntent[],
): readonly (readonly [index: number, intent: WriteIntent])[] {
  return [...intents.entries()].sort(
    ([, one], [, other]) =>
      Number(other.interaction === 'delete') - Number(one.interaction === 'delete'),
  );
}

function nameOf(key: ResourceKey): string {
  return `${key.type}/${key.id}`;
}

function idOf(intent: WriteIntent): string {
  return (intent.interaction === 'create' ? undefined : intent.id) ?? intent.newId;
}

/** Reads the targets that intents name by id, all at once. */
async function readKnown(
  context: RestContext,
  request: RestRequest,
  intents: readonly WriteIntent[],
): Promise<ReadonlyMap<string, StoredVersion>> {
  const keys = intents.flatMap((intent) =>
    intent.interaction !== 'create' && intent.id !== undefined
      ? [{ type: intent.type, id: intent.id }]
      : [],
  );
  if (keys.length === 0) return new Map();
  const versions = await context.store.readMany(keys, request.access);
  return new Map(
    versions.flatMap((version) =>
      version === undefined ? [] : [[`${version.type}/${version.id}`, version] as const],
    ),
  );
}

function locateByKey(intent: WriteIntent, current: StoredVersion | undefined): Result<Located> {
  const key = { type: intent.type, id: idOf(intent) };
  if (intent.interaction === 'create') {
    return success({ intent, key, effect: 'created', preconditions: [{ kind: 'absent', key }] });
  }
  const matched = checkIfMatch(intent.ifMatch, current);
  return matched.ok ? locateVersion(intent, key, current) : matched;
}

/** No two entries of a transaction may be about one resource, nor create by the same criteria. */
function duplicates(located: readonly Located[]): readonly Failure[] {
  const seen = new Set<string>();
  return located.flatMap(({ intent, key, effect }) => {
    const names =
      effect === 'existing'
        ? []
        : [
            `${key.type}/${key.id}`,
            ...(intent.criteria !== undefined && effect === 'created'
              ? [`${key.type}?${JSON.stringify(intent.criteria)}`]
              : []),
          ];
    const isDuplicate = names.some((name) => seen.has(name));
    for (const name of names) seen.add(name);
    const { issues, kind } = failure(
      'invalid-request',
      'Another entry of the transaction is about the same resource.',
    );
    return isDuplicate ? [{ kind, issues: placed(issues, intent.place) }] : [];
  });
}
