import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readExample } from '../../seed/example-requests.ts';
import { at, textAt } from '../support/json-at.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { idOf, sendRow } from '../support/trial.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ study: true });
});
afterAll(async () => server.close());

const guide = 'https://her2-cart.example.org/fhir';
const record = 'https://plagh.example.org/record';
const prefer = { prefer: 'return=OperationOutcome' };
type Tree = Readonly<Record<string, unknown>>;

/** Sends rows of the worked example under another number; returns the id of the subject. */
async function sendRows(number: number, rows: readonly number[]): Promise<string> {
  for (const request of readExample().filter(({ row }) => rows.includes(row))) {
    const { status, body } = await sendRow(server, renumbered(request, number));
    if (status >= 300) throw new Error(`Row ${request.row}: ${JSON.stringify(body)}`);
  }
  return idOf(server, `ResearchSubject?identifier=${guide}/sid/screening-number|SCR-${number}`);
}

function renumbered<T>(value: T, number: number): T {
  const texts: readonly (readonly [string, string])[] = [
    ['0011', String(number)],
    ['0300042', `0${300_000 + number}`],
    ['HC-0003', `HC-${number}`],
  ];
  const text = texts.reduce((all, [from, to]) => all.replaceAll(from, to), JSON.stringify(value));
  return JSON.parse(text) as T;
}

const screening = [1, 2, 3, 4, 5, 6];
const enrolled = [...screening, 7, 8, 9];

