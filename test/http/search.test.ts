import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at, textAt } from '../support/json-at.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({
    environment: { INCLUDES_MAX: '6', PAGE_SIZE_DEFAULT: '20', PAGE_SIZE_MAX: '20' },
  });
  await server.put('Organization/o', { resourceType: 'Organization', id: 'o', name: 'Ward' });
  for (const id of ['p1', 'p2']) await server.put(`Patient/${id}`, patient(id));
  for (const id of ['x1', 'x2', 'x3', 'x4', 'x5']) {
    await server.put(`Observation/${id}`, observation(id, 'Patient/p1'));
  }
  await server.put('Observation/y1', observation('y1', 'Patient/p2'));
  await server.put('Observation/deleted', observation('deleted', 'Patient/p1'));
  await server.delete('Observation/deleted');
});
afterAll(async () => server.close());

const patient = (id: string) => ({
  resourceType: 'Patient',
  id,
  identifier: [{ system: 'urn:mrn', value: id }],
  managingOrganization: { reference: 'Organization/o' },
});
const observation = (id: string, reference: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '718-7' }] },
  subject: { reference },
  valueQuantity: { value: 1, system: 'http://unitsofmeasure.org', code: 'g/dL' },
});

const total = (body: unknown) => at(body, 'total');
const ids = (body: unknown) => at(body, 'entry.*.resource.id') ?? [];
const modes = (body: unknown) => at(body, 'entry.*.search.mode');
const links = (body: unknown) =>
  new Map(
    (at(body, 'link') as readonly { readonly relation: string; readonly url: string }[]).map(
      ({ relation, url }) => [relation, url],
    ),
  );
const below = (url = '') => url.slice(server.baseUrl.length + 1);

describe('search of a type', () => {
  it('answers with a searchset of the matches and where they are', async () => {
    const answer = await server.get('Patient?identifier=urn:mrn|p1');
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      resourceType: 'Bundle',
      type: 'searchset',
      total: 1,
      entry: [
        {
          fullUrl: `${server.baseUrl}/Patient/p1`,
          resource: { resourceType: 'Patient', id: 'p1' },
          search: { mode: 'match' },
        },
      ],
    });
    expect(links(answer.body).get('self')).toBe(
      `${server.baseUrl}/Patient?identifier=${encodeURIComponent('urn:mrn|p1')}`,
    );
    expect(links(answer.body).has('next')).toBe(false);
  });

  it('has no entry, rather than an empty one, without a match', async () => {
    const { body } = await server.get('Patient?identifier=nobody');
    expect([total(body), at(body, 'entry')]).toEqual([0, undefined]);
  });

  it('finds no deleted resource', async () => {
    expect(total((await server.get('Observation?subject=Patient/p1')).body)).toBe(5);
  });

  it.each([
    ['POST with a form', 'post', 'Patient/_search', 'identifier=urn%3Amrn%7Cp1'],
    ['POST with parameters in the URL', 'post', 'Patient/_search?identifier=urn:mrn|p1', ''],
    ['both', 'post', 'Patient/_search?_id=p1', 'identifier=p1'],
    ['GET of _search', 'get', 'Patient/_search?identifier=p1', ''],
  ] as const)('takes %s', async (_title, method, url, form) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await server.send(method, url, form, headers);
    expect([answer.status, ids(answer.body)]).toEqual([200, ['p1']]);
    expect(links(answer.body).get('self')).toContain(`${server.baseUrl}/Patient?`);
  });

  it('minds how the form wants the answer', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const xml = await server.send('post', 'Patient/_search', '_format=xml', headers);
    expect([xml.status, at(xml.body, 'resourceType')]).toEqual([406, 'OperationOutcome']);
    const pretty = await server.send('post', 'Patient/_search', '_pretty=true', headers);
    expect(pretty.text).toContain('\n  "type": "searchset"');
  });

  it('takes no other body than a form', async () => {
    const answer = await server.send('post', 'Patient/_search', '{}');
    expect([answer.status, at(answer.body, 'resourceType')]).toEqual([415, 'OperationOutcome']);
  });

  it('answers 404 for a type that R4 has not', async () => {
    expect((await server.get('Patients?name=x')).status).toBe(404);
  });
});

