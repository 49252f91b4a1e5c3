import type { ResearchStudy as WireResearchStudy } from '@medplum/fhirtypes';

/**
 * A ResearchStudy of R4. The type of `@medplum/fhirtypes` also has the elements of R5, so it is imported
 * here and nowhere else.
 *
 * @see https://hl7.org/fhir/R4/researchstudy.html
 */
export type ResearchStudy = Omit<WireResearchStudy, ElementOfR5>;

type ElementOfR5 =
  | 'associatedParty'
  | 'classifier'
  | 'comparisonGroup'
  | 'descriptionSummary'
  | 'label'
  | 'name'
  | 'outcomeMeasure'
  | 'progressStatus'
  | 'recruitment'
  | 'region'
  | 'result'
  | 'studyDesign'
  | 'whyStopped';
