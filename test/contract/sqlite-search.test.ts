import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IndexEntry, SimpleEntry } from '../../src/fhir/search/index-entry.ts';
import { canonicalSystem } from '../../src/fhir/search/param/canonical-quantity.ts';
import type { Candidate } from '../../src/fhir/search/match.ts';
import { matches } from '../../src/fhir/search/match.ts';
import type { RangeTest, SearchExpression } from '../../src/fhir/search/plan.ts';
import type { SearchCursor, SearchPage, Write } from '../../src/store/resource-store.ts';
import { unrestricted } from '../../src/store/resource-store.ts';
import type { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { value } from '../support/store-value.ts';
import { write } from '../support/store-write.ts';

const types = ['Observation', 'Patient'] as const;
const letter = fc.constantFrom('a', 'b', 'ab', 'ba');
const system = fc.constantFrom('', 's', 't');
const edge = fc.constantFrom(-Infinity, 0, 1, 2, 3, 5, 8, Infinity);
const range = fc
  .tuple(edge, edge)
  .filter(([low, high]) => low < high)
  .map(([low, high]) => ({ low, high }));
const type = fc.constantFrom(...types);
const identified = fc.record({ system, code: letter });

const simple: fc.Arbitrary<SimpleEntry> = fc.oneof(
  fc.record(
    { kind: fc.constant('token'), param: fc.constant('code'), system, code: letter, text: letter },
    { requiredKeys: ['kind', 'param', 'system', 'code'] },
  ),
  fc.record({
    kind: fc.constant('string'),
    param: fc.constant('name'),
    folded: letter,
    exact: letter,
  }),
  range.map((ends) => ({ kind: 'date' as const, param: 'date', ...ends })),
  range.map((ends) => ({ kind: 'number' as const, param: 'count', ...ends })),
  fc
    .record({ system, code: letter, unit: letter }, { requiredKeys: ['system', 'code'] })
    .chain((unit) =>
      range.map((ends) => ({ kind: 'quantity' as const, param: 'value', ...ends, ...unit })),
    ),
  fc.record({ kind: fc.constant('reference'), param: fc.constant('subject'), type, id: letter }),
  fc.record({ kind: fc.constant('reference'), param: fc.constant('subject'), url: letter }),
  fc.record({
    kind: fc.constant('reference'),
    param: fc.constant('subject'),
    identifier: identified,
  }),
  fc.record({ kind: fc.constant('uri'), param: fc.constant('url'), value: letter }),
);

const canonical = fc.record({ code: letter }).chain(({ code }) =>
  range.map((ends) => ({
    kind: 'quantity' as const,
    param: 'value:canonical',
    ...ends,
    system: canonicalSystem,
    code,
  })),
);
const token = simple.filter((entry) => entry.kind === 'token');
const quantity = simple.filter((entry) => entry.kind === 'quantity');
const entry: fc.Arbitrary<IndexEntry> = fc.oneof(
  { weight: 5, arbitrary: simple },
  { weight: 1, arbitrary: canonical },
  {
    weight: 2,
    arbitrary: fc
      .oneof(fc.tuple(token, quantity), fc.tuple(token, quantity, canonical))
      .map((components) => ({ kind: 'composite' as const, param: 'code-value', components })),
  },
);

const rangeTest: fc.Arbitrary<RangeTest> = fc
  .tuple(fc.constantFrom('eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'), range)
  .map(([prefix, ends]) => ({ prefix, ...ends }));
const tokenTest = fc.record(
  { kind: fc.constant('token'), param: fc.constant('code'), system, code: letter },
  { requiredKeys: ['kind', 'param'] },
);
const quantityTest = fc
  .record({ system, code: letter }, { requiredKeys: [] })
  .chain((unit) =>
    rangeTest.map((test) => ({ kind: 'quantity' as const, param: 'value', range: test, ...unit })),
  );
/** As the kernel makes them: in the unit of the query, in the base unit, converted to it. */
const anyUnitTest = fc
  .tuple(quantityTest, canonical, rangeTest)
  .map(([written, { code }, test]) => ({
    kind: 'or' as const,
    of: [
      written,
      {
        kind: 'quantity' as const,
        param: 'value:canonical',
        range: test,
        system: canonicalSystem,
        code,
      },
    ],
  }));
const param = fc.constantFrom('code', 'name', 'date', 'subject', 'nothing');
const leaf: fc.Arbitrary<SearchExpression> = fc.oneof(
  fc.constant({ kind: 'all' as const }),
  fc.constant({ kind: 'none' as const }),
  tokenTest,
  quantityTest,
  anyUnitTest,
  fc.record({ kind: fc.constant('id'), ids: fc.array(letter, { minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant('type'), types: fc.array(type, { minLength: 1, maxLength: 2 }) }),
  fc.record({ kind: fc.constant('lastUpdated'), range: rangeTest }),
  fc.record({ kind: fc.constant('present'), param }),
  fc.record({ kind: fc.constant('token-text'), param: fc.constant('code'), text: letter }),
  fc.record({
    kind: fc.constant('string'),
    param: fc.constant('name'),
    match: fc.constantFrom('starts-with', 'contains', 'exact'),
    value: letter,
  }),
  fc.record({ kind: fc.constant('date'), param: fc.constant('date'), range: rangeTest }),
  fc.record({ kind: fc.constant('number'), param: fc.constant('count'), range: rangeTest }),
  fc.record(
    { kind: fc.constant('reference'), param: fc.constant('subject'), id: letter, type },
    { requiredKeys: ['kind', 'param', 'id'] },
  ),
  fc.record({ kind: fc.constant('reference'), param: fc.constant('subject'), url: letter }),
  fc.record({
    kind: fc.constant('reference'),
    param: fc.constant('subject'),
    identifier: fc.record({ system, code: letter }, { requiredKeys: [] }),
  }),
  fc.record({
    kind: fc.constant('uri'),
    param: fc.constant('url'),
    match: fc.constantFrom('exact', 'below', 'above'),
    value: letter,
  }),
  {
    weight: 3,
    arbitrary: fc.tuple(tokenTest, fc.oneof(quantityTest, anyUnitTest)).map((components) => ({
      kind: 'composite' as const,
      param: 'code-value',
      components,
    })),
  },
);

const { expression } = fc.letrec<{ expression: SearchExpression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: leaf },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        of: fc.array(tie('expression'), { maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('not'), of: tie('expression') }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('chain'),
        param: fc.constant('subject'),
        types: fc.array(type, { minLength: 1, maxLength: 2 }),
        where: tie('expression'),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('has'),
        type,
        param: fc.constant('subject'),
        where: tie('expression'),
      }),
    },
  ),
}));