describe('an unknown parameter', () => {
  it.each(['Patient?nonsense=1', 'Patient?name:nonsense=1', 'Patient?nonsense.name=1'])(
    '%s is refused',
    async (url) => {
      const { status, body } = await server.get(url);
      expect([status, at(body, 'resourceType')]).toEqual([400, 'OperationOutcome']);
    },
  );

  it('is left out for a lenient client, and the Bundle says so', async () => {
    const answer = await server.get('Patient?nonsense=1&_id=p1', { prefer: 'handling=lenient' });
    expect([answer.status, total(answer.body), modes(answer.body)]).toEqual([
      200,
      1,
      ['match', 'outcome'],
    ]);
    expect(links(answer.body).get('self')).toBe(`${server.baseUrl}/Patient?_id=p1`);
    expect(at(answer.body, 'entry.1.resource.issue.0.severity')).toBe('warning');
  });

  it('stays left out on the pages that follow', async () => {
    const first = await server.get('Observation?nonsense=1&_count=4', {
      prefer: 'handling=lenient',
    });
    const next = await server.get(below(links(first.body).get('next')));
    expect([next.status, ids(next.body)]).toEqual([200, ['x5', 'y1']]);
  });
});

describe('paging', () => {
  it('neither repeats nor drops a row while others write', async () => {
    const first = await server.get('Observation?_count=2&_sort=-_id');
    const seen = [...(ids(first.body) as string[])];
    await server.put('Observation/z9', observation('z9', 'Patient/p2'));
    await server.delete('Observation/x1');
    for (let next = links(first.body).get('next'); next !== undefined;) {
      const page = await server.get(below(next));
      expect([page.status, total(page.body)]).toEqual([200, 6]);
      seen.push(...(ids(page.body) as string[]));
      next = links(page.body).get('next');
    }
    await server.delete('Observation/z9');
    await server.put('Observation/x1', observation('x1', 'Patient/p1'));
    expect(seen).toEqual(['y1', 'x5', 'x4', 'x3', 'x2', 'x1']);
  });

  it('refuses a link that was changed or belongs elsewhere', async () => {
    const { body } = await server.get('Observation?_count=2');
    const next = below(links(body).get('next'));
    expect((await server.get(next)).status).toBe(200);
    expect((await server.get(next.replace('_page=', '_page=A'))).status).toBe(400);
    expect((await server.get(next.replace('Observation', 'Patient'))).status).toBe(400);
  });

  it('follows _count up to the greatest page, and counts alone with 0', async () => {
    expect(ids((await server.get('Observation?_count=3')).body)).toHaveLength(3);
    for (const query of ['_count=0', '_summary=count']) {
      const { body } = await server.get(`Observation?${query}`);
      expect([total(body), at(body, 'entry')]).toEqual([6, undefined]);
    }
    expect((await server.get('Observation?_count=-1')).status).toBe(400);
  });

  it('leaves the total out when it is not wanted', async () => {
    expect(total((await server.get('Observation?_total=none')).body)).toBeUndefined();
    expect(total((await server.get('Observation?_total=accurate')).body)).toBe(6);
  });
});

describe(':in', () => {
  it('takes a value set by its canonical and by where it is on this server', async () => {
    const url = 'http://example.org/vs';
    const include = [{ system: 'http://loinc.org', concept: [{ code: '718-7' }] }];
    await server.put('ValueSet/hb', {
      ...{ resourceType: 'ValueSet', id: 'hb', status: 'active', url },
      compose: { include },
    });
    for (const name of [url, 'ValueSet/hb', `${server.baseUrl}/ValueSet/hb`]) {
      const found = await server.get(`Observation?code:in=${name}`);
      expect([found.status, total(found.body)]).toEqual([200, 6]);
    }
    expect((await server.get('Observation?code:in=ValueSet/no')).status).toBe(501);
  });
});

