import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MedplumClient } from '@medplum/core';
import type { Observation, Patient } from '@medplum/fhirtypes';
import { startServer, type TestServer } from '../support/server.ts';

// A client that knows nothing of this server: developers use it as they use any other.

let server: TestServer;
let client: MedplumClient;
beforeAll(async () => {
  server = await startServer();
  client = new MedplumClient({
    baseUrl: `${server.origin}/`,
    fhirUrlPath: 'fhir',
    fetch,
    cacheTime: 0,
  });
});
afterAll(async () => {
  await server.close();
});

async function patientNamed(family: string): Promise<Patient & { readonly id: string }> {
  return client.createResource<Patient>({ resourceType: 'Patient', name: [{ family }] });
}

describe('a FHIR client of another maker', () => {
  it('creates, reads, updates and deletes', async () => {
    const created = await patientNamed('Alpha');
    const updated = await client.updateResource({ ...created, gender: 'female' });
    expect(updated.meta?.versionId).toBe('2');
    expect(await client.readResource('Patient', created.id)).toMatchObject({ gender: 'female' });
    const history = await client.readHistory('Patient', created.id);
    expect(history.entry).toHaveLength(2);
    await client.deleteResource('Patient', created.id);
    await expect(client.readResource('Patient', created.id)).rejects.toThrow(/deleted/);
  });

  it('searches by a chain and includes', async () => {
    const patient = await patientNamed('Beta');
    const observation: Observation = {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'a finding' },
      subject: { reference: `Patient/${patient.id}` },
    };
    await client.createResource(observation);
    const found = await client.search('Observation', {
      'subject:Patient.name': 'beta',
      _include: 'Observation:subject',
    });
    expect(found.entry?.map(({ search }) => search?.mode)).toEqual(['match', 'include']);
  });

  it('creates once where the condition holds', async () => {
    const patient: Patient = {
      resourceType: 'Patient',
      identifier: [{ system: 'urn:test', value: 'once' }],
    };
    const first = await client.createResourceIfNoneExist(patient, 'identifier=urn:test|once');
    const second = await client.createResourceIfNoneExist(patient, 'identifier=urn:test|once');
    expect(second.id).toBe(first.id);
  });

  it('sends a batch and patches', async () => {
    const patient = await patientNamed('Gamma');
    const patched = await client.patchResource('Patient', patient.id, [
      { op: 'add', path: '/active', value: true },
    ]);
    expect(patched.active).toBe(true);
    const answer = await client.executeBatch({
      resourceType: 'Bundle',
      type: 'batch',
      entry: [{ request: { method: 'GET', url: `Patient/${patient.id}` } }],
    });
    expect(answer.entry?.[0]?.response?.status).toMatch(/^200/);
  });
});
