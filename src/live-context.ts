import { createRestContext, type ContextParts } from './rest-context.ts';
import { createLiveDefinitions } from './rest/write-conformance.ts';
import type { RestContext } from './rest/rest.ts';
import { createTurns } from './rest/write-turns.ts';

/**
 * Returns the context of the moment, a function to be asked for each request: when a commit writes a
 * profile, a value set, a code system or a search parameter, the next request works with it.
 */
export async function createLiveContext(
  parts: Omit<ContextParts, 'turns' | 'publish'>,
): Promise<() => RestContext> {
  const live = await createLiveDefinitions(parts.definitions, parts.store);
  const turns = createTurns();
  const publish: ContextParts['publish'] = (writes) => {
    if (live.apply(writes)) context = contextNow();
  };
  const contextNow = (): RestContext =>
    createRestContext({ ...parts, definitions: live.current(), turns, publish });
  let context = contextNow();
  return () => context;
}
