import { describe, expect, it } from '@jest/globals';
import { testR4 } from '../../test/support/definitions.ts';
import type { ResourceStore, StoredVersion } from '../store/resource-store.ts';
import { createLiveDefinitions } from './write-conformance.ts';

const url = 'https://example.org/fhir/StructureDefinition/mine';
const profile = { resourceType: 'StructureDefinition', url, type: 'Patient', kind: 'resource' };
const written = (resource: { readonly resourceType: string }, id = '1') => ({
  type: resource.resourceType,
  id,
  text: JSON.stringify(resource),
});

/** A store that holds these resources; nothing else of it is asked for. */
function storeWith(resources: readonly ReturnType<typeof written>[]): ResourceStore {
  const scan = async function* () {
    for (const resource of resources) yield resource as StoredVersion;
  };
  return { scan } as unknown as ResourceStore;
}

describe('live definitions', () => {
  it('begin with what the store holds', async () => {
    const live = await createLiveDefinitions(testR4(), storeWith([written(profile)]));
    expect(live.current().structureDefinition(url)).toEqual(profile);
  });

  it('take over what is written and drop what is deleted, leaving earlier ones as they were', async () => {
    const live = await createLiveDefinitions(testR4(), storeWith([]));
    const before = live.current();
    expect(live.apply([{ type: 'Patient', id: '1', text: '{}' }])).toBe(false);
    expect(live.apply([written(profile)])).toBe(true);
    expect(live.current().structureDefinition(url)).toEqual(profile);
    expect(before.structureDefinition(url)).toBeUndefined();
    expect(live.apply([{ type: 'StructureDefinition', id: '1' }])).toBe(true);
    expect(live.current().structureDefinition(url)).toBeUndefined();
  });

  it('let nobody replace what R4 says', async () => {
    const r4 = testR4();
    const live = await createLiveDefinitions(r4, storeWith([]));
    live.apply([
      written({ ...profile, url: 'http://hl7.org/fhir/StructureDefinition/Patient' } as never, '1'),
      written({ ...profile, url: 'Patient' } as never, '2'),
      written(
        {
          resourceType: 'SearchParameter',
          url: 'https://example.org/fhir/SearchParameter/gender',
          status: 'active',
          code: 'gender',
          base: ['Patient'],
        } as never,
        '3',
      ),
    ]);
    expect(live.current().structureDefinition('Patient')).toBe(r4.structureDefinition('Patient'));
    expect(live.current().searchParameters('Patient').get('gender')?.url).toBe(
      'http://hl7.org/fhir/SearchParameter/individual-gender',
    );
  });
});