const disposition = (code: string, date: string) => ({
  url: `${guide}/StructureDefinition/h2c-disposition`,
  extension: [
    {
      url: 'reason',
      valueCodeableConcept: {
        coding: [{ system: 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl', code }],
      },
    },
    { url: 'date', valueDate: date },
    { url: 'epoch', valueCode: 'treatment' },
  ],
});

async function readSubject(id: string): Promise<Tree & { readonly extension: readonly Tree[] }> {
  return (await server.get(`ResearchSubject/${id}`)).body as never;
}

/** Sends a new version with another status. */
async function setStatus(id: string, status: string, more: readonly Tree[] = []) {
  const stored = await readSubject(id);
  const body = { ...stored, status, extension: [...stored.extension, ...more] };
  const { status: code, body: outcome } = await server.put(`ResearchSubject/${id}`, body, prefer);
  const issues = ((at(outcome, 'issue') ?? []) as readonly Tree[])
    .map(({ severity, expression, diagnostics }) =>
      [severity, at(expression, '0'), String(diagnostics).split(' ')[0]].join(' '),
    )
    .filter((issue) => !issue.endsWith('dom-6'));
  return { code, issues };
}

/** The states of the progress with start and end. */
async function progressOf(id: string): Promise<readonly string[]> {
  const { extension } = await readSubject(id);
  return extension
    .filter(({ url }) => url === `${guide}/StructureDefinition/h2c-progress`)
    .map((one) => {
      const parts = one['extension'] as readonly Tree[];
      return parts.map((part) => String(part['valueCode'] ?? part['valueDateTime'])).join(' ');
    });
}

const refusedStatus = 'error ResearchSubject.status status-transition';
const skipped = 'warning ResearchSubject.status status-transition';

describe('a status that a client gives before the enrolment', () => {
  it.each(['on-study', 'on-study-intervention', 'follow-up', 'off-study'])(
    'is no beginning as %s: it is refused by name, nothing is stored',
    async (status) => {
      for (const request of readExample().filter(({ row }) => row <= 2)) {
        await sendRow(server, renumbered(request, 4000));
      }
      const row = readExample().find((request) => request.row === 3);
      const body = renumbered(structuredClone(row?.body ?? {}), 4000);
      const left = [disposition('C35571', '2024-03-01')];
      const subject = at(body, 'entry.0.resource') as { status: string; extension: Tree[] };
      subject.status = status;
      subject.extension.push(...left);
      const answer = await server.post('', body);
      expect(answer.status).toBe(422);
      expect(at(answer.body, 'issue.*.expression.0')).toContain('Bundle.entry[0].resource.status');
      const found = await server.get('ResearchSubject?identifier=SCR-4000&_summary=count');
      expect(at(found.body, 'total')).toBe(0);
    },
  );

  it('follows the protocol, and writes its progress', async () => {
    const id = await sendRows(4001, screening);
    expect(await setStatus(id, 'eligible')).toEqual({ code: 200, issues: [] });
    expect(await progressOf(id)).toEqual([expect.stringMatching(/^eligible \S+$/)]);
    expect((await setStatus(id, 'screening')).issues).toContain(refusedStatus);
    expect((await setStatus(id, 'on-study')).issues).toContain(refusedStatus);
    expect((await readSubject(id))['status']).toBe('eligible');
    const left = [disposition('C35571', '2024-03-01')];
    expect((await setStatus(id, 'ineligible', left)).code).toBe(200);
    expect((await progressOf(id)).map((entry) => entry.split(' ')[0])).toEqual([
      'eligible',
      'ineligible',
    ]);
    expect((await setStatus(id, 'screening')).code).toBe(422);
  });

  it('is refused in a patch, and entry by entry in a batch', async () => {
    const id = await sendRows(4002, screening);
    const patch = [{ op: 'replace', path: '/status', value: 'follow-up' }];
    const patched = await server.patch(`ResearchSubject/${id}`, patch);
    expect([patched.status, at(patched.body, 'issue.*.expression.0')]).toEqual([
      422,
      expect.arrayContaining(['ResearchSubject.status']),
    ]);
    const stored = await readSubject(id);
    const entry = (status: string) => ({
      resource: { ...stored, status },
      request: { method: 'PUT', url: `ResearchSubject/${id}` },
    });
    const batch = { resourceType: 'Bundle', type: 'batch', entry: [entry('on-study')] };
    const answer = await server.post('', batch);
    expect([answer.status, at(answer.body, 'entry.0.response.status')]).toEqual([
      200,
      expect.stringMatching(/^422/),
    ]);
    const transaction = { resourceType: 'Bundle', type: 'transaction', entry: [entry('eligible')] };
    expect((await server.post('', transaction)).status).toBe(200);
  });
});

describe('a status after the enrolment', () => {
  it('is proposed by what is recorded, and its progress starts with that', async () => {
    const id = await sendRows(4100, enrolled);
    const lags = async (row: number) => {
      const request = readExample().find((one) => one.row === row);
      const resource = at(renumbered(request?.body, 4100), 'entry.0.resource') as Tree;
      const body = {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: at(request?.body, 'entry'),
      };
      const sent = renumbered(body, 4100);
      const answer = await server.send('post', '', JSON.stringify(sent), prefer);
      const text = at(answer.body, 'entry.0.response.outcome.issue.*.details.text') as
        readonly string[] | undefined;
      return [resource['resourceType'], ...(text ?? [])];
    };
    for (const row of [12, 18]) {
      expect(await lags(row)).toContainEqual(expect.stringContaining('Set it to follow-up.'));
    }
    expect((await setStatus(id, 'on-study-intervention')).issues).toEqual([
      'warning ResearchSubject.status status-lags',
    ]);
    expect((await setStatus(id, 'on-study-observation')).issues).toEqual([
      'warning ResearchSubject.status status-lags',
    ]);
    expect(await setStatus(id, 'follow-up')).toEqual({ code: 200, issues: [] });
    expect(await progressOf(id)).toEqual([
      'on-study 2024-02-05T09:00:00+08:00 2024-03-04T10:00:00+08:00',
      'on-study-intervention 2024-03-04T10:00:00+08:00 2024-03-06T10:00:00+08:00',
      'on-study-observation 2024-03-06T10:00:00+08:00 2024-08-27',
      'follow-up 2024-08-27',
    ]);
    expect((await setStatus(id, 'on-study')).issues).toEqual([refusedStatus]);
  });

  it('may skip steps, with a warning', async () => {
    const id = await sendRows(4101, enrolled);
    expect(await setStatus(id, 'on-study-observation')).toEqual({ code: 200, issues: [skipped] });
  });

  it('proposes nothing while nothing is recorded', async () => {
    const id = await sendRows(4104, enrolled);
    expect(await setStatus(id, 'on-study')).toEqual({ code: 200, issues: [] });
  });

  it('counts the infusion of the same transaction', async () => {
    const id = await sendRows(4102, enrolled);
    const row = readExample().find((request) => request.row === 12);
    const stored = await readSubject(id);
    const update = {
      resource: { ...stored, status: 'on-study-intervention' },
      request: { method: 'PUT', url: `ResearchSubject/${id}` },
    };
    const entry = [...(at(renumbered(row?.body, 4102), 'entry') as object[]), update];
    const answer = await server.post('', { resourceType: 'Bundle', type: 'transaction', entry });
    expect(answer.status).toBe(200);
    expect((await progressOf(id)).at(-1)).toBe('on-study-intervention 2024-03-04T10:00:00+08:00');
  });

  it('is one step of one writer when many race', async () => {
    const id = await sendRows(4103, enrolled);
    const { assignedArm, ...stored } = await readSubject(id);
    const own = stored.extension.filter(({ url }) => String(url).endsWith('/h2c-subject-site'));
    const identifier = (stored['identifier'] as Tree[]).slice(0, 1);
    const row = readExample().find((request) => request.row === 12);
    const dose = renumbered(row?.body ?? {}, 4103);
    const put = async () =>
      server.put(`ResearchSubject/${id}`, {
        ...stored,
        identifier,
        extension: own,
        status: 'on-study-intervention',
      });
    const answers = await Promise.all([put(), server.post('', dose), put(), put()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await progressOf(id)).map((text) => text.split(' ')[0])).toEqual([
      'on-study',
      'on-study-intervention',
    ]);
    expect((await readSubject(id))['assignedArm']).toBe(assignedArm);
  });
});

describe('a subject who leaves', () => {
  const memberOf = async (id: string) => {
    const patient = textAt(await readSubject(id), 'individual.reference');
    const { body } = await server.get('Group/enrolled');
    const members = at(body, 'member') as { entity: { reference: string }; inactive: boolean }[];
    return members.find(({ entity }) => entity.reference === patient)?.inactive;
  };

  it('without an infusion goes off study and counts as enrolled, not as infused', async () => {
    const id = await sendRows(4200, [...screening, 7]);
    expect((await setStatus(id, 'off-study')).code).toBe(422);
    const left = [disposition('C35571', '2024-02-20')];
    expect(await setStatus(id, 'off-study', left)).toEqual({ code: 200, issues: [] });
    expect((await progressOf(id)).at(-1)).toBe('off-study 2024-02-20');
    const plan = await server.get(`ResearchSubject/${id}/$schedule?asOf=2024-06-01`);
    expect(plan.status).toBe(200);
    const kinetics = await server.get(`ResearchSubject/${id}/$persistence`);
    const names = new Set(at(kinetics.body, 'parameter.*.name') as readonly string[]);
    expect([kinetics.status, names.has('absent'), names.has('cmax')]).toEqual([200, true, false]);
  });

  it('by withdrawing is inactive in the group, and keeps the order number', async () => {
    const id = await sendRows(4201, [...screening, 7]);
    expect(await memberOf(id)).toBe(false);
    const found = await server.get(`Consent?identifier=${record}|consent-4201`);
    const consent = at(found.body, 'entry.0.resource') as Tree;
    const url = `Consent/${textAt(consent, 'id')}`;
    const ended = await server.put(url, { ...consent, status: 'inactive' }, prefer);
    expect(at(ended.body, 'issue.*.details.text')).toContainEqual(
      expect.stringContaining('Set it to withdrawn.'),
    );
    const left = [disposition('C49634', '2024-02-21')];
    expect((await setStatus(id, 'withdrawn', left)).code).toBe(200);
    expect([await memberOf(id), (await progressOf(id)).at(-1)]).toEqual([
      true,
      'withdrawn 2024-02-21',
    ]);
    expect(await setStatus(id, 'on-study')).toEqual({ code: 422, issues: [refusedStatus] });
  });
});
