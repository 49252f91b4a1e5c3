import type { Issue } from '../fhir/operation-outcome.ts';
import type { Precondition } from '../store/resource-store.ts';
import { isJsonObject } from '../fhir/json/json-value.ts';
import { isTrialRecord } from '../trial/trial-record.ts';
import { studyReference } from '../trial/canonical.ts';
import { resourceOf, type Draft } from './plan-draft.ts';
import { localTarget } from './reference-local.ts';
import type { RestContext, RestRequest } from './rest.ts';
import type { SearchPlan } from '../fhir/search/plan.ts';

/** What was found, and that no other subject may come until the commit. */
export interface CheckedSubject {
  readonly issues: readonly Issue[];
  readonly preconditions: readonly Precondition[];
}

/**
 * Checks that a new ResearchSubject is the only one of its Patient in the study. `drafts` of the same
 * request count too: their identities are compared by the caller's plan through `noMatch`.
 */
export async function checkSubject(
  context: RestContext,
  request: RestRequest,
  draft: Draft,
): Promise<CheckedSubject> {
  const resource = resourceOf(draft);
  const isNew = draft.located.effect === 'created' && resource?.resourceType === 'ResearchSubject';
  if (!isNew || !isTrialRecord(resource, context.terminology)) return none;
  const individual = resource['individual'];
  const reference = isJsonObject(individual) ? individual['reference'] : undefined;
  const patient =
    typeof reference === 'string' ? localTarget(reference, request.baseUrl) : undefined;
  if (patient === undefined) return none;
  const plan = subjectOf(patient.id);
  const found = await context.store.search({ plan, count: 1, total: false }, request.access);
  if (!found.ok || found.value.matches.length === 0) {
    return { issues: [], preconditions: [{ kind: 'noMatch', plan }] };
  }
  return { issues: [second], preconditions: [] };
}

const none: CheckedSubject = { issues: [], preconditions: [] };

const second: Issue = {
  severity: 'error',
  code: 'business-rule',
  text: 'The Patient already is a subject of this study; there is one ResearchSubject for both.',
  expression: ['ResearchSubject.individual'],
  rule: 'one-subject-per-patient',
};

function subjectOf(patientId: string): SearchPlan {
  const [type = '', id = ''] = studyReference.split('/');
  return {
    types: ['ResearchSubject'],
    where: {
      kind: 'and',
      of: [
        { kind: 'reference', param: 'individual', type: 'Patient', id: patientId },
        { kind: 'reference', param: 'study', type, id },
      ],
    },
    sort: [],
  };
}
