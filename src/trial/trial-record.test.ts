import { describe, expect, it } from '@jest/globals';
import type { Terminology } from '../fhir/definitions/terminology.ts';
import type { Resource } from '../fhir/resource.ts';
import rows from '../../test/cases/trial/trial-record.json' with { type: 'json' };
import { demandedProfile, isTrialRecord } from './trial-record.ts';

/** Knows one code of `h2c-measurement-vs`, platelets. */
const terminology = {
  membership: (valueSet: string, system: string | undefined, code: string) =>
    valueSet.endsWith('/h2c-measurement-vs') && system === 'http://loinc.org' && code === '777-3'
      ? 'in'
      : 'out',
} as Terminology;

const prefix = 'https://her2-cart.example.org/fhir/StructureDefinition/';

describe('which profile is demanded', () => {
  it.each(rows)('of $title: $demanded', ({ resource, demanded }) => {
    const expected = demanded === null ? undefined : prefix + demanded;
    expect(demandedProfile(resource as unknown as Resource, terminology)).toBe(expected);
  });

  it('makes a record of what only claims a profile of the trial', () => {
    const claiming = { resourceType: 'Organization', meta: { profile: [`${prefix}h2c-site`] } };
    expect(isTrialRecord(claiming, terminology)).toBe(true);
    expect(isTrialRecord({ resourceType: 'Organization' }, terminology)).toBe(false);
  });

  it('reads malformed content without failing', () => {
    const malformed = {
      resourceType: 'Observation',
      code: { coding: 'x' },
      extension: [null, 1, { url: 5 }],
      meta: { profile: 'no array' },
    } as unknown as Resource;
    expect(isTrialRecord(malformed, terminology)).toBe(false);
  });
});
