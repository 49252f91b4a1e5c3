import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at } from '../support/json-at.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => server.close());

const good = { resourceType: 'Patient', gender: 'male' };
const bad = { resourceType: 'Patient', gender: 'x' };

interface Found {
  readonly severity: string;
  readonly expression?: readonly string[];
}

/** The expressions of the errors in an OperationOutcome. */
function errors(body: unknown): readonly string[] {
  return (at(body, 'issue') as readonly Found[])
    .filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .flatMap(({ expression }) => expression ?? []);
}

describe('$validate', () => {
  it.each(['Patient/$validate', '$validate'])(
    'judges a bare resource at %s and stores nothing',
    async (url) => {
      const before = at((await server.get('Patient?_summary=count')).body, 'total');
      const accepted = await server.post(url, good);
      expect([accepted.status, at(accepted.body, 'resourceType'), errors(accepted.body)]).toEqual([
        200,
        'OperationOutcome',
        [],
      ]);
      const refused = await server.post(url, bad);
      expect([refused.status, errors(refused.body)]).toEqual([200, ['Patient.gender']]);
      expect(at((await server.get('Patient?_summary=count')).body, 'total')).toBe(before);
    },
  );

  it('takes Parameters with resource, mode and profile', async () => {
    const parameters = (profile: string) => ({
      resourceType: 'Parameters',
      parameter: [
        { name: 'resource', resource: { ...good, active: true } },
        { name: 'mode', valueCode: 'create' },
        { name: 'profile', valueUri: profile },
      ],
    });
    const known = await server.post(
      'Patient/$validate',
      parameters('http://hl7.org/fhir/StructureDefinition/Patient'),
    );
    expect([known.status, errors(known.body)]).toEqual([200, []]);
    expect((await server.post('Patient/$validate', parameters('urn:unknown'))).status).toBe(400);
  });

  it('holds a resource to the profile that is asked for', async () => {
    const observation = { resourceType: 'Observation', status: 'final', code: { text: 'x' } };
    const profile = 'http://hl7.org/fhir/StructureDefinition/vitalsigns';
    const answer = await server.post(`Observation/$validate?profile=${profile}`, observation);
    expect(answer.status).toBe(200);
    expect(errors(answer.body).length).toBeGreaterThan(0);
    const url = `Observation/$validate?mode=profile&profile=${profile}`;
    expect(errors((await server.post(url, observation)).body)).toEqual(errors(answer.body));
    expect(errors((await server.post('Observation/$validate', observation)).body)).toEqual([]);
  });

  it('judges what is stored', async () => {
    await server.put('Patient/v1', { ...good, id: 'v1' });
    expect(errors((await server.get('Patient/v1/$validate')).body)).toEqual([]);
    expect((await server.get('Patient/never/$validate')).status).toBe(404);
  });

  it('judges an update and a delete with what the URL names', async () => {
    await server.put('Patient/v2', { ...good, id: 'v2' });
    const update = await server.post('Patient/v2/$validate?mode=update', { ...good, id: 'v3' });
    expect([update.status, errors(update.body)]).toEqual([200, ['Patient.id']]);
    const remove = await server.get('Patient/v2/$validate?mode=delete');
    expect([remove.status, errors(remove.body)]).toEqual([200, []]);
    expect((await server.get('Patient/v2')).headers['etag']).toBe('W/"1"');
  });

  it('names the entries of a Bundle', async () => {
    const bundle = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [good, bad].map((resource) => ({
        resource,
        request: { method: 'POST', url: 'Patient' },
      })),
    };
    const answer = await server.post('$validate?mode=create', bundle);
    expect(answer.status).toBe(200);
    expect(errors(answer.body)).toContain('Bundle.entry[1].resource.gender');
    expect(errors(answer.body).some((expression) => expression.includes('entry[0]'))).toBe(false);
  });

  it.each([
    ['no resource', 'Patient/$validate', ''],
    ['malformed JSON', 'Patient/$validate', '{'],
    ['another type', 'Observation/$validate', JSON.stringify(good)],
    ['an unknown mode', 'Patient/$validate?mode=guess', JSON.stringify(good)],
  ])('answers 400 for %s', async (_title, url, body) => {
    expect((await server.send('post', url, body)).status).toBe(400);
  });
});
