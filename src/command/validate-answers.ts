import type { Terminology } from '../fhir/definitions/terminology.ts';
import { parseDocument } from '../fhir/json/parse.ts';
import type { Issue } from '../fhir/operation-outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import { containedIn, questionnaireNamed } from '../fhir/validate/questionnaire-named.ts';
import { questionnaireResponseIssues } from '../fhir/validate/questionnaire-response.ts';
import { unknownQuestionnaire } from '../rest/questionnaire-check.ts';
import { validationInputs } from './validation-input.ts';

/**
 * Returns the Questionnaires in files and folders, to judge responses by. Other resources are left out,
 * as is what cannot be parsed. Rejects when a path cannot be read.
 */
export async function readQuestionnaires(
  paths: readonly string[],
  depthMax: number,
): Promise<readonly Resource[]> {
  const found: Resource[] = [];
  for (const path of paths) {
    for await (const { text } of validationInputs(path)) {
      const document = parseDocument(text, { depthMax });
      const resource = document.ok ? (document.value.value as Resource) : undefined;
      if (resource?.resourceType === 'Questionnaire') found.push(resource);
    }
  }
  return found;
}

/** Returns how a QuestionnaireResponse differs from its Questionnaire, contained or one of `known`. */
export function answersJudge(known: readonly Resource[], terminology: Terminology) {
  return (resource: Resource): readonly Issue[] => {
    const { resourceType, questionnaire: canonical } = resource;
    if (resourceType !== 'QuestionnaireResponse' || typeof canonical !== 'string') return [];
    const questionnaire = canonical.startsWith('#')
      ? containedIn(resource, canonical)
      : (questionnaireNamed(canonical, known) ??
        known.find(({ id }) => id !== undefined && `Questionnaire/${id}` === canonical));
    return questionnaire?.['resourceType'] === 'Questionnaire'
      ? questionnaireResponseIssues(resource, questionnaire, terminology)
      : [unknownQuestionnaire];
  };
}
