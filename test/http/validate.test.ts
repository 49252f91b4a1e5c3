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

/** The canonicals of the profiles that the findings come from. */
function profilesNamed(body: unknown): readonly string[] {
  const issues = at(body, 'issue') as readonly { readonly diagnostics?: string }[];
  return issues.flatMap(({ diagnostics }) => diagnostics?.split(' of ')[1] ?? []);
}

/** The text of Parameters. */
function wrapped(...parameter: readonly object[]): string {
  return JSON.stringify({ resourceType: 'Parameters', parameter });
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

  it('holds a resource to each of several profiles', async () => {
    const { bodyweight, vitalsigns } = {
      bodyweight: 'http://hl7.org/fhir/StructureDefinition/bodyweight',
      vitalsigns: 'http://hl7.org/fhir/StructureDefinition/vitalsigns',
    };
    const observation = { resourceType: 'Observation', status: 'final', code: { text: 'x' } };
    const inUrl = await server.post(
      `Observation/$validate?profile=${vitalsigns}&profile=${bodyweight}`,
      observation,
    );
    expect(profilesNamed(inUrl.body)).toEqual(expect.arrayContaining([bodyweight, vitalsigns]));
    const inBody = await server.post('Observation/$validate', {
      resourceType: 'Parameters',
      parameter: [
        { name: 'profile', valueUri: vitalsigns },
        { name: 'resource', resource: observation },
        { name: 'profile', valueCanonical: bodyweight },
      ],
    });
    expect(inBody.body).toEqual(inUrl.body);
  });

  it('refuses a profile that it cannot compile and says why', async () => {
    const url = 'https://example.org/fhir/StructureDefinition/on-nothing';
    const profile = {
      resourceType: 'StructureDefinition',
      id: 'on-nothing',
      url,
      name: 'OnNothing',
      status: 'draft',
      kind: 'resource',
      abstract: false,
      type: 'Patient',
      baseDefinition: 'https://example.org/fhir/StructureDefinition/nothing',
      derivation: 'constraint',
      differential: { element: [{ id: 'Patient', path: 'Patient' }] },
    };
    expect((await server.put('StructureDefinition/on-nothing', profile)).status).toBe(201);
    const asked = await server.post(`Patient/$validate?profile=${url}`, good);
    expect([asked.status, at(asked.body, 'issue.0.details.text')]).toEqual([
      400,
      `The profile ${url} cannot be compiled: The base definition of ${url} is not known or is circular.`,
    ]);
    const claimed = await server.post('Patient/$validate', { ...good, meta: { profile: [url] } });
    expect(claimed.status).toBe(200);
    expect(at(claimed.body, 'issue.*.details.text')).toEqual(
      expect.arrayContaining([expect.stringContaining('is not known or is circular')]),
    );
    await server.delete('StructureDefinition/on-nothing');
  });

  it('judges what is stored by GET and by POST', async () => {
    await server.put('Patient/v1', { ...good, id: 'v1' });
    const bodyweight = 'http://hl7.org/fhir/StructureDefinition/bodyweight';
    expect(errors((await server.get('Patient/v1/$validate')).body)).toEqual([]);
    expect(errors((await server.send('post', 'Patient/v1/$validate', '')).body)).toEqual([]);
    const byProfile = await server.post('Patient/v1/$validate', {
      resourceType: 'Parameters',
      parameter: [
        { name: 'mode', valueCode: 'profile' },
        { name: 'profile', valueUri: bodyweight },
      ],
    });
    expect([byProfile.status, errors(byProfile.body)]).toEqual([200, ['Patient']]);
    expect((await server.get('Patient/never/$validate')).status).toBe(404);
    await server.delete('Patient/v1');
    expect((await server.get('Patient/v1/$validate')).status).toBe(410);
  });

  it('judges a conditional create and stores nothing', async () => {
    const identifier = [{ system: 'https://example.org/numbers', value: '7' }];
    const patient = { ...good, identifier };
    const ask = async () =>
      server.post('Patient/$validate?mode=create', patient, {
        'if-none-exist': 'identifier=https://example.org/numbers|7',
      });
    expect(errors((await ask()).body)).toEqual([]);
    const found = async () => at((await server.get('Patient?identifier=7')).body, 'total');
    expect(await found()).toBe(0);
    await server.put('Patient/c1', { ...patient, id: 'c1' });
    await server.put('Patient/c2', { ...patient, id: 'c2' });
    const ambiguous = await ask();
    expect([ambiguous.status, at(ambiguous.body, 'issue.*.code')]).toEqual([
      200,
      expect.arrayContaining(['multiple-matches']),
    ]);
    expect(await found()).toBe(2);
  });

  it('ignores the content when it judges a delete', async () => {
    await server.put('Patient/v5', { ...good, id: 'v5' });
    const parameters = {
      resourceType: 'Parameters',
      parameter: [
        { name: 'mode', valueCode: 'delete' },
        { name: 'resource', resource: bad },
      ],
    };
    const answer = await server.post('Patient/v5/$validate', parameters);
    expect([answer.status, errors(answer.body)]).toEqual([200, []]);
    expect((await server.get('Patient/v5')).status).toBe(200);
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

  it('answers for every entry of a Bundle of any type', async () => {
    const entry = [good, bad, good].map((resource) => ({ resource }));
    const answer = await server.post('Bundle/$validate', {
      resourceType: 'Bundle',
      type: 'collection',
      entry: entry.map((one, index) => ({ ...one, fullUrl: `https://example.org/${index}` })),
    });
    const issues = at(answer.body, 'issue') as readonly Found[];
    expect(errors(answer.body)).toEqual(['Bundle.entry[1].resource.gender']);
    expect(
      issues
        .filter(({ severity }) => severity === 'information')
        .flatMap(({ expression }) => expression ?? []),
    ).toEqual(expect.arrayContaining(['Bundle.entry[0]', 'Bundle.entry[2]']));
  });

  it.each([
    ['no resource', 'Patient/$validate', ''],
    ['malformed JSON', 'Patient/$validate', '{'],
    ['another type', 'Observation/$validate', JSON.stringify(good)],
    ['an update of no instance', 'Patient/$validate?mode=update', JSON.stringify(good)],
    ['a delete of no instance', 'Patient/$validate?mode=delete', ''],
    ['an input that it does not have', 'Patient/$validate?mod=create', JSON.stringify(good)],
    ['a second mode', 'Patient/$validate?mode=create&mode=update', JSON.stringify(good)],
    ['a resource that is none', 'Patient/$validate', wrapped({ name: 'resource' })],
    [
      'a second resource',
      'Patient/$validate',
      wrapped({ name: 'resource', resource: good }, { name: 'resource', resource: good }),
    ],
    ['an unknown mode', 'Patient/$validate?mode=guess', JSON.stringify(good)],
  ])('answers 400 for %s', async (_title, url, body) => {
    expect((await server.send('post', url, body)).status).toBe(400);
  });
});
