import { describe, expect, it } from '@jest/globals';
import { testR4 } from '../../../test/support/definitions.ts';
import { createTerminology } from '../definitions/create-terminology.ts';
import { compileFhirPath } from '../fhirpath/compile.ts';
import { parseDocument } from '../json/parse.ts';
import type { JsonObject } from '../json/json-value.ts';
import { compartmentExpression, compartmentTypes } from './compartment.ts';
import { createIndexer } from './extract.ts';
import { includedKeys, revincludePlans } from './include.ts';
import { matches } from './match.ts';
import { parseQuery, type ParsedSearch, type QueryOptions } from './query.ts';

const definitions = testR4();
const terminology = createTerminology(definitions);
const options: QueryOptions = {
  definitions,
  terminology,
  chainDepthMax: 3,
  pageSizeDefault: 20,
  pageSizeMax: 100,
};
const index = createIndexer(definitions, compileFhirPath, { definitions, terminology });

function parse(
  query: string,
  types: readonly string[] = ['Patient'],
  more: Partial<QueryOptions> = {},
) {
  return parseQuery([...new URLSearchParams(query)], types, { ...options, ...more });
}

function parsed(...args: Parameters<typeof parse>): ParsedSearch {
  const result = parse(...args);
  if (!result.ok) throw new Error(result.failure.issues[0]?.text ?? '');
  return result.value;
}

function documentOf(resource: string | JsonObject) {
  const text = typeof resource === 'string' ? resource : JSON.stringify(resource);
  const document = parseDocument(text, { depthMax: 64 });
  if (!document.ok) throw new Error('The text is no document.');
  return document.value;
}

describe('parseQuery', () => {
  it('gives the default page, no sort and every resource to an empty query', () => {
    expect(parsed('')).toEqual({
      plan: { types: ['Patient'], where: { kind: 'all' }, sort: [] },
      includes: [],
      revincludes: [],
      count: 20,
      summary: 'false',
      applied: [],
      issues: [],
    });
  });

  it('reads what shapes the answer', () => {
    const query = '_count=500&_total=none&_summary=data&_elements=name,id&_page=abc&_format=json';
    expect(parsed(query)).toMatchObject({
      count: 100,
      total: 'none',
      summary: 'data',
      elements: ['name', 'id'],
      page: 'abc',
    });
  });

  it.each(['_count=0', '_summary=count'])('counts only for %s', (query) => {
    expect(parsed(query)).toMatchObject({ count: 0, summary: 'count' });
  });

  it('sorts by each rule in its order', () => {
    expect(parsed('_sort=family,-birthdate&_sort=-_lastUpdated,_id').plan.sort).toEqual([
      { param: 'family', kind: 'string', descending: false },
      { param: 'birthdate', kind: 'date', descending: true },
      { param: '_lastUpdated', kind: 'lastUpdated', descending: true },
      { param: '_id', kind: 'id', descending: false },
    ]);
  });

  it('sorts a derived parameter by the first that it is derived from', () => {
    expect(parsed('_sort=combo-code', ['Observation']).plan.sort).toEqual([
      { param: 'code', kind: 'token', descending: false },
    ]);
  });

  it('repeats in `applied` what was applied, in order, and nothing else', () => {
    const query = 'gender=male&name=&nothing=1&_sort=name&_format=json&_page=x&_count=7';
    expect(parsed(query, ['Patient'], { handling: 'lenient' }).applied).toEqual([
      ['gender', 'male'],
      ['_sort', 'name'],
      ['_count', '7'],
    ]);
  });

  it('warns of an unknown parameter under lenient handling, and never repeats its value', () => {
    const { issues } = parsed('nothing=secret&_sort=nowhere', ['Patient'], { handling: 'lenient' });
    expect(issues.map(({ severity, code }) => [severity, code])).toEqual([
      ['warning', 'not-supported'],
      ['warning', 'not-supported'],
    ]);
    expect(JSON.stringify(issues)).not.toContain('secret');
  });

  it('refuses a malformed value under lenient handling too, naming the parameter alone', () => {
    const result = parse('birthdate=secret', ['Patient'], { handling: 'lenient' });
    expect(result).toMatchObject({ ok: false, failure: { kind: 'invalid-parameter' } });
    expect(JSON.stringify(result)).toContain('birthdate');
    expect(JSON.stringify(result)).not.toContain('secret');
  });

  it('narrows the types by _type and keeps it in the self link', () => {
    const all = definitions.resourceTypes;
    const { plan, applied } = parsed('_type=Patient,Group&_tag=a', all);
    expect(plan.types).toEqual(['Group', 'Patient']);
    expect(applied).toEqual([
      ['_type', 'Patient,Group'],
      ['_tag', 'a'],
    ]);
  });

  it('takes only parameters that all searched types have', () => {
    expect(parsed('code=a', ['Condition', 'Observation']).plan.where).toEqual({
      kind: 'token',
      param: 'code',
      code: 'a',
    });
    expect(parse('gender=male', ['Patient', 'Group'])).toMatchObject({
      failure: { kind: 'unknown-parameter' },
    });
  });

  it('chains to each type that has the parameter', () => {
    expect(parsed('subject.name=a', ['Observation']).plan.where).toEqual({
      kind: 'chain',
      param: 'subject',
      types: ['Patient', 'Location'],
      where: { kind: 'string', param: 'name', match: 'starts-with', value: 'a' },
    });
  });

  it('reads dates without a zone in the given one', () => {
    const { where } = parsed('birthdate=2020', ['Patient'], { offsetMinutes: 60 }).plan;
    expect(where).toMatchObject({ range: { low: Date.UTC(2019, 11, 31, 23) } });
  });
});

