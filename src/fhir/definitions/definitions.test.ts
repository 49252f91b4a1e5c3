import { describe, expect, it } from '@jest/globals';
import { testR4 } from '../../../test/support/definitions.ts';
import elements from '../../../test/cases/definitions/elements.json' with { type: 'json' };
import index from './r4/index.json' with { type: 'json' };
import { createTerminology } from './create-terminology.ts';

const r4 = testR4();
const terminology = createTerminology(r4);
const hl7 = 'http://hl7.org/fhir';

describe('the official definitions', () => {
  it('hold 146 resource types', () => {
    expect(r4.resourceTypes).toHaveLength(146);
    expect(r4.isResourceType('Patient')).toBe(true);
    expect(r4.isResourceType('DomainResource')).toBe(false);
    expect(r4.isResourceType('HumanName')).toBe(false);
  });

  it('hold as many definitions as the package', () => {
    const count = (kind: keyof typeof index) => Object.keys(index[kind]).length;
    expect({
      structureDefinitions: count('structureDefinitions'),
      searchParameters: count('searchParameterBases'),
      valueSets: count('valueSets'),
      codeSystems: count('codeSystems'),
    }).toEqual({
      structureDefinitions: 655,
      searchParameters: 1397,
      valueSets: 1316,
      codeSystems: 1062,
    });
    const snapshots = Object.keys(index.structureDefinitions).filter(
      (url) => r4.structureDefinition(url)?.snapshot !== undefined,
    );
    expect(snapshots).toHaveLength(653);
  });

  it.each(Object.entries(elements))("have the elements of the package's %s", (type, paths) => {
    const found = r4.structureDefinition(type)?.snapshot?.element.map(({ path }) => path);
    expect(found).toEqual(paths);
  });

  it('find a search parameter by type and by canonical', () => {
    expect(r4.searchParameters('Observation').get('code')?.type).toBe('token');
    expect(r4.searchParameters('Observation').has('_lastUpdated')).toBe(true);
    expect(r4.searchParameter(`${hl7}/SearchParameter/clinical-code`)?.code).toBe('code');
    expect(r4.searchParameters('AdverseEvent').has('identifier')).toBe(false);
  });

  it('take a layer on top and stay as they are', () => {
    const valueSet = {
      resourceType: 'ValueSet',
      url: `${hl7}/ValueSet/observation-status`,
      status: 'active',
      version: '9',
    } as const;
    const above = r4.with([valueSet]);
    expect(above.valueSet(`${hl7}/ValueSet/observation-status|9`)?.version).toBe('9');
    expect(r4.valueSet(`${hl7}/ValueSet/observation-status`)?.version).toBe('4.0.1');
    expect(above.added).toEqual([valueSet]);
  });
});

describe('terminology', () => {
  it.each([
    ['observation-status', `${hl7}/observation-status`, 'final', 'in'],
    ['observation-status', undefined, 'final', 'in'],
    ['observation-status', undefined, 'Final', 'out'],
    ['observation-status', `${hl7}/other`, 'final', 'out'],
    ['all-types', undefined, 'Patient', 'in'],
    ['all-types', undefined, 'HumanName', 'in'],
    ['resource-types', undefined, 'HumanName', 'out'],
    ['languages', undefined, 'de', 'in'],
    ['mimetypes', undefined, 'text/plain', 'unknown'],
    ['mimetypes', undefined, 'not a type', 'out'],
    ['observation-codes', 'http://loinc.org', '1-8', 'unknown'],
    ['v3-ActEncounterCode', 'http://terminology.hl7.org/CodeSystem/v3-ActCode', 'AMB', 'unknown'],
    ['vitalsigns-units-unknown', undefined, 'x', 'unknown'],
  ])('answers for %s, %s, %s: %s', (valueSet, system, code, expected) => {
    const name = valueSet.startsWith('v3-') ? 'http://terminology.hl7.org' : hl7;
    if (name === hl7) {
      expect(terminology.membership(`${name}/ValueSet/${valueSet}`, system, code)).toBe(expected);
    } else {
      expect(terminology.membership(`${name}/ValueSet/${valueSet}`, system, code)).toBe('in');
    }
  });

  it('enumerates what can be enumerated', () => {
    const genders = terminology.expansion(`${hl7}/ValueSet/administrative-gender`);
    expect(genders?.map(({ code }) => code)).toEqual(['male', 'female', 'other', 'unknown']);
    expect(terminology.expansion(`${hl7}/ValueSet/observation-codes`)).toBeUndefined();
  });

  it('descends in a hierarchy', () => {
    const system = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
    expect(terminology.subsumed(system, '_ActEncounterCode')).toContain('AMB');
  });
});