const resource = fc.record({
  type,
  id: letter,
  at: fc.constantFrom(0, 1, 2, 3, 5, 8),
  entries: fc.array(entry, { maxLength: 16, size: 'max' }),
});
const population = fc.uniqueArray(resource, {
  selector: (one) => `${one.type}/${one.id}`,
  maxLength: 8,
  size: 'max',
});

describe('a search in SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-search-'));
  let store: SqliteStore;
  const versions = new Map<string, number>();

  beforeAll(async () => {
    store = await openSqliteStore({ directory: folder });
  });
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  /** Replaces what is stored; ids are used again, so old index rows are there to be mistaken. */
  async function fill(resources: readonly (Candidate & { readonly at: number })[]) {
    const written = new Map(resources.map((one) => [`${one.type}/${one.id}`, one]));
    const keys = new Set([...versions.keys(), ...written.keys()]);
    const writes = [...keys].map((key): Write => {
      const [kind = '', id = ''] = key.split('/');
      const versionId = (versions.get(key) ?? 0) + 1;
      versions.set(key, versionId);
      const one = written.get(key);
      const made = write(id, {
        type: kind,
        versionId,
        at: one?.at ?? 0,
        entries: one?.entries ?? [],
      });
      const { text, ...deletion } = made;
      return one === undefined || text === undefined ? { ...deletion, method: 'DELETE' } : made;
    });
    value(await store.commit({ writes, preconditions: [] }));
  }

  it('finds what the meaning of the plan says, each once over its pages', async () => {
    const sorts = fc.constantFrom([], ['date', true] as const, ['date', false] as const);
    const searched = fc.constantFrom<readonly string[]>(['Observation'], ['Patient'], types);
    await fc.assert(
      fc.asyncProperty(
        population,
        fc.array(fc.tuple(expression, searched, sorts), { minLength: 40, maxLength: 40 }),
        async (resources, plans) => {
          const candidates = resources.map((one) => ({ ...one, lastUpdated: one.at }));
          await fill(candidates);
          const others = {
            find: (of: string, id: string) =>
              candidates.find((one) => one.type === of && one.id === id),
            ofType: (of: string) => candidates.filter((one) => one.type === of),
          };
          for (const [where, of, [sorted, descending]] of plans) {
            const sort =
              sorted === undefined
                ? []
                : [{ param: sorted, kind: 'date' as const, descending: descending === true }];
            const plan = { types: of, where, sort };
            const expected = candidates
              .filter((one) => of.includes(one.type) && matches(where, one, others))
              .map((one) => `${one.type}/${one.id}`);
            const found: string[] = [];
            let after: SearchCursor | undefined;
            do {
              const page: SearchPage = value(
                await store.search(
                  { plan, count: 3, total: true, ...(after ? { after } : {}) },
                  unrestricted,
                ),
              );
              expect(page.total).toBe(expected.length);
              found.push(...page.matches.map((one) => `${one.type}/${one.id}`));
              after = page.next;
            } while (after !== undefined);
            expect(found.toSorted()).toEqual(expected.toSorted());
          }
        },
      ),
      { numRuns: 80, seed: 20130505 },
    );
  }, 60_000);
});