describe('includes', () => {
  const observation = documentOf({
    resourceType: 'Observation',
    id: 'o',
    status: 'final',
    code: {},
    subject: { reference: 'Patient/1' },
    performer: [{ reference: 'Practitioner/2' }, { reference: 'http://other.org/Practitioner/3' }],
    derivedFrom: [{ reference: 'Observation/4' }],
  });
  const sources = [{ type: 'Observation', entries: index(observation) }];
  const keysOf = (query: string, isIteration = false) =>
    includedKeys(parsed(query, ['Observation']).includes, sources, isIteration).map(
      ({ type, id }) => `${type}/${id}`,
    );

  it.each([
    ['_include=Observation:subject', ['Patient/1']],
    ['_include=Observation:subject:Group', []],
    ['_include=Observation:performer:Practitioner', ['Practitioner/2']],
    ['_include=Observation:*', ['Patient/1', 'Practitioner/2', 'Observation/4']],
    ['_include=*', ['Patient/1', 'Practitioner/2', 'Observation/4']],
    ['_include=DiagnosticReport:subject', []],
  ])('of %s are %j', (query, expected) => {
    expect(keysOf(query).sort()).toEqual([...expected].sort());
  });

  it('are followed again only with :iterate', () => {
    const query = '_include:iterate=Observation:derived-from&_include=Observation:subject';
    expect(keysOf(query, true)).toEqual(['Observation/4']);
  });

  it('in reverse are searches for what refers to the page', () => {
    const { revincludes } = parsed('_revinclude=Provenance:target', ['Patient']);
    const keys = [{ type: 'Patient', id: '1' }];
    expect(revincludePlans(definitions, revincludes, keys, false)).toEqual([
      {
        types: ['Provenance'],
        where: {
          kind: 'or',
          of: [{ kind: 'reference', param: 'target', type: 'Patient', id: '1' }],
        },
        sort: [],
      },
    ]);
    expect(revincludePlans(definitions, revincludes, keys, true)).toEqual([]);
  });
});

describe('compartments', () => {
  it('hold what refers to their owner by a listed parameter', () => {
    const owner = { type: 'Patient', id: '1' };
    const observation = {
      type: 'Observation',
      id: 'o',
      lastUpdated: 0,
      entries: index(
        documentOf({ resourceType: 'Observation', subject: { reference: 'Patient/1' } }),
      ),
    };
    const types = compartmentTypes(definitions, 'Patient') ?? [];
    for (const searched of [['Observation'], types]) {
      const where = compartmentExpression(definitions, owner, searched);
      expect(matches(where, observation)).toBe(true);
      expect(matches(where, { ...observation, type: 'Medication' })).toBe(searched.length === 1);
    }
    const other = compartmentExpression(definitions, { ...owner, id: '2' }, types);
    expect(matches(other, observation)).toBe(false);
  });

  it('are unknown by another name, and of no type that they do not list', () => {
    expect(compartmentTypes(definitions, 'Specimen')).toBeUndefined();
    const owner = { type: 'Patient', id: '1' };
    expect(compartmentExpression(definitions, owner, ['Medication'])).toEqual({ kind: 'none' });
  });
});
