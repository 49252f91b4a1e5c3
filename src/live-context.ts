import { createRestContext, type ContextParts } from './rest-context.ts';
import { createLiveDefinitions } from './rest/write-conformance.ts';
import type { RestContext } from './rest/rest.ts';
import { createTurns } from './rest/write-turns.ts';
import { createTrialReader } from './trial/load-trial.ts';
import { createSubjectMemory } from './trial/subject-memory.ts';

/** What lives as long as the server. */
type Lasting = 'turns' | 'trialReader' | 'subjects';

/**
 * Returns the context of the moment, a function to be asked for each request: when a commit writes a
 * profile, a value set, a code system or a search parameter, the next request works with it.
 */
export async function createLiveContext(
  parts: Omit<ContextParts, Lasting | 'publish'>,
): Promise<() => RestContext> {
  const live = await createLiveDefinitions(parts.definitions, parts.store);
  const lasting: Pick<ContextParts, Lasting> = {
    turns: createTurns(),
    trialReader: createTrialReader(),
    subjects: createSubjectMemory({ recordsMax: parts.limits.subjectRecordsMax }),
  };
  const publish: ContextParts['publish'] = (writes) => {
    if (live.apply(writes)) context = contextNow();
  };
  const contextNow = (): RestContext =>
    createRestContext({ ...parts, definitions: live.current(), ...lasting, publish });
  let context = contextNow();
  return () => context;
}