describe('_sort', () => {
  it('puts a name at the place of the whole, not of a word in it', async () => {
    for (const [id, family] of [
      ['s1', 'Mayer'],
      ['s2', 'Smith Abel'],
      ['s3', 'Abel'],
    ] as const) {
      await server.put(`Practitioner/${id}`, {
        ...{ resourceType: 'Practitioner', id },
        name: [{ family, given: ['Zoe'] }],
      });
    }
    for (const param of ['family', 'name']) {
      const { body } = await server.get(`Practitioner?_id=s1,s2,s3&_sort=${param}`);
      expect(ids(body)).toEqual(['s3', 's1', 's2']);
    }
    const { body } = await server.get('Practitioner?_id=s1,s2,s3&_sort=-family');
    expect(ids(body)).toEqual(['s2', 's1', 's3']);
    for (const id of ['s1', 's2', 's3']) await server.delete(`Practitioner/${id}`);
  });
});

describe('includes', () => {
  it('adds what matches refer to, once', async () => {
    const { body } = await server.get('Observation?_include=Observation:subject&_id=x1,x2,y1');
    expect([total(body), modes(body)]).toEqual([
      3,
      ['match', 'match', 'match', 'include', 'include'],
    ]);
    expect(new Set(ids(body) as string[])).toEqual(new Set(['x1', 'x2', 'y1', 'p1', 'p2']));
  });

  it('adds what refers to matches', async () => {
    const { body } = await server.get('Patient?_id=p2&_revinclude=Observation:subject');
    expect([ids(body), modes(body)]).toEqual([
      ['p2', 'y1'],
      ['match', 'include'],
    ]);
  });

  it('goes on from what was included with :iterate alone', async () => {
    const url = 'Observation?_id=y1&_include=Observation:subject';
    const once = await server.get(`${url}&_include=Patient:organization`);
    expect(ids(once.body)).toEqual(['y1', 'p2']);
    const iterated = await server.get(`${url}&_include:iterate=Patient:organization`);
    expect(ids(iterated.body)).toEqual(['y1', 'p2', 'o']);
  });

  it('adds what canonicals name, in the version that they name', async () => {
    const url = 'http://example.org/questionnaire';
    for (const version of ['1', '2']) {
      await server.put(`Questionnaire/q${version}`, {
        ...{ resourceType: 'Questionnaire', id: `q${version}`, status: 'active', url, version },
      });
    }
    for (const [id, questionnaire] of [
      ['r1', url],
      ['r2', `${url}|2`],
    ] as const) {
      await server.put(`QuestionnaireResponse/${id}`, {
        ...{ resourceType: 'QuestionnaireResponse', id, status: 'completed', questionnaire },
      });
    }
    const include = '_include=QuestionnaireResponse:questionnaire';
    const any = await server.get(`QuestionnaireResponse?_id=r1&${include}`);
    expect(ids(any.body)).toEqual(['r1', 'q1', 'q2']);
    const second = await server.get(`QuestionnaireResponse?_id=r2&${include}`);
    expect(ids(second.body)).toEqual(['r2', 'q2']);
  });

  it('follows a revinclude again only if this one has :iterate', async () => {
    const encounter = (id: string, reference: string) => ({
      ...{ resourceType: 'Encounter', id, status: 'planned', class: { code: 'AMB' } },
      ...(reference.startsWith('Patient') ? { subject: { reference } } : { partOf: { reference } }),
    });
    await server.put('Encounter/e1', encounter('e1', 'Patient/p2'));
    await server.put('Encounter/e2', encounter('e2', 'Encounter/e1'));
    const both = '_revinclude=Encounter:part-of&_revinclude:iterate=Encounter:subject';
    expect(ids((await server.get(`Patient?_id=p2&${both}`)).body)).toEqual(['p2', 'e1']);
    for (const id of ['e2', 'e1']) await server.delete(`Encounter/${id}`);
  });

  it('includes no match again, and minds the type of the target', async () => {
    const { body } = await server.get('Observation?_id=y1&_include=Observation:subject:Group');
    expect(ids(body)).toEqual(['y1']);
  });

  it('refuses more than a page may include, and what is no reference', async () => {
    const many = await server.get('Organization?_revinclude:iterate=*&_id=o');
    expect([many.status, at(many.body, 'issue.0.code')]).toEqual([400, 'too-costly']);
    expect((await server.get('Observation?_include=Observation:status')).status).toBe(400);
  });
});

