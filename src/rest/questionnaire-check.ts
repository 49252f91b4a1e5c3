import { withoutVersion } from '../fhir/definitions/canonical.ts';
import type { Issue } from '../fhir/operation-outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import {
  containedIn,
  isOfVersion,
  questionnaireNamed,
} from '../fhir/validate/questionnaire-named.ts';
import { questionnaireResponseIssues } from '../fhir/validate/questionnaire-response.ts';
import { localTarget } from './reference-local.ts';
import type { Targets } from './reference-target.ts';
import type { RestContext, RestRequest } from './rest.ts';

/** Where a Questionnaire may be besides in the store: the resources of the same request. */
export interface QuestionnaireSources {
  readonly targets: Targets;
  readonly near: readonly Resource[];
}

/**
 * Returns how a QuestionnaireResponse differs from its Questionnaire: the one that it contains, of the
 * same request, or stored here. One that is not found is a note, for it may well be elsewhere. Nothing
 * is looked up for other types.
 *
 * @see https://hl7.org/fhir/R4/questionnaireresponse-definitions.html#QuestionnaireResponse.questionnaire
 */
export async function questionnaireIssues(
  context: RestContext,
  request: RestRequest,
  { response, sources }: { readonly response: Resource; readonly sources: QuestionnaireSources },
): Promise<readonly Issue[]> {
  const { resourceType, questionnaire: canonical } = response;
  if (resourceType !== 'QuestionnaireResponse' || typeof canonical !== 'string') return [];
  const questionnaire = canonical.startsWith('#')
    ? containedIn(response, canonical)
    : ((await byReference(canonical, request, sources)) ??
      questionnaireNamed(canonical, sources.near) ??
      (await stored(context, request, canonical)));
  return questionnaire?.['resourceType'] === 'Questionnaire'
    ? questionnaireResponseIssues(response, questionnaire, context.terminology)
    : [unknownQuestionnaire];
}

/** Says that answers were not compared. */
export const unknownQuestionnaire: Issue = {
  severity: 'information',
  code: 'not-found',
  text: 'The Questionnaire is not known here; the answers were not compared with it.',
  expression: ['QuestionnaireResponse.questionnaire'],
  rule: 'questionnaire-known',
};

async function byReference(
  canonical: string,
  { baseUrl }: RestRequest,
  { targets }: QuestionnaireSources,
): Promise<Resource | undefined> {
  const key = localTarget(withoutVersion(canonical), baseUrl);
  if (key?.type !== 'Questionnaire') return undefined;
  await targets.load([key]);
  const found = targets.get(key)?.resource();
  return found !== undefined && isOfVersion(canonical, found) ? found : undefined;
}

/** Of several with the URL the one that was written last. */
async function stored(
  context: RestContext,
  request: RestRequest,
  canonical: string,
): Promise<Resource | undefined> {
  const plan = {
    types: ['Questionnaire'],
    where: { kind: 'uri', param: 'url', match: 'exact', value: withoutVersion(canonical) },
    sort: [{ param: '_lastUpdated', kind: 'lastUpdated', descending: true }],
  } as const;
  const query = { plan, count: versionsMax, total: false };
  const page = await context.store.search(query, request.access);
  const texts = page.ok ? page.value.matches.flatMap(({ text }) => text ?? []) : [];
  return texts
    .map((text) => JSON.parse(text) as Resource)
    .find((one) => isOfVersion(canonical, one));
}

/** Questionnaires of one URL that are looked at. */
const versionsMax = 20;
