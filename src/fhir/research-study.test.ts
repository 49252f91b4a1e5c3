import { describe, expect, it } from '@jest/globals';
import elements from '../../test/cases/definitions/elements.json' with { type: 'json' };
import type { ResearchStudy } from './research-study.ts';

/** The compiler refuses this record when the type has an element more or less. */
const names: Record<keyof ResearchStudy, true> = {
  resourceType: true,
  id: true,
  meta: true,
  implicitRules: true,
  language: true,
  text: true,
  contained: true,
  extension: true,
  modifierExtension: true,
  identifier: true,
  title: true,
  protocol: true,
  partOf: true,
  status: true,
  primaryPurposeType: true,
  phase: true,
  category: true,
  focus: true,
  condition: true,
  contact: true,
  relatedArtifact: true,
  keyword: true,
  location: true,
  description: true,
  enrollment: true,
  period: true,
  sponsor: true,
  principalInvestigator: true,
  site: true,
  reasonStopped: true,
  note: true,
  arm: true,
  objective: true,
};

describe('ResearchStudy', () => {
  it("has the elements of the package's ResearchStudy", () => {
    const paths = elements.ResearchStudy.filter((path) => path.split('.').length === 2);
    expect(Object.keys(names).slice(1)).toEqual(paths.map((path) => path.split('.')[1]));
  });
});
