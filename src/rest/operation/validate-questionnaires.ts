import { isJsonObject, type JsonObject } from '../../fhir/json/json-value.ts';
import type { Issue } from '../../fhir/operation-outcome.ts';
import type { Resource } from '../../fhir/resource.ts';
import { objectsOf } from '../../fhir/validate/questionnaire-tree.ts';
import { placed } from '../plan-failure.ts';
import { questionnaireIssues } from '../questionnaire-check.ts';
import { createTargets } from '../reference-target.ts';
import type { RestContext, RestRequest } from '../rest.ts';
import type { ValidationQuestion } from './validate-question.ts';

/**
 * Returns how the QuestionnaireResponse that is asked about, or each of those in a Bundle, differs from
 * its Questionnaire; one in the Bundle counts. A delete ignores the content.
 */
export async function questionnaireFindings(
  context: RestContext,
  request: RestRequest,
  { document, mode }: ValidationQuestion,
): Promise<readonly Issue[]> {
  if (document === undefined || mode === 'delete') return [];
  const judged = placesOf(document.value);
  const sources = {
    targets: createTargets(context, request, new Map()),
    near: judged.map(({ response }) => response),
  };
  const issues: Issue[] = [];
  for (const { response, place } of judged) {
    const found = await questionnaireIssues(context, request, { response, sources });
    issues.push(...placed(found, place));
  }
  return issues;
}

interface Judged {
  readonly response: Resource;
  readonly place?: string;
}

function placesOf(value: JsonObject): readonly Judged[] {
  if (value['resourceType'] !== 'Bundle') return [{ response: value as Resource }];
  return objectsOf(value['entry']).flatMap(([{ resource }, index]) =>
    isJsonObject(resource)
      ? [{ response: resource as Resource, place: `Bundle.entry[${index}]` }]
      : [],
  );
}
