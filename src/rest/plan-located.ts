import { failure } from '../fhir/operation-outcome.ts';
import type { ResourceKey } from '../fhir/resource.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import type { Precondition, StoredVersion } from '../store/resource-store.ts';
import type {
  DeleteIntent,
  EntityTags,
  PatchIntent,
  UpdateIntent,
  WriteIntent,
} from './write-intent.ts';

/** An intent with the resource it is about. `current` may be a deletion; undefined: it never existed. */
export interface Located {
  readonly intent: WriteIntent;
  readonly key: ResourceKey;
  readonly effect: 'created' | 'updated' | 'deleted' | 'existing' | 'nothing';
  readonly current?: StoredVersion;
  readonly preconditions: readonly Precondition[];
}

/** Returns an update, patch or delete of the resource under `key`. */
export function locateVersion(
  intent: UpdateIntent | PatchIntent | DeleteIntent,
  key: ResourceKey,
  current: StoredVersion | undefined,
): Result<Located> {
  const isThere = current?.text !== undefined;
  const base = {
    intent,
    key,
    ...(current !== undefined ? { current } : {}),
    preconditions: [
      current === undefined
        ? ({ kind: 'absent', key } as const)
        : ({ kind: 'versionIs', key, versionId: current.versionId } as const),
    ],
  };
  switch (intent.interaction) {
    case 'update': {
      const matched = checkIfNoneMatch(intent.ifNoneMatch, current);
      return matched.ok ? success({ ...base, effect: isThere ? 'updated' : 'created' }) : matched;
    }
    case 'delete':
      return success(
        isThere
          ? { ...base, effect: 'deleted' }
          : { ...base, effect: 'nothing', preconditions: [] },
      );
    case 'patch':
      if (isThere) return success({ ...base, effect: 'updated' });
      return failed(
        current === undefined
          ? failure('not-found', `${key.type}/${key.id} does not exist.`)
          : failure('gone', `${key.type}/${key.id} was deleted.`),
      );
  }
}

function checkIfNoneMatch(
  tags: EntityTags | undefined,
  current: StoredVersion | undefined,
): Result<undefined> {
  if (tags === undefined || current?.text === undefined) return success(undefined);
  return tags === '*' || tags.includes(String(current.versionId))
    ? failed(failure('precondition-failed', 'If-None-Match names the current version.'))
    : success(undefined);
}

/**
 * Fails `precondition-failed` when the tags of If-Match name another version than the current one.
 *
 * @see https://hl7.org/fhir/R4/http.html#concurrency
 */
export function checkIfMatch(
  tags: EntityTags | undefined,
  current: StoredVersion | undefined,
): Result<undefined> {
  if (tags === undefined) return success(undefined);
  const holds =
    tags === '*'
      ? current?.text !== undefined
      : current !== undefined && tags.includes(String(current.versionId));
  return holds
    ? success(undefined)
    : failed(
        failure('precondition-failed', 'If-Match names another version than the current one.'),
      );
}
