import type { Resource } from '../fhir/resource.ts';
import { safetySignal, type SignalQuestion } from './safety-signal.ts';
import { answerParameters, out, outParts, outRecords } from './trial-parameters.ts';

/** Returns the answer of `$safety-signal`. */
export function safetySignalAnswer(question: SignalQuestion): Resource {
  const { advice, n, dlt, boundary, reasons } = safetySignal(question);
  const about = { name: 'study', record: question.trial.study, asOf: question.asOf } as const;
  return answerParameters(about, [
    out('advice', 'Code', advice),
    out('n', 'Integer', n),
    out('dlt', 'Integer', dlt),
    out('boundary', 'Integer', boundary),
    ...reasons.map(({ rule, records }) =>
      outParts('reason', [out('rule', 'String', rule), ...outRecords('record', records)]),
    ),
  ]);
}
