import type { Resource } from '../fhir/resource.ts';
import type { Question } from './criterion.ts';
import { eligibilityOf } from './eligibility.ts';
import { answerParameters, out, outParts, outRecords } from './trial-parameters.ts';

/** Returns the answer of `$eligibility`. */
export function eligibilityAnswer(question: Question): Resource {
  const { overall, criteria } = eligibilityOf(question);
  const about = { name: 'subject', record: question.records.subject, asOf: question.asOf } as const;
  return answerParameters(about, [
    out('overall', 'Code', overall),
    ...criteria.map(({ id, state, isAdvisory, evidence, detail }) =>
      outParts('criterion', [
        out('id', 'Code', id),
        out('state', 'Code', state),
        out('advisory', 'Boolean', isAdvisory),
        ...outRecords('evidence', evidence),
        out('detail', 'String', detail),
      ]),
    ),
  ]);
}
