import type { Resource } from '../fhir/resource.ts';
import { dosingGate, type GateQuestion } from './dosing-gate.ts';
import { answerParameters, out, outParts, outRecords } from './trial-parameters.ts';

/** Returns the answer of `$dosing-gate`. */
export function dosingGateAnswer(question: GateQuestion): Resource {
  const { decision, reasons } = dosingGate(question);
  const about = { name: 'subject', record: question.records.subject, asOf: question.asOf } as const;
  return answerParameters(about, [
    out('day', 'Integer', question.day),
    out('cycle', 'PositiveInt', question.cycle),
    out('decision', 'Code', decision),
    ...reasons.map(({ rule, effect, records, detail }) =>
      outParts('reason', [
        out('rule', 'String', rule),
        out('effect', 'Code', effect),
        ...outRecords('record', records),
        out('detail', 'String', detail),
      ]),
    ),
  ]);
}
