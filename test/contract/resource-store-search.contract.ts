import { describe, expect } from '@jest/globals';
import type {
  CommitOutcome,
  ResourceStore,
  SearchCursor,
  SearchPage,
  Write,
} from '../../src/store/resource-store.ts';
import { unrestricted } from '../../src/store/resource-store.ts';
import { value } from '../support/store-value.ts';
import { coded, dated, deletion, planOf, write } from '../support/store-write.ts';

/** What the promises about search are tested with. */
export interface SearchContract {
  readonly promise: (name: string, test: () => Promise<void>) => void;
  readonly commit: (...writes: readonly Write[]) => Promise<CommitOutcome>;
  /** The store of the running test. */
  readonly store: () => ResourceStore;
}

/** Holds a store to the promises about search. */
export function searchContract({ promise, commit, store }: SearchContract): void {
  const page = async (plan: ReturnType<typeof planOf>, count: number, after?: SearchCursor) =>
    value(
      await store().search(
        { plan, count, total: true, ...(after === undefined ? {} : { after }) },
        unrestricted,
      ),
    );

  describe('search', () => {
    const newest = planOf({ kind: 'all' }, { param: 'date', kind: 'date', descending: true });
    const oldest = planOf({ kind: 'all' }, { param: 'date', kind: 'date', descending: false });
    promise(
      'gives all matches without pages in the order of creation, at one snapshot',
      async () => {
        const sample = Array.from({ length: 1_100 }, (_, index) =>
          write(`r${index}`, { entries: [coded(index % 2 === 0 ? 'x' : 'y')] }),
        );
        await commit(...sample);
        await commit(write('r0', { versionId: 2, entries: [coded('x')] }), deletion('r2', 2));
        const plan = planOf({ kind: 'token', param: 'code', code: 'x' });
        const seen: string[] = [];
        for await (const { id, versionId } of value(await store().matches(plan, unrestricted))) {
          if (seen.length === 0) await commit(write('late', { entries: [coded('x')] }));
          seen.push(`${id} ${versionId}`);
        }
        const even = sample.map(({ id }) => id).filter((_, index) => index % 2 === 0);
        const expected = even
          .filter((id) => id !== 'r2')
          .map((id) => `${id} ${id === 'r0' ? 2 : 1}`);
        expect(seen).toEqual(expected);
      },
    );
    promise('gives only the total for a count of 0', async () => {
      await commit(write('a'), write('b'));
      expect(await page(planOf({ kind: 'all' }), 0)).toEqual({ matches: [], total: 2 });
    });
    promise('finds neither old versions nor deletions', async () => {
      await commit(write('a', { entries: [coded('x')] }), write('b', { entries: [coded('x')] }));
      await commit(write('a', { versionId: 2, entries: [coded('y')] }), deletion('b', 2));
      const where = { kind: 'token', param: 'code', code: 'x' } as const;
      expect(await page(planOf(where), 10)).toEqual({ matches: [], total: 0 });
      expect((await page(planOf({ kind: 'all' }), 10)).matches).toHaveLength(1);
    });
    promise('answers what is not built with not-supported', async () => {
      const plan = planOf({ kind: 'not', of: { kind: 'not-built', text: 'Not yet.' } });
      const refused = { ok: false, failure: { kind: 'not-supported' } };
      const result = await store().search({ plan, count: 1, total: false }, unrestricted);
      expect(result).toMatchObject(refused);
      const create = { writes: [write('a')], preconditions: [{ kind: 'noMatch', plan } as const] };
      expect(await store().commit(create)).toMatchObject(refused);
    });
    promise('puts resources without a value last in both directions', async () => {
      await commit(
        write('none'),
        write('late', { entries: [dated(9)] }),
        write('early', { entries: [dated(5)] }),
      );
      expect(ids(await page(newest, 9))).toEqual(['late', 'early', 'none']);
      expect(ids(await page(oldest, 9))).toEqual(['early', 'late', 'none']);
    });
    for (const [name, plan] of [
      ['creation', planOf({ kind: 'all' })],
      ['newest', newest],
      ['oldest', oldest],
    ] as const) {
      promise(`pages by ${name} as of its first page while others write`, async () => {
        const writes = Array.from({ length: 23 }, (_, index) =>
          write(`r${index}`, { entries: index % 5 === 0 ? [] : [dated(index % 3)] }),
        );
        await commit(...writes);
        const expected = ids(await page(plan, 100));
        const seen: string[] = [];
        let after: SearchCursor | undefined;
        for (let round = 0; round < 12; round += 1) {
          const found: SearchPage = await page(plan, 2, after);
          expect(found.total).toBe(23);
          seen.push(...ids(found));
          after = found.next;
          await commit(
            write(`r${22 - round}`, { versionId: 2, entries: [dated(round)] }),
            deletion(`r${round}`, round === 11 ? 3 : 2),
            write(`new${round}`, { entries: [dated(1)] }),
          );
        }
        expect(after).toBeUndefined();
        expect(seen).toEqual(expected);
      });
    }
    promise('refuses the page of a snapshot that it never had', async () => {
      const after = { snapshot: 99, values: [], row: 0 };
      const plan = planOf({ kind: 'all' });
      const result = await store().search({ plan, count: 1, total: false, after }, unrestricted);
      expect(result).toMatchObject({ ok: false, failure: { kind: 'page-expired' } });
    });
    promise('never shows more than a site may see', async () => {
      const access = { site: { type: 'Organization', id: 's' } };
      const plan = planOf({ kind: 'all' });
      expect(await store().search({ plan, count: 1, total: false }, access)).toMatchObject({
        ok: false,
        failure: { kind: 'not-supported' },
      });
      await expect(store().read({ type: 'Observation', id: 'a' }, access)).rejects.toThrow('site');
    });
  });
}

function ids(page: SearchPage): string[] {
  return page.matches.map((one) => one.id);
}
