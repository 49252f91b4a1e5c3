import type { Resource } from '../fhir/resource.ts';
import { feasibilityCounts, feasibilityOf } from './feasibility.ts';
import type { SignalQuestion } from './safety-signal.ts';
import { median } from './statistics/average.ts';
import { answerParameters, out, outAbsent, outParts } from './trial-parameters.ts';

/** Returns the answer of `$feasibility`. */
export function feasibilityAnswer(question: SignalQuestion): Resource {
  const { counts, daysToInfusion } = feasibilityOf(question);
  const middle = median(daysToInfusion);
  const about = { name: 'study', record: question.trial.study, asOf: question.asOf } as const;
  return answerParameters(about, [
    ...feasibilityCounts.map((name) => out(name, 'Integer', counts[name])),
    middle === undefined
      ? outAbsent('daysApheresisToInfusion', 'not-applicable')
      : outParts('daysApheresisToInfusion', [
          out('median', 'Decimal', middle),
          out('min', 'Integer', Math.min(...daysToInfusion)),
          out('max', 'Integer', Math.max(...daysToInfusion)),
        ]),
  ]);
}
