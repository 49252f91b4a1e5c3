import type { Resource } from '../fhir/resource.ts';
import { bestResponseOf } from './best-response.ts';
import type { Question } from './criterion.ts';
import { studyDay } from './infusion.ts';
import type { LocalDate } from './local-time.ts';
import type { Assessment } from './response-recomputed.ts';
import {
  answerParameters,
  out,
  outAbsent,
  outParts,
  outRecords,
  ucum,
  type OutParameter,
} from './trial-parameters.ts';

/** Returns the answer of `$best-response`. */
export function bestResponseAnswer(question: Question): Resource {
  const found = bestResponseOf(question);
  const metrics: Readonly<Record<string, OutParameter | undefined>> = {
    bestOverallResponse: out('bestOverallResponse', 'Code', found?.best),
    confirmed: out('confirmed', 'Boolean', found?.isConfirmed),
    unconfirmedBestResponse: out('unconfirmedBestResponse', 'Code', found?.unconfirmedBest),
    bestPercentChange: out('bestPercentChange', 'Decimal', found?.bestPercentChange),
  };
  const missing = Object.keys(metrics).filter((name) => metrics[name] === undefined);
  const reason = found === undefined ? 'not-applicable' : 'unknown';
  return answerParameters(
    { name: 'subject', record: question.records.subject, asOf: question.asOf },
    [
      ...Object.values(metrics),
      ...(found === undefined
        ? []
        : found.assessments.map((one) => assessmentParameter(one, found.day0))),
      ...missing.map((metric) => outAbsent(metric, reason)),
    ],
  );
}

function assessmentParameter(assessment: Assessment, day0: LocalDate): OutParameter {
  const { date, response, recomputed, sumOfDiameters, record } = assessment;
  const sum = sumOfDiameters === undefined ? undefined : ucum(sumOfDiameters, 'mm');
  return outParts('assessment', [
    out('date', 'Date', date),
    out('studyDay', 'Integer', studyDay(date, day0)),
    out('response', 'Code', response),
    out('recomputed', 'Code', recomputed),
    out('sumOfDiameters', 'Quantity', sum),
    out('percentChangeFromBaseline', 'Decimal', assessment.percentChangeFromBaseline),
    out('percentChangeFromNadir', 'Decimal', assessment.percentChangeFromNadir),
    ...outRecords('record', [record]),
  ]);
}
