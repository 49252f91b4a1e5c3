import type { JsonDocument } from '../fhir/json/json-document.ts';
import type { Resource, ResourceKey } from '../fhir/resource.ts';
import type { StoredVersion } from '../store/resource-store.ts';
import type { RestContext, RestRequest } from './rest.ts';

/** What a plan will have stored: what it writes itself, over what the store has now. */
export interface Targets {
  /** Reads those of the keys that the plan does not write, all at once. */
  load(keys: readonly ResourceKey[]): Promise<void>;
  /** After `load`. Undefined: absent or deleted. */
  get(key: ResourceKey): Target | undefined;
}

/** A resource that a reference points to; `version` is undefined for one that the plan itself writes. */
export interface Target {
  readonly key: ResourceKey;
  readonly resource: () => Resource;
  readonly version?: StoredVersion;
  readonly document?: JsonDocument;
}

/** Returns the targets of one plan. `planned`: documents by `Type/id`, undefined for a planned deletion. */
export function createTargets(
  context: RestContext,
  request: RestRequest,
  planned: ReadonlyMap<string, JsonDocument | undefined>,
): Targets {
  const found = new Map<string, Target | undefined>();
  return {
    load: async (keys) => {
      const names = new Map(keys.map((key) => [`${key.type}/${key.id}`, key]));
      const missing = [...names].filter(([name]) => !found.has(name) && !planned.has(name));
      if (missing.length === 0) return;
      const versions = await context.store.readMany(
        missing.map(([, key]) => key),
        request.access,
      );
      for (const [index, [name, key]] of missing.entries()) {
        found.set(name, stored(key, versions[index]));
      }
    },
    get: (key) => {
      const name = `${key.type}/${key.id}`;
      const document = planned.get(name);
      return document === undefined
        ? found.get(name)
        : { key, document, resource: () => document.value as Resource };
    },
  };
}

function stored(key: ResourceKey, version: StoredVersion | undefined): Target | undefined {
  return version?.text === undefined
    ? undefined
    : { key, version, resource: parsing(version.text) };
}

/** Parses when it is first asked for: a target that was judged before is not looked at again. */
function parsing(text: string): () => Resource {
  let resource: Resource | undefined;
  return () => (resource ??= JSON.parse(text) as Resource);
}
