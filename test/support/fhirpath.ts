import type { FhirPathEnvironment } from '../../src/fhir/fhirpath/fhirpath.ts';
import type { JsonObject, JsonValue } from '../../src/fhir/json/json-value.ts';
import { testR4 } from './definitions.ts';

/** Returns the definitions of R4, and a terminology that knows the codes of gender alone. */
export function fhirPathEnvironment(): FhirPathEnvironment {
  const genders = ['male', 'female', 'other', 'unknown'];
  return {
    definitions: testR4(),
    terminology: {
      membership: (_valueSet, _system, code) => (genders.includes(code) ? 'in' : 'out'),
      expansion: () => undefined,
      definesCode: () => 'unknown',
      subsumed: (_system, code) => [code],
    },
  };
}

/** A patient with what the rows ask for: choices, extensions of primitives, contained resources. */
export const ada: JsonObject = {
  resourceType: 'Patient',
  id: 'ada',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>Ada</p></div>' },
  contained: [{ resourceType: 'Organization', id: 'o', name: 'Analytical Society' }],
  active: true,
  name: [
    { use: 'official', family: 'Byron', given: ['Ada', 'Mary'] },
    {
      use: 'nickname',
      _family: { extension: [{ url: 'http://example.org/why', valueCode: 'unknown' }] },
      given: ['Augusta'],
    },
  ],
  gender: 'female',
  birthDate: '1815-12-10',
  _birthDate: {
    extension: [{ url: 'http://example.org/time', valueDateTime: '1815-12-10T08:00:00Z' }],
  },
  deceasedBoolean: false,
  maritalStatus: {
    coding: [{ system: 'http://example.org/marital', code: 'M' }],
    text: 'Married',
  },
  contact: [{ name: { family: 'King' } }],
  generalPractitioner: [{ reference: 'Practitioner/ann' }],
  managingOrganization: { reference: '#o' },
};

/** Resolves the one reference of `ada` that leaves it. */
export function resolveAnn(reference: string): JsonObject | undefined {
  return reference === 'Practitioner/ann' ? { resourceType: 'Practitioner', id: 'ann' } : undefined;
}

/** The clock of the rows. */
export const fhirPathNow = Date.UTC(2024, 2, 4, 5, 6, 7, 8);

/** The further variables of the rows. */
export const fhirPathVariables: ReadonlyMap<string, JsonValue> = new Map([['given', 'g']]);
