import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readProfiles } from './definition-files.ts';
import { isConformanceResource } from './fhir/definitions/create-definitions.ts';

const directory = join(import.meta.dirname, '../profiles/fsh-generated/resources');

describe('readProfiles', () => {
  it('returns every conformance resource as it lies on disk', () => {
    const onDisk = readdirSync(directory)
      .sort()
      .map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')) as object)
      .filter((one) => isConformanceResource(one as { readonly resourceType: string }));
    expect(JSON.stringify(readProfiles(directory))).toBe(JSON.stringify(onDisk));
  });

  it('parses the elements of a profile once', () => {
    const profile = readProfiles(directory).find((one) => one.id === 'h2c-measurement');
    if (profile?.resourceType !== 'StructureDefinition') throw new Error('is no profile');
    expect(profile.snapshot?.element[0]?.path).toBe('Observation');
    expect(profile.snapshot).toBe(profile.snapshot);
  });
});
