import { describe, expect, it } from '@jest/globals';
import type { ElementDefinition, StructureDefinition } from '@medplum/fhirtypes';
import { testR4 } from '../../../test/support/definitions.ts';
import { createTerminology } from '../definitions/create-terminology.ts';
import { compileFhirPath } from '../fhirpath/compile.ts';
import type { JsonObject } from '../json/json-value.ts';
import { createValidator } from './validate.ts';

type Slicing = NonNullable<ElementDefinition['slicing']>;
type Element = Partial<ElementDefinition> & { readonly id: string };

describe('profiles with a differential only', () => {
  it('slice by a fixed value, closed', () => {
    const profile = patientProfile([
      sliced('Patient.identifier', 'value', 'system', { rules: 'closed' }),
      slice('Patient.identifier:mrn', { min: 1, max: '1' }),
      {
        id: 'Patient.identifier:mrn.system',
        path: 'Patient.identifier.system',
        min: 1,
        fixedUri: 'urn:mrn',
      },
    ]);
    const mrn = { system: 'urn:mrn', value: '1' };
    expect(rulesOf(profile, { identifier: [mrn] })).toEqual([]);
    expect(rulesOf(profile, { identifier: [mrn, { system: 'urn:other' }] })).toEqual([
      'slicing Patient.identifier[1]',
    ]);
    expect(rulesOf(profile, { identifier: [mrn, mrn] })).toEqual(['cardinality Patient']);
    expect(rulesOf(profile, {})).toEqual(['cardinality Patient']);
  });

  it('slice by pattern, ordered and open at the end', () => {
    const profile = patientProfile([
      sliced('Patient.telecom', 'pattern', '$this', { rules: 'openAtEnd', ordered: true }),
      slice('Patient.telecom:phone', { patternContactPoint: { system: 'phone' } }),
      slice('Patient.telecom:mail', { patternContactPoint: { system: 'email' } }),
    ]);
    const phone = { system: 'phone', value: '1' };
    const mail = { system: 'email', value: '1' };
    const fax = { system: 'fax', value: '1' };
    expect(rulesOf(profile, { telecom: [phone, mail, fax] })).toEqual([]);
    expect(rulesOf(profile, { telecom: [mail, phone] })).toEqual([
      'slicing-order Patient.telecom[1]',
    ]);
    expect(rulesOf(profile, { telecom: [fax, phone] })).toEqual(['slicing Patient.telecom[0]']);
  });

  it('slice by existence', () => {
    const profile = patientProfile([
      sliced('Patient.name', 'exists', 'period'),
      slice('Patient.name:old', { max: '1' }),
      { id: 'Patient.name:old.period', path: 'Patient.name.period', min: 1 },
      slice('Patient.name:now', { max: '1' }),
      { id: 'Patient.name:now.period', path: 'Patient.name.period', max: '0' },
    ]);
    const old = { family: 'a', period: { end: '2020' } };
    expect(rulesOf(profile, { name: [old, { family: 'b' }] })).toEqual([]);
    expect(rulesOf(profile, { name: [old, old] })).toEqual(['cardinality Patient']);
  });

  it('slice a choice by type', () => {
    const profile = patientProfile([
      sliced('Patient.deceased[x]', 'type', '$this'),
      slice('Patient.deceased[x]:deceasedDateTime', {
        path: 'Patient.deceased[x]',
        type: [{ code: 'dateTime' }],
        maxLength: 4,
      }),
    ]);
    expect(rulesOf(profile, { deceasedBoolean: true })).toEqual([]);
    expect(rulesOf(profile, { deceasedDateTime: '2024' })).toEqual([]);
    expect(rulesOf(profile, { deceasedDateTime: '2024-01' })).toEqual([
      'maxLength Patient.deceased.ofType(dateTime)',
    ]);
  });

  it('slice by the type and by the profile of a target', () => {
    const byType = patientProfile([
      sliced('Patient.generalPractitioner', 'type', 'resolve()', { rules: 'closed' }),
      slice('Patient.generalPractitioner:org', {
        type: [{ code: 'Reference', targetProfile: [`${r4}Organization`] }],
      }),
    ]);
    expect(rulesOf(byType, { generalPractitioner: [{ reference: 'Organization/1' }] })).toEqual([]);
    expect(rulesOf(byType, { generalPractitioner: [{ reference: 'Practitioner/1' }] })).toEqual([
      'slicing Patient.generalPractitioner[0]',
    ]);
    const named = profileOf('Organization', 'named', [{ id: 'Organization.name', min: 1 }]);
    const byProfile = patientProfile([
      sliced('Patient.generalPractitioner', 'profile', 'resolve()', { rules: 'closed' }),
      slice('Patient.generalPractitioner:named', {
        type: [{ code: 'Reference', targetProfile: [named.url] }],
      }),
    ]);
    const contained = (organization: JsonObject) => ({
      contained: [{ resourceType: 'Organization', id: 'o', ...organization }],
      generalPractitioner: [{ reference: '#o' }],
    });
    expect(rulesOf(byProfile, contained({ name: 'x' }), named)).toEqual([]);
    expect(
      rulesOf(byProfile, contained({ alias: ['x'], identifier: [{ value: '1' }] }), named),
    ).toEqual(['slicing Patient.generalPractitioner[0]']);
  });

  it('slice a slice again', () => {
    const profile = patientProfile([
      sliced('Patient.identifier', 'value', 'use'),
      slice('Patient.identifier:official', {
        slicing: { discriminator: [{ type: 'value', path: 'system' }], rules: 'closed' },
      }),
      {
        id: 'Patient.identifier:official.use',
        path: 'Patient.identifier.use',
        fixedCode: 'official',
        min: 1,
      },
      slice('Patient.identifier:official/pass', { sliceName: 'official/pass', max: '1' }),
      {
        id: 'Patient.identifier:official/pass.system',
        path: 'Patient.identifier.system',
        fixedUri: 'urn:pass',
        min: 1,
      },
    ]);
    const pass = { use: 'official', system: 'urn:pass' };
    expect(rulesOf(profile, { identifier: [pass, { use: 'usual', system: 'x:y' }] })).toEqual([]);
    expect(rulesOf(profile, { identifier: [pass, pass] })).toEqual(['cardinality Patient']);
    expect(rulesOf(profile, { identifier: [{ use: 'official', system: 'urn:x' }] })).toEqual([
      'slicing Patient.identifier[0]',
    ]);
  });

  it('limit values, lengths and numbers', () => {
    const profile = profileOf('Observation', 'limits', [
      {
        id: 'Observation.value[x]',
        type: [{ code: 'integer' }],
        minValueInteger: 1,
        maxValueInteger: 5,
      },
      { id: 'Observation.subject', max: '0' },
      { id: 'Observation.note', max: '1' },
    ]);
    const observation = (rest: JsonObject) => ({
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'x' },
      ...rest,
    });
    expect(rulesOf(profile, observation({ valueInteger: 5 }))).toEqual([]);
    expect(rulesOf(profile, observation({ valueInteger: 6 }))).toEqual([
      'maxValue Observation.value.ofType(integer)',
    ]);
    expect(rulesOf(profile, observation({ valueInteger: 0 }))).toEqual([
      'minValue Observation.value.ofType(integer)',
    ]);
    expect(rulesOf(profile, observation({ valueString: 'x' }))).toEqual([
      'type Observation.value.ofType(string)',
    ]);
    expect(rulesOf(profile, observation({ subject: { reference: 'Patient/1' } }))).toEqual([
      'cardinality Observation',
    ]);
    expect(rulesOf(profile, observation({ note: [{ text: 'a' }, { text: 'b' }] }))).toEqual([
      'cardinality Observation',
    ]);
  });

  it('add invariants, and name the profile and the rule', () => {
    const profile = patientProfile([
      {
        id: 'Patient.name',
        constraint: [
          {
            key: 'p-1',
            severity: 'error',
            human: 'A name has a family',
            expression: 'family.exists()',
          },
        ],
      },
    ]);
    const { issues } = validatorOf(profile).validateTree(patient({ name: [{ text: 'x' }] }), [
      profile.url,
    ]);
    expect(issues).toContainEqual({
      severity: 'error',
      code: 'invariant',
      text: `This rule is not met: A name has a family. (rule p-1 of ${profile.url})`,
      expression: ['Patient.name[0]'],
      rule: 'p-1',
      profile: profile.url,
    });
  });

  it('go into an extension whose profile has no snapshot either', () => {
    const extension: StructureDefinition = {
      ...profileOf('Extension', 'colour', [
        { id: 'Extension.url', fixedUri: 'http://example.org/StructureDefinition/colour' },
        { id: 'Extension.value[x]', min: 1, type: [{ code: 'string' }, { code: 'code' }] },
      ]),
      kind: 'complex-type',
      context: [{ type: 'element', expression: 'Patient' }],
    };
    const profile = patientProfile([
      sliced('Patient.extension', 'value', 'url'),
      slice('Patient.extension:colour', {
        type: [{ code: 'Extension', profile: [extension.url] }],
      }),
      { id: 'Patient.extension:colour.value[x]', type: [{ code: 'code' }] },
    ]);
    const colour = (value: JsonObject) => ({ extension: [{ url: extension.url, ...value }] });
    expect(rulesOf(profile, colour({ valueCode: 'red' }), extension)).toEqual([]);
    expect(rulesOf(profile, colour({ valueString: 'red' }), extension)).toEqual([
      'type Patient.extension[0].value.ofType(string)',
    ]);
  });

  it('name the same elements in snapshot and differential', () => {
    const published = testR4().structureDefinition(`${r4}patient-birthPlace`);
    const element = published?.snapshot?.element ?? [];
    const both = { ...published, differential: { element } };
    const rules = rulesOf(undefined, both as unknown as JsonObject).map(
      (line) => line.split(' ')[0],
    );
    expect(rules).not.toContain('element-id');
  });

  it('are refused with the reason when they cannot be compiled', () => {
    const refused = (elements: readonly Element[]) =>
      rulesOf(undefined, { ...patientProfile(elements) } as never);
    expect(refused([{ id: 'Patient.name', min: 1 }])).toEqual([]);
    expect(refused([{ id: 'Patient.colour', min: 1 }])).toEqual([
      'profile-compiles StructureDefinition',
    ]);
    const constraint = [
      { key: 'p-1', severity: 'error' as const, human: 'x', expression: 'name.(' },
    ];
    expect(refused([{ id: 'Patient', constraint }])).toEqual([
      'profile-compiles StructureDefinition',
    ]);
    expect(refused([sliced('Patient.name', 'value', 'text'), slice('Patient.name:a', {})])).toEqual(
      ['profile-compiles StructureDefinition'],
    );
  });

  it('say in their differential alone that an extension is a modifier', () => {
    const modifier = {
      ...profileOf('Extension', 'modifier', [{ id: 'Extension', isModifier: true }]),
      context: [{ type: 'element' as const, expression: 'Patient' }],
    };
    const found = (name: string) =>
      rulesOf(undefined, { [name]: [{ url: modifier.url, valueString: 'x' }] }, modifier);
    expect(found('modifierExtension')).toEqual([]);
    expect(found('extension')).toEqual(['extension-modifier Patient.extension[0]']);
  });
});

