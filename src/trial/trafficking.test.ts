import { describe, expect, it } from '@jest/globals';
import rows from '../../test/cases/trial/trafficking.json' with { type: 'json' };
import { pcrSeries, type Pcr } from '../../test/support/pcr.ts';
import { infusion, momentOf, seededTrial, subjectWith } from '../../test/support/subject.ts';
import { isJsonObject } from '../fhir/json/json-value.ts';
import type { Resource } from '../fhir/resource.ts';
import { codeSystem } from './canonical.ts';
import { codesOf, objectsOf } from './element.ts';
import { componentOf, measured } from './observation-value.ts';
import { traffickingAnswer } from './trafficking-answer.ts';

const trial = seededTrial();

function answerOf(resources: readonly Resource[], asOf = '2026-01-01') {
  const records = subjectWith(resources);
  return traffickingAnswer({ trial, records, asOf: momentOf(asOf, trial.zone) });
}

const observationsOf = (bundle: Resource) =>
  objectsOf(bundle['entry']).map(({ resource }) => (isJsonObject(resource) ? resource : {}));

/** Code, share or reason, and ratio of each Observation. */
function sharesOf(bundle: Resource) {
  return observationsOf(bundle).map((observation) => {
    const ratio = componentOf(observation, codeSystem('code'), 'trafficking-ratio');
    return [
      codesOf(observation['code'])[0]?.code,
      measured(observation['valueQuantity'])?.value ??
        codesOf(observation['dataAbsentReason'])[0]?.code,
      measured(ratio?.['valueQuantity'])?.value ?? null,
    ];
  });
}

const seriesOf = (samples: readonly unknown[][]) =>
  pcrSeries(
    samples.map(([day, level, type]): Pcr => ({
      day: Number(day),
      level: level as number | string,
      ...(type === undefined ? {} : { type: type as string }),
    })),
  );

describe('trafficking', () => {
  it.each(rows)('with $title', ({ samples, shares }) => {
    const records = [infusion(), ...seriesOf(samples)];
    expect(sharesOf(answerOf(records))).toEqual(shares);
    expect(answerOf(records.toReversed())).toEqual(answerOf(records));
  });

  it('never pairs another target or method', () => {
    const tumour = { day: 14, level: 100, type: 'TUMOR' };
    const others = [
      { day: 14, level: 300, target: 'persist-tcrz' },
      { day: 14, level: 300, method: 'qpcr-gdna' },
    ];
    const answer = answerOf([infusion(), ...pcrSeries([tumour, ...others])]);
    expect(sharesOf(answer)).toEqual([['trafficking-tumour', 'unknown', null]]);
  });

  it('names each share by its result, and both results that it rests on', () => {
    const records = seriesOf([[14, 300], [15, 100, 'TUMOR']]); // prettier-ignore
    const [first, second] = observationsOf(answerOf([infusion(), ...records]));
    const system = 'https://her2-cart.example.org/fhir/sid/trafficking';
    expect(first?.['identifier']).toEqual([{ system, value: 'of-tumor-1:trafficking-tumour' }]);
    expect(second?.['identifier']).toEqual([{ system, value: 'of-tumor-1:trafficking-blood' }]);
    expect(second).toMatchObject({ status: 'final', effectiveDateTime: '2024-03-19' });
    expect(second?.['derivedFrom']).toEqual([
      { reference: 'Observation/of-tumor-1/_history/1' },
      { reference: 'Observation/of-bld-0/_history/1' },
    ]);
  });

  it('is an empty collection before any infusion, and without what was entered in error', () => {
    const empty = { resourceType: 'Bundle', type: 'collection' };
    expect(answerOf(seriesOf([[-7, 'ND']]))).toEqual(empty);
    const wrong = pcrSeries([{ day: 7, level: 400, status: 'entered-in-error' }]);
    expect(answerOf([infusion(), ...wrong])).toEqual(empty);
  });
});
