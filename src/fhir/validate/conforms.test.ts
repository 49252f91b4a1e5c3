import { describe, expect, it } from '@jest/globals';
import type { StructureDefinition } from '@medplum/fhirtypes';
import { testR4 } from '../../../test/support/definitions.ts';
import { createTerminology } from '../definitions/create-terminology.ts';
import { compileFhirPath } from '../fhirpath/compile.ts';
import type { JsonObject } from '../json/json-value.ts';
import { createValidator } from './validate.ts';

const named = 'http://example.org/StructureDefinition/named';
const r4 = 'http://hl7.org/fhir/StructureDefinition/';

/** An Organization with a name, or another profile of a rule alone. */
function profileOf(type: string, url: string, rule: string): StructureDefinition {
  const constraint = [{ key: 'x-1', severity: 'error' as const, human: 'x', expression: rule }];
  return {
    resourceType: 'StructureDefinition',
    url,
    name: 'Test',
    status: 'draft',
    kind: 'resource',
    abstract: false,
    type,
    baseDefinition: r4 + type,
    derivation: 'constraint',
    differential: { element: [{ id: type, path: type, constraint }] },
  };
}

const ofOrganization = profileOf('Organization', named, "name = 'A'");

type Resource = JsonObject & { readonly resourceType: string };

function rulesOf(rule: string, resource: Resource): readonly string[] {
  const url = 'http://example.org/StructureDefinition/asking';
  const asking = profileOf(resource.resourceType, url, rule);
  const definitions = testR4().with([ofOrganization, asking]);
  const validator = createValidator(definitions, createTerminology(definitions), compileFhirPath);
  return validator
    .validateTree(resource, [url])
    .issues.filter(({ severity }) => severity === 'error')
    .map(({ rule: key = '' }) => key);
}

function patientOf(name: string): Resource {
  const organization = { resourceType: 'Organization', id: 'o', name };
  return {
    resourceType: 'Patient',
    contained: [organization],
    managingOrganization: { reference: '#o' },
  };
}

describe('conformsTo() in an invariant', () => {
  it.each([
    'contained.all(conformsTo(%given))',
    'managingOrganization.resolve().conformsTo(%given)',
  ])('judges a resource by the rules of the profile: %s', (rule) => {
    const asked = rule.replace('%given', `'${named}'`);
    expect(rulesOf(asked, patientOf('A'))).toEqual([]);
    expect(rulesOf(asked, patientOf('B'))).toEqual(['x-1']);
  });

  it('judges an element by a profile of its data type', () => {
    const rule = `value.conformsTo('${r4}SimpleQuantity')`;
    const observation = (value: JsonObject): Resource => ({
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'a' },
      valueQuantity: value,
    });
    expect(rulesOf(rule, observation({ value: 1 }))).toEqual([]);
    expect(rulesOf(rule, observation({ value: 1, comparator: '<' }))).toEqual(['x-1']);
  });

  it('does not hold for another type, and not for a profile that nobody knows', () => {
    expect(rulesOf(`conformsTo('${named}').not()`, patientOf('A'))).toEqual([]);
    expect(rulesOf(`conformsTo('${named}')`, patientOf('A'))).toEqual(['x-1']);
    expect(rulesOf("conformsTo('http://example.org/none')", patientOf('A'))).toEqual(['x-1']);
  });

  it('ends where a profile asks for itself', () => {
    const self = "conformsTo('http://example.org/StructureDefinition/asking') and active";
    expect(rulesOf(self, { resourceType: 'Patient', active: true })).toEqual([]);
    expect(rulesOf(self, { resourceType: 'Patient', active: false })).toEqual(['x-1']);
  });
});
