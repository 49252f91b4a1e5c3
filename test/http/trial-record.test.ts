import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operationOf, readExample } from '../../seed/example-requests.ts';
import mistakes from '../cases/trial/mistakes.json' with { type: 'json' };
import { at, textAt } from '../support/json-at.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ study: true });
});
afterAll(async () => server.close());

const guide = 'https://her2-cart.example.org/fhir';
const mrn = 'Patient?identifier=https://plagh.example.org/mrn|0300042';
const requests = readExample().filter((request) => operationOf(request) === undefined);

interface Found {
  readonly severity: string;
  readonly expression?: readonly string[];
}
type Tree = Record<string, unknown>;

/** The body of a row with the value at `path` of one resource replaced; removed when it is null. */
function broken({ row, entry, path, value }: (typeof mistakes)[number]): object {
  const body = structuredClone(requests.find((one) => one.row === row)?.body ?? {});
  const parent = at(body, ['entry', entry, 'resource', ...path.slice(0, -1)].join('.'));
  const last = path.at(-1) ?? '';
  if (value !== null) (parent as Tree)[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else Reflect.deleteProperty(parent as Tree, last);
  return body;
}

/** The expressions of the errors in an OperationOutcome. */
function errors(body: unknown): readonly string[] {
  return ((at(body, 'issue') ?? []) as readonly Found[])
    .filter(({ severity }) => severity === 'error')
    .flatMap(({ expression = [] }) => expression);
}

/** The one resource that a search finds. */
async function found(query: string): Promise<Tree & { readonly id: string }> {
  const answer = await server.get(query);
  return at(answer.body, 'entry.0.resource') as Tree & { readonly id: string };
}

describe('the worked example', () => {
  it.each(requests.map((request) => [request.row, request.title, request] as const))(
    'row %s (%s): each mistake is refused by name with nothing stored, the row itself is stored',
    async (row, _title, request) => {
      const sequence = async () => at((await server.get('_history?_count=1')).body, 'total');
      const before = await sequence();
      for (const mistake of mistakes.filter((one) => one.row === row)) {
        const { entry, expression } = mistake;
        const answer = await server.post('', broken(mistake));
        const named = errors(answer.body);
        const place = `Bundle.entry[${entry}].resource${expression === '' ? '' : `.${expression}`}`;
        expect([mistake.title, answer.status]).toEqual([mistake.title, 422]);
        expect(named.filter((one) => one.startsWith(place)).length).toBeGreaterThan(0);
        expect(await sequence()).toBe(before);
      }
      const accepted = await server.post('', request.body ?? {});
      expect(errors(accepted.body)).toEqual([]);
      expect(accepted.status).toBe(200);
      const again = await server.post('', request.body ?? {});
      expect(again.status).toBe(200);
    },
  );
});

describe('references of a trial record', () => {
  const ecog = (reference: string) => ({
    resourceType: 'Observation',
    extension: [{ url: `${guide}/StructureDefinition/h2c-visit`, valueCode: 'D1' }],
    identifier: [{ system: 'urn:test', value: 'ecog-1' }],
    status: 'final',
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'survey' },
        ],
      },
    ],
    code: { coding: [{ system: 'http://loinc.org', code: '89247-1' }] },
    subject: { reference },
    effectiveDateTime: '2024-03-05',
    valueInteger: 1,
  });

  it('must lead to what exists', async () => {
    const answer = await server.post('Observation', ecog('Patient/absent'));
    expect([answer.status, errors(answer.body)]).toEqual([422, ['Observation.subject']]);
    const plain = {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'x' },
      subject: { reference: 'Patient/absent' },
    };
    expect((await server.post('Observation', plain)).status).toBe(201);
  });

  it('must lead to what satisfies the profile that they demand', async () => {
    const plain = await server.post('Patient', { resourceType: 'Patient', gender: 'male' });
    const answer = await server.post('Observation', ecog(`Patient/${textAt(plain.body, 'id')}`));
    expect([answer.status, errors(answer.body)]).toEqual([422, ['Observation.subject']]);
  });

  it('hold what they lead to to its profile from then on', async () => {
    const body = await found(mrn);
    const without = { ...body, meta: undefined, managingOrganization: undefined };
    const answer = await server.put(`Patient/${body.id}`, without);
    expect([answer.status, errors(answer.body)]).toEqual([422, ['Patient']]);
  });

  it('are only warned of when what they led to was deleted since', async () => {
    const practitioner = await server.post('Practitioner', { resourceType: 'Practitioner' });
    const reference = `Practitioner/${textAt(practitioner.body, 'id')}`;
    const body = await found(
      'Procedure?identifier=https://plagh.example.org/record|apheresis-0011',
    );
    const performed = { ...body, performer: [{ actor: { reference } }] };
    expect((await server.put(`Procedure/${body.id}`, performed)).status).toBe(200);
    await server.delete(reference);
    const again = await server.put(`Procedure/${body.id}`, performed, {
      prefer: 'return=OperationOutcome',
    });
    expect(again.status).toBe(200);
    expect(at(again.body, 'issue')).toContainEqual(
      expect.objectContaining({
        severity: 'warning',
        expression: ['Procedure.performer[0].actor'],
      }),
    );
    const absent = { ...body, performer: [{ actor: { reference: 'Practitioner/absent' } }] };
    expect((await server.put(`Procedure/${body.id}`, absent)).status).toBe(422);
  });
});

describe("what is the server's", () => {
  it('is one subject for each patient', async () => {
    const body = await found('ResearchSubject?identifier=SCR-0011');
    const second = {
      ...body,
      identifier: [{ system: `${guide}/sid/screening-number`, value: 'SCR-0012' }],
    };
    const answer = await server.post('ResearchSubject', second);
    expect([answer.status, errors(answer.body)]).toEqual([422, ['ResearchSubject.individual']]);
  });

  it('are the numbers of a subject, who stays who they are', async () => {
    const body = await found('ResearchSubject?identifier=SCR-0011');
    const put = async (change: object) =>
      server.put(`ResearchSubject/${body.id}`, { ...body, ...change });
    expect(errors((await put({ assignedArm: 'CART-HER-2' })).body)).toContain(
      'ResearchSubject.assignedArm',
    );
    expect(errors((await put({ individual: { reference: 'Patient/other' } })).body)).toContain(
      'ResearchSubject.individual',
    );
    expect((await put({})).status).toBe(200);
  });

  it('is the id of a Patient of the trial', async () => {
    const patient = {
      resourceType: 'Patient',
      id: '0300099',
      identifier: [{ system: `${guide}/sid/subject-number`, value: 'H2C-099' }],
      gender: 'male',
      birthDate: '1961-05-17',
      managingOrganization: { reference: 'Organization/plagh' },
    };
    const answer = await server.put('Patient/0300099', patient);
    expect([answer.status, errors(answer.body)]).toEqual([422, ['Patient.id']]);
    expect(
      (await server.put('Patient/plain', { resourceType: 'Patient', id: 'plain' })).status,
    ).toBe(201);
  });

  it('is the enrolled group', async () => {
    const group = (await server.get('Group/enrolled')).body as Tree;
    const answer = await server.put('Group/enrolled', { ...group, name: 'mine' });
    expect([answer.status, errors(answer.body)]).toEqual([422, ['Group.name']]);
    expect((await server.delete('Group/enrolled')).status).toBe(422);
  });
});
