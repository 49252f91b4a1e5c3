import type { Issue } from '../fhir/operation-outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import { profile as trialProfile } from '../trial/canonical.ts';
import { stringsOf } from '../trial/element.ts';
import { demandedProfile } from '../trial/trial-record.ts';
import { resourceOf, type Draft } from './plan-draft.ts';
import { ownedIssues } from './server-owned.ts';
import type { RestContext, RestRequest } from './rest.ts';

/**
 * Returns what a client's write may not touch. What the resource was counts before what it becomes, so
 * that a deviation cannot be turned into something else.
 */
export function ownedWriteIssues(
  context: RestContext,
  request: RestRequest,
  draft: Draft,
): readonly Issue[] {
  const { key, current: version, effect, intent } = draft.located;
  if (!ownedTypes.has(key.type) || effect === 'existing' || effect === 'nothing') return [];
  const current = version?.text === undefined ? undefined : (JSON.parse(version.text) as Resource);
  const next = resourceOf(draft);
  const named = [current, next].flatMap((resource) =>
    resource === undefined ? [] : (profileName(context, resource) ?? []),
  );
  const [profile] = named;
  if (profile === undefined) return [];
  return ownedIssues({
    profile,
    current,
    next,
    id: key.id,
    isClientId: intent.interaction === 'update' && key.id !== intent.newId,
    baseUrl: request.baseUrl,
  });
}

const ownedTypes: ReadonlySet<string> = new Set([
  'ResearchSubject',
  'Patient',
  'DetectedIssue',
  'CarePlan',
  'Group',
]);

function profileName(context: RestContext, resource: Resource): string | undefined {
  const demanded =
    demandedProfile(resource, context.terminology) ??
    stringsOf(resource.meta?.profile).find((canonical) => canonical === trialProfile('patient'));
  return demanded?.slice(demanded.lastIndexOf('/') + 1);
}
