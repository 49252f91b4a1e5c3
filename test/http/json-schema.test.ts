import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ study: true });
});
afterAll(async () => {
  await server.close();
});

describe('$json-schema', () => {
  it('answers a self-contained schema of a profile, which any validator compiles', async () => {
    const answer = await server.get('StructureDefinition/h2c-site/$json-schema');
    expect([answer.status, answer.headers['content-type']]).toEqual([
      200,
      'application/schema+json',
    ]);
    const validate = new Ajv2020({ strict: false }).compile(answer.body as object);
    const site = { resourceType: 'Organization', active: true };
    expect(validate(site)).toBe(false);
    const stored = await server.get('Organization/plagh');
    expect(validate(stored.body)).toBe(true);
  });

  it('answers the schema of a type of R4 by its name', async () => {
    const answer = await server.get('StructureDefinition/Patient/$json-schema');
    expect(answer.body).toMatchObject({ title: 'Patient' });
  });

  it('answers 404 for an unknown id and 405 to a POST', async () => {
    expect((await server.get('StructureDefinition/nothing/$json-schema')).status).toBe(404);
    expect((await server.post('StructureDefinition/Patient/$json-schema', {})).status).toBe(405);
  });
});
