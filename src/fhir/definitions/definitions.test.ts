import { describe, expect, it } from '@jest/globals';
import type { CodeSystem, ValueSet, ValueSetComposeIncludeFilter } from '@medplum/fhirtypes';
import { testR4 } from '../../../test/support/definitions.ts';
import elements from '../../../test/cases/definitions/elements.json' with { type: 'json' };
import membership from '../../../test/cases/definitions/membership.json' with { type: 'json' };
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

  it('find a compartment, which is none of the examples', () => {
    expect(r4.compartment('Patient')?.url).toBe(`${hl7}/CompartmentDefinition/patient`);
    expect(r4.compartment('Device')?.url).toBe(`${hl7}/CompartmentDefinition/device`);
  });

  it('know a structure of another version not at all', () => {
    const patient = `${hl7}/StructureDefinition/Patient`;
    expect(r4.structureDefinition(`${patient}|4.0.1`)?.url).toBe(patient);
    expect(r4.structureDefinition(`${patient}|5.0.0`)).toBeUndefined();
    const nullFlavor = 'http://terminology.hl7.org/ValueSet/v3-NullFlavor';
    expect(r4.valueSet(`${nullFlavor}|4.0.1`)?.version).toBe('2018-08-12');
  });

  it('do not find what every object has', () => {
    expect(r4.structureDefinition('constructor')).toBeUndefined();
    expect(r4.valueSet('toString')).toBeUndefined();
    expect(r4.searchParameter('__proto__')).toBeUndefined();
    expect(r4.searchParameters('hasOwnProperty').has('_id')).toBe(true);
  });
});

const status = 'active';

describe('a layer on top', () => {
  const url = `${hl7}/ValueSet/observation-status`;
  const ninth = { resourceType: 'ValueSet', url, status, version: '9' } as const;

  it('leaves what lies below as it is', () => {
    const above = r4.with([ninth]);
    expect(above.valueSet(url)).toBe(ninth);
    expect(above.valueSet(`${url}|9`)).toBe(ninth);
    expect(r4.valueSet(url)?.version).toBe('4.0.1');
    expect(above.added).toEqual([ninth]);
  });

  it('is replaced by version, and the last one answers for the URL alone', () => {
    const tenth = { ...ninth, version: '10' };
    const again = { ...ninth, title: 'corrected' };
    const above = r4.with([ninth, tenth]).with([again]);
    expect(above.valueSet(`${url}|10`)).toBe(tenth);
    expect(above.valueSet(`${url}|9`)).toBe(again);
    expect(above.valueSet(url)).toBe(again);
    expect(above.added).toEqual([tenth, again]);
  });

  const parameter = {
    resourceType: 'SearchParameter',
    url: 'https://example.org/SearchParameter/grade',
    name: 'grade',
    description: 'grade',
    status,
    code: 'grade',
    base: ['AdverseEvent'],
    type: 'token',
  } as const;
  const search = (base: 'AdverseEvent' | 'Observation', code: string) => ({
    ...parameter,
    base: [base],
    code,
  });

  it('adds search parameters, and a new code of one replaces its old', () => {
    const first = r4.with([search('AdverseEvent', 'grade')]);
    expect(first.searchParameters('AdverseEvent').get('grade')?.url).toBe(parameter.url);
    expect(first.searchParameters('Observation').has('grade')).toBe(false);
    const second = first.with([search('AdverseEvent', 'severity-grade')]);
    expect(second.searchParameters('AdverseEvent').has('grade')).toBe(false);
    expect(second.searchParameters('AdverseEvent').has('severity-grade')).toBe(true);
    expect(second.searchParameters('AdverseEvent').has('_id')).toBe(true);
  });
});

describe('terminology', () => {
  it.each(membership)('answers $answer for $code of $system in $valueSet', (row) => {
    const { valueSet, system, code, answer } = row;
    expect(terminology.membership(valueSet, system ?? undefined, code)).toBe(answer);
  });

  it('enumerates what can be enumerated', () => {
    const genders = terminology.expansion(`${hl7}/ValueSet/administrative-gender`);
    expect(genders?.map(({ code }) => code)).toEqual(['male', 'female', 'other', 'unknown']);
    expect(terminology.expansion(`${hl7}/ValueSet/observation-codes`)).toBeUndefined();
  });

  it('descends in a hierarchy', () => {
    const system = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
    expect(terminology.subsumed(system, '_ActEncounterCode')).toContain('AMB');
    expect(terminology.subsumed(system, 'AMB')).toEqual(['AMB']);
    expect(terminology.subsumed('http://loinc.org', '1-8')).toEqual(['1-8']);
  });

  it('has the displays of a code in all languages, its own first, where the system is whole', () => {
    const separated = terminology.displays('http://terminology.hl7.org/CodeSystem/v2-0002', 'A');
    expect(separated[0]).toBe('Separated');
    expect(separated).toContain('getrennt lebend');
    expect(terminology.displays('http://loinc.org', '1-8')).toEqual([]);
  });

  it('knows the codes of both versions of the seriousness of an adverse event', () => {
    const system = 'http://terminology.hl7.org/CodeSystem/adverse-event-seriousness';
    const answers = ['serious', 'Serious', 'SERIOUS'].map((code) =>
      terminology.definesCode(system, code),
    );
    expect(answers).toEqual(['in', 'in', 'out']);
  });
});

