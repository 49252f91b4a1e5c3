import type { Resource } from '../fhir/resource.ts';
import type { Question } from './criterion.ts';
import { immunityOf, sequenceOf } from './immunity.ts';
import { answerParameters, out, outAbsent, outParts } from './trial-parameters.ts';

const runs = ['humoral', 'cellular', 'either'] as const;

/** Returns the answer of `$immunity`. */
export function immunityAnswer(question: Question): Resource {
  const found = immunityOf(question);
  return answerParameters(
    { name: 'subject', record: question.records.subject, asOf: question.asOf },
    runs.map((run) => {
      if (found === undefined) return outAbsent(run, 'not-applicable');
      const immunity = found[run];
      return outParts(run, [
        out('state', 'Code', immunity.state),
        out('onset', 'Date', immunity.onset),
        out('sequence', 'Code', sequenceOf(immunity, found.persistence)),
        run === 'either' ? undefined : out('foldRise', 'Decimal', immunity.foldRise),
      ]);
    }),
  );
}
