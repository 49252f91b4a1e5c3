import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { testR4 } from '../../../test/support/definitions.ts';
import { createTerminology } from '../definitions/create-terminology.ts';
import { compileFhirPath } from '../fhirpath/compile.ts';
import { parseDocument } from '../json/parse.ts';
import type { JsonObject } from '../json/json-value.ts';
import { createIndexer } from './extract.ts';
import { findNotBuilt, matches, type Candidate, type Population } from './match.ts';
import { parseQuery, type QueryOptions } from './query.ts';

interface Group {
  readonly resource: JsonObject;
  readonly others?: readonly JsonObject[];
  /** A query, and whether it finds the resource or the kind of its failure. */
  readonly rows?: readonly (readonly [query: string, expected: boolean | string])[];
  /** A value, and the prefixes with which it finds the resource. */
  readonly prefixes?: readonly (readonly [value: string, prefixes: string])[];
  readonly param?: string;
}

interface Cases {
  readonly heading: string;
  readonly groups: readonly Group[];
}

const definitions = testR4();
const terminology = createTerminology(definitions);
const baseUrl = 'http://example.org/fhir';
const options: QueryOptions = {
  definitions,
  terminology,
  baseUrl,
  now: Date.UTC(2014, 0, 14),
  chainDepthMax: 3,
  pageSizeDefault: 20,
  pageSizeMax: 100,
};
const index = createIndexer(
  definitions,
  compileFhirPath,
  { definitions, terminology },
  { baseUrl },
);
const allPrefixes = ['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'];

const folder = new URL('../../../test/cases/search/', import.meta.url);
for (const file of readdirSync(folder)) {
  const { heading, groups } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Cases;
  describe(`${file} (${heading})`, () => {
    for (const group of groups) {
      const candidate = candidateOf(group.resource);
      const population = populationOf([group.resource, ...(group.others ?? [])]);
      const find = (query: string) => answer(query, candidate, population);
      for (const [query, expected] of group.rows ?? []) {
        it(`answers ${String(expected)} to ${candidate.type}?${query}`, () => {
          expect(find(query)).toBe(expected);
        });
      }
      for (const [value, expected] of group.prefixes ?? []) {
        it(`finds ${valueOf(group)} by ${value} with ${expected}`, () => {
          const param = group.param ?? '';
          const found = allPrefixes.filter(
            (prefix) => find(`${param}=${prefix}${encodeURIComponent(value)}`) === true,
          );
          expect(found).toEqual(expected.split(' '));
          expect(find(`${param}=${encodeURIComponent(value)}`)).toBe(found.includes('eq'));
        });
      }
    }
  });
}

/** What the resource is found by, to name a test. */
function valueOf({ resource }: Group): string {
  const own = Object.entries(resource).filter(
    ([name]) => !['resourceType', 'id', 'status'].includes(name),
  );
  return JSON.stringify(Object.fromEntries(own));
}

/** Whether the query finds the candidate, or the kind of its failure. */
function answer(query: string, candidate: Candidate, population: Population): boolean | string {
  const parsed = parseQuery([...new URLSearchParams(query)], [candidate.type], options);
  if (!parsed.ok) return parsed.failure.kind;
  const { where } = parsed.value.plan;
  return findNotBuilt(where) === undefined
    ? matches(where, candidate, population)
    : 'not-supported';
}

function candidateOf(resource: JsonObject): Candidate {
  const document = parseDocument(JSON.stringify(resource), { depthMax: 64 });
  if (!document.ok) throw new Error('The case holds no resource.');
  const { resourceType, id, meta } = resource as {
    readonly resourceType: string;
    readonly id: string;
    readonly meta?: { readonly lastUpdated?: string };
  };
  const lastUpdated = Date.parse(meta?.lastUpdated ?? '2013-01-01T00:00:00Z');
  return { type: resourceType, id, lastUpdated, entries: index(document.value) };
}

function populationOf(resources: readonly JsonObject[]): Population {
  const candidates = resources.map(candidateOf);
  return {
    find: (type, id) => candidates.find((one) => one.type === type && one.id === id),
    ofType: (type) => candidates.filter((one) => one.type === type),
  };
}