describe('what is shown', () => {
  it('_elements and _summary show parts and say so', async () => {
    const { body } = await server.get('Observation?_id=y1&_elements=subject');
    expect(Object.keys(at(body, 'entry.0.resource') as object).sort()).toEqual([
      'code',
      'id',
      'meta',
      'resourceType',
      'status',
      'subject',
    ]);
    expect(at(body, 'entry.0.resource.meta.tag.0.code')).toBe('SUBSETTED');
    const text = await server.get('Observation?_id=y1&_summary=text');
    expect(at(text.body, 'entry.0.resource.valueQuantity')).toBeUndefined();
  });

  it('is stored text, to the digit', async () => {
    const text = JSON.stringify(observation('d1', 'Patient/p2')).replace(
      '"value":1',
      '"value":1.00',
    );
    await server.send('put', 'Observation/d1', text);
    expect((await server.get('Observation?_id=d1')).text).toContain('"value":1.00');
    await server.delete('Observation/d1');
  });
});

describe('search of the system', () => {
  it('finds resources of all types, or of those that _type names', async () => {
    expect(ids((await server.get('?_id=p1,x1,o')).body)).toHaveLength(3);
    const typed = await server.get('?_type=Patient,Organization&_id=p1,x1,o');
    expect(new Set(ids(typed.body) as string[])).toEqual(new Set(['p1', 'o']));
    expect(links(typed.body).get('self')).toBe(
      `${server.baseUrl}?_type=Patient%2COrganization&_id=p1%2Cx1%2Co`,
    );
    const posted = await server.send('post', '_search', '_type=Patient', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(total(posted.body)).toBe(2);
  });

  it('pages as the search of a type does', async () => {
    const first = await server.get('?_type=Patient&_count=1');
    const next = await server.get(below(links(first.body).get('next')));
    expect([...(ids(first.body) as string[]), ...(ids(next.body) as string[])]).toEqual([
      'p1',
      'p2',
    ]);
  });

  it('refuses a type that R4 has not', async () => {
    expect((await server.get('?_type=Patients')).status).toBe(400);
  });
});

describe('search of a compartment', () => {
  it('finds what is in the compartment of the resource', async () => {
    const { status, body } = await server.get('Patient/p1/Observation');
    expect([status, total(body)]).toEqual([200, 5]);
    expect(total((await server.get('Patient/p1/Observation?_id=x1,y1')).body)).toBe(1);
    expect(links(body).get('self')).toBe(`${server.baseUrl}/Patient/p1/Observation`);
  });

  it('finds resources of every type for *', async () => {
    const { body } = await server.get('Patient/p2/*');
    expect(ids(body)).toEqual(['y1']);
  });

  it('has no resource of which another parameter leads there', async () => {
    const flag = {
      ...{ resourceType: 'Flag', id: 'f1', status: 'active', code: { text: 'x' } },
      ...{ subject: { reference: 'Patient/p1' }, author: { reference: 'Patient/p2' } },
    };
    expect((await server.put('Flag/f1', flag)).status).toBe(201);
    expect(ids((await server.get('Patient/p2/*')).body)).toEqual(['y1']);
    expect(ids((await server.get('Patient/p1/*')).body)).toContain('f1');
    await server.delete('Flag/f1');
  });

  it('is empty for a type that is never in it, and missing where R4 defines none', async () => {
    expect(total((await server.get('Patient/p1/Organization')).body)).toBe(0);
    expect((await server.get('Organization/o/Observation')).status).toBe(404);
    expect((await server.get('Patient/p1/Observations')).status).toBe(404);
  });

  it('takes POST', async () => {
    const answer = await server.send('post', 'Patient/p1/Observation/_search', '_id=x1', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect([answer.status, textAt(answer.body, 'entry.0.resource.id')]).toEqual([200, 'x1']);
  });
});
