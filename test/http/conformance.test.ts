import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at } from '../support/json-at.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => server.close());

const url = 'https://example.org/fhir/StructureDefinition/dated-patient';
const profile = {
  resourceType: 'StructureDefinition',
  id: 'dated-patient',
  url,
  name: 'DatedPatient',
  status: 'active',
  kind: 'resource',
  abstract: false,
  type: 'Patient',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  derivation: 'constraint',
  differential: { element: [{ id: 'Patient.birthDate', path: 'Patient.birthDate', min: 1 }] },
};
const patient = { resourceType: 'Patient', meta: { profile: [url] }, gender: 'male' };

describe('a conformance resource', () => {
  it('holds from the commit that wrote it on', async () => {
    expect((await server.post('Patient', { ...patient, birthDate: '1961' })).status).toBe(201);
    expect((await server.put('StructureDefinition/dated-patient', profile)).status).toBe(201);
    const refused = await server.post('Patient', patient);
    expect([refused.status, at(refused.body, 'issue.0.expression.0')]).toEqual([422, 'Patient']);
    expect((await server.post('Patient', { ...patient, birthDate: '1961' })).status).toBe(201);
    expect((await server.post('Patient', { resourceType: 'Patient' })).status).toBe(201);
  });

  it('can be searched by when it is a search parameter, for what is written after it', async () => {
    const parameter = {
      resourceType: 'SearchParameter',
      url: 'https://example.org/fhir/SearchParameter/patient-marital',
      name: 'Marital',
      status: 'active',
      description: 'Marital status',
      code: 'marital',
      base: ['Patient'],
      type: 'token',
      expression: 'Patient.maritalStatus',
    };
    expect((await server.get('Patient?marital=M')).status).toBe(400);
    expect((await server.post('SearchParameter', parameter)).status).toBe(201);
    const coding = [
      { system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code: 'M' },
    ];
    const made = await server.post('Patient', {
      resourceType: 'Patient',
      maritalStatus: { coding },
    });
    expect(made.status).toBe(201);
    expect(at((await server.get('Patient?marital=M')).body, 'total')).toBe(1);
  });
});
