import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { at, textAt } from '../support/json-at.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { idOf, sendExample } from '../support/trial.ts';

let server: TestServer;
let patient = '';
beforeAll(async () => {
  server = await startServer({ study: true });
  await sendExample(server, 21);
  patient = `Patient/${await idOf(server, 'Patient?identifier=https://plagh.example.org/mrn|0300042')}`;
});
afterAll(async () => server.close());

const guide = 'https://her2-cart.example.org/fhir';
const record = 'https://plagh.example.org/record';
const prefer = { prefer: 'return=OperationOutcome' };
type Tree = Readonly<Record<string, unknown>>;

/** The rules of the warnings in an outcome, without that of the narrative, with what they are about. */
function warnings(body: unknown): readonly string[] {
  return ((at(body, 'issue') ?? []) as readonly Tree[])
    .filter(({ severity }) => severity === 'warning')
    .map(
      (issue) =>
        `${String(issue['diagnostics']).split(' ')[0] ?? ''} ${textAt(issue, 'expression.0')}`,
    )
    .filter((warning) => !warning.startsWith('dom-6'));
}

async function stored(search: string): Promise<Resource & { readonly id: string }> {
  return at((await server.get(search)).body, 'entry.0.resource') as Resource & { id: string };
}

/** The warnings that a new version is answered with. */
async function put(resource: Resource, change: Tree): Promise<readonly string[]> {
  const { resourceType, id = '' } = resource;
  const answer = await server.put(`${resourceType}/${id}`, { ...resource, ...change }, prefer);
  expect(answer.status).toBe(200);
  return warnings(answer.body);
}

describe('a grade of CRS', () => {
  const one = { coding: [{ system: `${guide}/CodeSystem/h2c-astct`, code: 'grade-1' }] };
  const warned = ['grade-recomputed Observation.value'];

  it('is recomputed from its components, and stands when they give another', async () => {
    const { body } = await server.get(
      `Observation?patient=${patient}&code=crs-grade&date=ge2024-03-05T20:00:00%2B08:00`,
    );
    const grade = at(body, 'entry.0.resource') as Resource;
    expect(await put(grade, {})).toEqual([]);
    expect(await put(grade, { valueCodeableConcept: one })).toEqual(warned);
    const checked = await server.post('Observation/$validate', {
      ...grade,
      valueCodeableConcept: one,
    });
    expect(warnings(checked.body)).toEqual(warned);
    const entry = [{ resource: { ...grade, valueCodeableConcept: one } }];
    const bundle = { resourceType: 'Bundle', type: 'collection', entry };
    expect(warnings((await server.post('Bundle/$validate', bundle)).body)).toEqual([
      'grade-recomputed Bundle.entry[0].resource.value',
    ]);
    expect(await put(grade, {})).toEqual([]);
  });
});

describe('a claimed study day', () => {
  it('is compared with the date', async () => {
    const dose = await stored(`MedicationAdministration?identifier=${record}|infusion-0011-2`);
    const claim = (day: number) => ({
      extension: [
        ...(dose['extension'] as readonly Tree[]),
        { url: `${guide}/StructureDefinition/h2c-study-day`, valueInteger: day },
      ],
    });
    const rules = async (day: number) =>
      (await put(dose, claim(day))).filter((warning) => warning.startsWith('study-day'));
    expect(await rules(1)).toEqual([]);
    expect(await rules(2)).toEqual(['study-day MedicationAdministration.extension']);
  });
});

describe('a result of a specimen', () => {
  it('has the time of the collection', async () => {
    const { body } = await server.get(`Observation?patient=${patient}&code=persist-tcrz-cd137`);
    const result = at(body, 'entry.0.resource') as Resource;
    expect(await put(result, { effectiveDateTime: '2024-12-30' })).toEqual([
      'collection-time Observation.effective',
    ]);
    const date = textAt(result, 'effectiveDateTime').slice(0, 10);
    expect(await put(result, { effectiveDateTime: date })).toEqual([]);
  });
});

describe('a death', () => {
  const death = (date: string) => ({
    resourceType: 'Observation',
    identifier: [{ system: record, value: `vital-${date}` }],
    status: 'final',
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'survey' },
        ],
      },
    ],
    code: { coding: [{ system: `${guide}/CodeSystem/h2c-code`, code: 'vital-status' }] },
    subject: { reference: patient },
    effectiveDateTime: date,
    valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '419099009' }] },
  });

  it('has one date, whichever of the two records is written', async () => {
    const person = (await server.get(patient)).body as Resource;
    expect(await put(person, { deceasedDateTime: '2024-09-01T08:00:00+08:00' })).toEqual([]);
    const other = await server.post('Observation', death('2024-09-02'), prefer);
    expect([other.status, warnings(other.body)]).toEqual([
      201,
      ['death-date Observation.effective'],
    ]);
    expect(await put(person, { deceasedDateTime: '2024-09-03' })).toEqual([
      'death-date Patient.deceased',
    ]);
    expect(await put(person, { deceasedDateTime: '2024-09-02' })).toEqual([]);
    expect(await put(person, { deceasedDateTime: '2024-09' })).toEqual([]);
  });
});

describe('a share that a site computed', () => {
  it('is compared with what the results give', async () => {
    const subject = await idOf(
      server,
      `ResearchSubject?identifier=${guide}/sid/screening-number|SCR-0011`,
    );
    const { body } = await server.get(`ResearchSubject/${subject}/$trafficking`);
    const share = at(body, 'entry.0.resource') as Resource & { readonly valueQuantity: object };
    const post = async (value: number) => {
      const identifier = [{ system: record, value: `share-${value}` }];
      const valueQuantity = { ...share.valueQuantity, value };
      const answer = await server.post(
        'Observation',
        { ...share, identifier, valueQuantity },
        prefer,
      );
      return [answer.status, ...warnings(answer.body)];
    };
    expect(await post(74)).toEqual([201]);
    expect(await post(70)).toEqual([201, 'trafficking-share Observation.value']);
  });
});