const r4 = 'http://hl7.org/fhir/StructureDefinition/';

function patient(rest: JsonObject): JsonObject {
  return { resourceType: 'Patient', ...rest };
}

function patientProfile(elements: readonly Element[]): StructureDefinition {
  return profileOf('Patient', 'patient', elements);
}

function profileOf(type: string, name: string, elements: readonly Element[]): StructureDefinition {
  return {
    resourceType: 'StructureDefinition',
    url: `http://example.org/StructureDefinition/${name}`,
    name: 'Test',
    status: 'draft',
    kind: 'resource',
    abstract: false,
    type,
    baseDefinition: r4 + type,
    derivation: 'constraint',
    differential: {
      element: elements.map((element) => ({ path: pathOf(element.id), ...element })),
    },
  };
}

/** The path of an element is its id without the names of slices. */
function pathOf(id: string): string {
  return id.replace(/:[^.]+/g, '');
}

function sliced(
  id: string,
  type: 'value' | 'pattern' | 'exists' | 'type' | 'profile',
  path: string,
  rest: Partial<Slicing> = {},
): Element {
  return { id, slicing: { discriminator: [{ type, path }], rules: 'open', ...rest } };
}

function slice(id: string, rest: Partial<ElementDefinition>): Element {
  return { id, sliceName: id.slice(id.indexOf(':') + 1), ...rest };
}

function validatorOf(...profiles: StructureDefinition[]) {
  const definitions = testR4().with(profiles);
  return createValidator(definitions, createTerminology(definitions), compileFhirPath);
}

/** Rule and place of each error. */
function rulesOf(
  profile: StructureDefinition | undefined,
  rest: JsonObject,
  ...others: StructureDefinition[]
) {
  const validator = validatorOf(...(profile === undefined ? [] : [profile]), ...others);
  const tree = rest['resourceType'] === undefined ? patient(rest) : rest;
  const { issues } = validator.validateTree(tree, profile === undefined ? [] : [profile.url]);
  return issues
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, expression }) => [rule, expression?.[0]].join(' '));
}
