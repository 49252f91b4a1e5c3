import { describe, expect, it } from '@jest/globals';
import { lesionRecords, overallRecord } from '../../test/support/lesions.ts';
import { scoresOf } from '../../test/support/measure.ts';
import { infusion, momentOf, seededTrial, subjectWith } from '../../test/support/subject.ts';
import { responseEndpoint } from './response-endpoint.ts';

const trial = seededTrial();

const lesion = lesionRecords({ label: 'T01', sizes: { '-7': 20 } });

/** A subject with a lesion who was assessed on days 56 and 112. */
function subject(response: string, index: number) {
  const overall = [56, 112].map((day) => overallRecord(day, response));
  return subjectWith([infusion(), ...lesion, ...overall], `s${index}`);
}

const endpointOf = (subjects: ReturnType<typeof subject>[]) =>
  responseEndpoint({ trial, subjects, asOf: momentOf('2026-01-01', trial.zone) });

const cohort = ['CR', 'PR', 'PR', 'SD', 'SD', 'SD', 'PD', 'PD', 'NE', 'NON-CR/NON-PD'];

describe('the response of the study', () => {
  it('counts each best response, with exact limits', () => {
    expect(scoresOf(endpointOf(cohort.map(subject)))).toEqual({
      ORR: 0.3,
      // scipy 1.17.1: beta.ppf(0.025, 3, 8), beta.ppf(0.975, 4, 7)
      'ORR lower95': expect.closeTo(0.06673951117773447, 12),
      'ORR upper95': expect.closeTo(0.6524528500599972, 12),
      DCR: 0.7,
      'DCR lower95': expect.closeTo(1 - 0.6524528500599972, 12),
      'DCR upper95': expect.closeTo(1 - 0.06673951117773447, 12),
      'BOR CR': 1,
      'BOR PR': 2,
      'BOR SD': 3,
      'BOR PD': 2,
      'BOR NE': 1,
      'BOR NON-CR/NON-PD': 1,
    });
  });

  it('leaves out who has no lesion at baseline, or was not infused', () => {
    const others = [
      subjectWith([infusion(), overallRecord(56, 'CR')], 'without'),
      subjectWith([...lesion, overallRecord(56, 'CR')], 'waiting'),
    ];
    const report = endpointOf([...cohort.map(subject), ...others]);
    expect(report).toEqual(endpointOf(cohort.map(subject)));
  });

  it('has no rate of nobody, and does not depend on the order of the subjects', () => {
    expect(scoresOf(endpointOf([]))['ORR']).toBeUndefined();
    const subjects = cohort.map(subject);
    expect(endpointOf(subjects.toReversed())).toEqual(endpointOf(subjects));
  });
});
