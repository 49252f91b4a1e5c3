import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at } from '../support/json-at.ts';
import { startServer, type TestAnswer, type TestServer } from '../support/server.ts';

interface TypeCapability {
  readonly type: string;
  readonly profile: string;
  readonly supportedProfile?: readonly string[];
  readonly interaction: readonly { readonly code: string }[];
  readonly searchInclude?: readonly string[];
  readonly searchRevInclude?: readonly string[];
  readonly searchParam: readonly { readonly name: string; readonly type: string }[];
  readonly operation?: readonly { readonly name: string }[];
}

let server: TestServer;
let metadata: TestAnswer;
beforeAll(async () => {
  server = await startServer();
  metadata = await server.get('metadata');
});
afterAll(async () => server.close());

const capability = (type: string) =>
  (at(metadata.body, 'rest.0.resource') as readonly TypeCapability[]).find(
    (one) => one.type === type,
  );

describe('capabilities', () => {
  it('says what the server is', () => {
    expect(metadata.status).toBe(200);
    expect(metadata.body).toMatchObject({
      resourceType: 'CapabilityStatement',
      status: 'active',
      kind: 'instance',
      fhirVersion: '4.0.1',
      implementation: { url: server.baseUrl },
    });
    expect(at(metadata.body, 'format')).toContain('application/fhir+json');
  });

  it('is a valid resource of R4', async () => {
    const outcome = await server.send('post', '$validate', metadata.text);
    const issues = at(outcome.body, 'issue') as readonly { readonly severity: string }[];
    expect(issues.filter(({ severity }) => severity === 'error' || severity === 'fatal')).toEqual(
      [],
    );
  });

  it('lists every resource type with what can be done with it', () => {
    expect(at(metadata.body, 'rest.0.resource')).toHaveLength(146);
    const observation = capability('Observation');
    expect(observation).toMatchObject({
      versioning: 'versioned-update',
      readHistory: true,
      updateCreate: true,
      conditionalCreate: true,
      conditionalRead: 'full-support',
      conditionalUpdate: true,
      conditionalDelete: 'single',
    });
    expect(new Set(observation?.interaction.map(({ code }) => code))).toEqual(
      new Set([
        'read',
        'vread',
        'update',
        'patch',
        'delete',
        'history-instance',
        'history-type',
        'create',
        'search-type',
      ]),
    );
    expect(observation?.searchInclude).toContain('Observation:subject');
    expect(capability('Patient')?.searchRevInclude).toContain('Observation:subject');
  });

  it('lists only search parameters that the server takes', async () => {
    const refused: string[] = [];
    for (const type of ['Observation', 'Patient', 'AdverseEvent', 'MedicationAdministration']) {
      for (const { name, type: kind } of capability(type)?.searchParam ?? []) {
        // A combination of parameters is never missing.
        if (kind === 'composite') continue;
        const answer = await server.get(`${type}?${name}:missing=true&_count=0`);
        if (answer.status !== 200 && name !== '_id' && name !== '_lastUpdated') {
          refused.push(`${type}.${name}: ${answer.status}`);
        }
      }
    }
    expect(refused).toEqual([]);
  });

  it('lists the interactions of the system', () => {
    expect(new Set(at(metadata.body, 'rest.0.interaction.*.code') as string[])).toEqual(
      new Set(['search-system', 'transaction', 'batch', 'history-system']),
    );
    expect(at(metadata.body, 'rest.0.searchParam.*.name')).toContain('_lastUpdated');
  });

  it('lists only operations that can be called', async () => {
    const names = at(metadata.body, 'rest.0.operation.*.name') as readonly string[];
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      expect([name, (await server.raw('options', `/fhir/$${name}`)).status]).toEqual([name, 204]);
    }
  });

  it('is the same text every time', async () => {
    expect((await server.get('metadata?mode=full')).text).toBe(metadata.text);
  });
});
