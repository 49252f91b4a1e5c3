import { parseDocument } from '../../fhir/json/parse.ts';
import type { Resource } from '../../fhir/resource.ts';
import { success, type Result } from '../../fhir/result.ts';
import type { DeviationChange } from '../../trial/deviation-changes.ts';
import type { TrialRecord } from '../../trial/subject-records.ts';
import type { RestContext } from '../rest.ts';
import type { WriteIntent } from '../write-intent.ts';

/** Returns what the server wants written of deviations. */
export function deviationIntents(
  context: RestContext,
  changes: readonly DeviationChange[],
): Result<readonly WriteIntent[]> {
  const intents: WriteIntent[] = [];
  for (const { stored, resource } of changes) {
    const intent = ownIntent(context, resource, stored);
    if (!intent.ok) return intent;
    intents.push(intent.value);
  }
  return success(intents);
}

/** Returns the write of a resource of the server's own: an update of what is stored, else a create. */
export function ownIntent(
  context: RestContext,
  resource: Resource,
  stored: TrialRecord | undefined,
): Result<WriteIntent> {
  const { resourceType: type } = resource;
  const id = stored?.key.split('/')[1];
  const content = id === undefined ? resource : { ...resource, id };
  const document = parseDocument(JSON.stringify(content), {
    depthMax: context.limits.jsonDepthMax,
  });
  if (!document.ok) return document;
  const base = { type, document: document.value };
  return success(
    id === undefined
      ? { ...base, interaction: 'create', newId: context.newId() }
      : { ...base, interaction: 'update', id, newId: id },
  );
}