describe('a value set of a user', () => {
  const system = 'https://example.org/CodeSystem/organ';
  const organs: CodeSystem = {
    resourceType: 'CodeSystem',
    url: system,
    status,
    content: 'complete',
    property: [
      { code: 'group', type: 'boolean', uri: `${hl7}/concept-properties#notSelectable` },
      { code: 'side', type: 'code' },
    ],
    concept: [
      {
        code: 'paired',
        property: [{ code: 'group', valueBoolean: true }],
        concept: [
          { code: 'kidney', display: 'Kidney' },
          { code: 'lung', property: [{ code: 'side', valueCode: 'left' }] },
        ],
      },
      {
        code: 'liver',
        property: [
          { code: 'side', valueCode: 'right' },
          { code: 'side', valueCode: 'middle' },
        ],
      },
      { code: 'lobe', property: [{ code: 'parent', valueCode: 'lung' }] },
    ],
  };
  const valueSetUrl = 'https://example.org/ValueSet/organ';

  function codesOf(...parts: readonly Omit<ValueSet, 'resourceType' | 'status'>[]) {
    const sets = parts.map((part, index): ValueSet => ({
      resourceType: 'ValueSet',
      url: index === 0 ? valueSetUrl : `${valueSetUrl}-${index}`,
      status,
      ...part,
    }));
    const expansion = createTerminology(r4.with([organs, ...sets])).expansion(valueSetUrl);
    return expansion?.map(({ code }) => code);
  }

  const filtered = (property: string, op: Operator, value: string) => ({
    compose: { include: [{ system, filter: [{ property, op, value }] }] },
  });

  it.each<[string, Operator, string, readonly string[] | undefined]>([
    ['concept', 'is-a', 'paired', ['kidney', 'lung', 'lobe']],
    ['concept', 'descendent-of', 'lung', ['lobe']],
    ['concept', 'is-not-a', 'lung', ['kidney', 'liver']],
    ['concept', 'generalizes', 'lobe', ['lung', 'lobe']],
    ['parent', '=', 'lung', ['lobe']],
    ['side', '=', 'middle', ['liver']],
    ['side', 'in', 'left, right', ['lung', 'liver']],
    ['side', 'not-in', 'left', ['kidney', 'liver', 'lobe']],
    ['concept', 'in', `${valueSetUrl}-1`, ['lung']],
    ['side', 'exists', 'true', ['lung', 'liver']],
    ['side', 'exists', 'false', ['kidney', 'lobe']],
    ['code', 'regex', 'l[a-z]{3}', ['lung', 'lobe']],
    ['display', 'regex', 'Kid.*', ['kidney']],
    ['code', 'regex', '(', undefined],
    ['code', 'child-of' as Operator, 'paired', undefined],
  ])('may filter by %s %s %s', (property, op, value, codes) => {
    const lung = { compose: { include: [{ system, concept: [{ code: 'lung' }] }] } };
    expect(codesOf(filtered(property, op, value), lung)).toEqual(codes);
  });

  it('leaves out what groups others, unless it is listed by name', () => {
    expect(codesOf({ compose: { include: [{ system }] } })).not.toContain('paired');
    expect(codesOf({ compose: { include: [{ system, concept: [{ code: 'paired' }] }] } })).toEqual([
      'paired',
    ]);
  });

  it('takes out what it excludes and unites its includes', () => {
    const include = [{ system, concept: [{ code: 'liver' }] }, { system }];
    const exclude = [{ system, concept: [{ code: 'lung' }] }];
    expect(codesOf({ compose: { include, exclude } })).toEqual(['liver', 'kidney', 'lobe']);
  });

  it('takes what all value sets of one include have', () => {
    const include = [{ valueSet: [`${valueSetUrl}-1`, `${valueSetUrl}-2`] }];
    const left = filtered('side', 'exists', 'true');
    const right = filtered('side', '=', 'right');
    expect(codesOf({ compose: { include } }, left, right)).toEqual(['liver']);
    expect(codesOf({ compose: { include } }, left)).toBeUndefined();
  });

  it('has no members through itself', () => {
    const include = [{ valueSet: [valueSetUrl] }];
    expect(codesOf({ compose: { include } })).toBeUndefined();
  });

  it('may be an expansion alone, or nothing that is known', () => {
    const contains = [{ abstract: true, contains: [{ system, code: 'kidney' }] }];
    const expansion = { timestamp: '2024-01-01', contains };
    expect(codesOf({ expansion })).toEqual(['kidney']);
    expect(codesOf({})).toBeUndefined();
  });
});

type Operator = ValueSetComposeIncludeFilter['op'];
