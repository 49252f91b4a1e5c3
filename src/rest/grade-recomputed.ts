import type { Issue } from '../fhir/operation-outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import { compareGrade } from '../trial/toxicity-grade.ts';

/** Warns of a grade of CRS or ICANS that is not the one which its components give. */
export function gradeIssues(resource: Resource): readonly Issue[] {
  const compared = resource.resourceType === 'Observation' ? compareGrade(resource) : undefined;
  if (compared === undefined || compared.recorded === compared.recomputed) return [];
  return [
    {
      severity: 'warning',
      code: 'business-rule',
      text: `The components give grade ${compared.recomputed} by ASTCT 2019; the recorded grade stands.`,
      expression: ['Observation.value'],
      rule: 'grade-recomputed',
    },
  ];
}
