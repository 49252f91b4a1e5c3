import type { Resource } from '../fhir/resource.ts';
import type { Question } from './criterion.ts';
import { infusedBy, type Infused } from './infused.ts';
import { spearman } from './statistics/spearman.ts';
import { subsetCodes, subsetSamples, type SubsetSample } from './subset-sample.ts';
import {
  answerParameters,
  out,
  outAbsent,
  outParts,
  outRecords,
  ucum,
  type OutParameter,
} from './trial-parameters.ts';
import { visitOf } from './visit-attribution.ts';

/** Returns the answer of `$subset-trend`. */
export function subsetTrendAnswer(question: Question): Resource {
  const infused = infusedBy(question);
  const samples = infused === undefined ? [] : subsetSamples(question, infused);
  const excluded = samples.filter(({ exclusion }) => exclusion !== undefined);
  const counting = samples.filter(({ exclusion }) => exclusion === undefined);
  return answerParameters(
    { name: 'subject', record: question.records.subject, asOf: question.asOf },
    [
      ...subsetCodes.map((code) => {
        const measured = counting.filter(({ percent }) => percent.has(code));
        return infused === undefined || measured.length === 0
          ? outAbsent(code, infused === undefined ? 'not-applicable' : 'unknown')
          : subsetParameter(code, measured, { question, infused });
      }),
      ...excluded.map(({ record, exclusion }) =>
        outParts('excluded', [
          ...outRecords('record', [record]),
          out('reason', 'String', exclusion),
        ]),
      ),
    ],
  );
}

/** So many points in blood make a trend. */
const pointsMin = 4;

function subsetParameter(
  code: string,
  samples: readonly SubsetSample[],
  context: { readonly question: Question; readonly infused: Infused },
): OutParameter {
  const product = samples
    .findLast(({ compartment }) => compartment === 'product')
    ?.percent.get(code);
  const blood = samples.filter(({ compartment }) => compartment === 'blood');
  const pairs = blood.map(({ time, percent }) => [time, percent.get(code) ?? 0] as const);
  return outParts('subset', [
    out('code', 'Code', code),
    out('product', 'Decimal', product),
    ...blood.map((sample) => pointParameter(sample, { code, product, ...context })),
    out('rho', 'Decimal', pairs.length >= pointsMin ? spearman(pairs) : undefined),
  ]);
}

function pointParameter(
  { record, time, percent }: SubsetSample,
  context: {
    readonly code: string;
    readonly product: number | undefined;
    readonly question: Question;
    readonly infused: Infused;
  },
): OutParameter {
  const { code, product, question, infused } = context;
  const value = percent.get(code);
  const change = value === undefined || product === undefined ? undefined : value - product;
  const { trial, records } = question;
  return outParts('point', [
    out('visit', 'Code', visitOf(record, records, { trial, day0: infused.day0 })),
    out('time', 'Quantity', ucum(time, 'd')),
    out('percent', 'Decimal', value),
    out('changeFromProduct', 'Decimal', change),
    ...outRecords('record', [record]),
  ]);
}
