import type { FhirPathEnvironment } from '../../src/fhir/fhirpath/fhirpath.ts';
import type { JsonObject, JsonValue } from '../../src/fhir/json/json-value.ts';
import { testR4 } from './definitions.ts';

const marital = 'http://example.org/marital';

/** Returns the definitions of R4, and a terminology of the codes of gender, where `M1` is below `M`. */
export function fhirPathEnvironment(): FhirPathEnvironment {
  const genders = ['male', 'female', 'other', 'unknown'];
  return {
    definitions: testR4(),
    terminology: {
      membership: (_valueSet, _system, code) => (genders.includes(code) ? 'in' : 'out'),
      expansion: () => undefined,
      definesCode: (system) => (system === marital ? 'in' : 'unknown'),
      displays: () => [],
      subsumed: (_system, code) => (code === 'M' ? ['M', 'M1'] : [code]),
    },
  };
}

/** A patient with what the rows ask for: choices, extensions of primitives, contained resources. */
export const ada: JsonObject = {
  resourceType: 'Patient',
  id: 'ada',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>Ada</p></div>' },
  contained: [
    {
      resourceType: 'Organization',
      id: 'o',
      type: [{ coding: [{ system: marital, code: 'M1' }] }],
      name: 'Analytical Society',
    },
  ],
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
    coding: [{ system: marital, code: 'M' }],
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
