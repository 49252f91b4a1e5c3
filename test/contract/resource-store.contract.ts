import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { instantOf } from '../../src/fhir/instant.ts';

import type {
  Commit,
  CommitOutcome,
  Precondition,
  ResourceStore,
  Write,
} from '../../src/store/resource-store.ts';
import { unrestricted } from '../../src/store/resource-store.ts';
import { value } from '../support/store-value.ts';
import { coded, commitOf, deletion, planOf, write } from '../support/store-write.ts';
import { searchContract } from './resource-store-search.contract.ts';

/** A promise that an adapter does not keep, by the name of its test. */
export interface Skip {
  readonly test: string;
  readonly reason: string;
}

/** Holds a store to the promises of the port; `open` gives an empty one each time. */
export function resourceStoreContract(
  adapter: string,
  open: () => Promise<ResourceStore>,
  skips: readonly Skip[] = [],
): void {
  let store: ResourceStore;
  const promise = (name: string, test: () => Promise<void>) => {
    const skip = skips.find((one) => one.test === name);
    if (skip === undefined) {
      it(name, test);
    } else {
      it.skip(`${name} (${skip.reason})`, test);
    }
  };
  const commit = async (...writes: readonly Write[]) =>
    value(await store.commit(commitOf(...writes)));
  describe(`${adapter} as a resource store`, () => {
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store.close();
    });

    describe('read', () => {
      promise('gives the current version with its text untouched', async () => {
        await commit(write('a', { text: '{ "a" : 1.00 }\n' }));
        expect(await store.read(keyOf('a'), unrestricted)).toEqual({
          ...keyOf('a'),
          versionId: 1,
          lastUpdated: instantOf(1_000),
          sequence: 1,
          method: 'POST',
          text: '{ "a" : 1.00 }\n',
        });
      });
      promise('gives undefined when the resource never existed', async () => {
        expect(await store.read(keyOf('a'), unrestricted)).toBeUndefined();
        await commit(write('a'));
        expect(await store.read(keyOf('b'), unrestricted)).toBeUndefined();
      });
      promise('gives a deletion without text', async () => {
        await commit(write('a'));
        await commit(deletion('a', 2));
        const found = await store.read(keyOf('a'), unrestricted);
        expect(found).toMatchObject({ versionId: 2, method: 'DELETE' });
        expect(found).not.toHaveProperty('text');
      });
      promise('gives many in the order of the keys', async () => {
        await commit(write('a'), write('b'));
        const found = await store.readMany(['b', 'x', 'a'].map(keyOf), unrestricted);
        expect(found.map((one) => one?.id)).toEqual(['b', undefined, 'a']);
      });
      promise('keeps every version', async () => {
        await commit(write('a'));
        await commit(write('a', { versionId: 2 }));
        const first = await store.readVersion(keyOf('a'), 1, unrestricted);
        const second = await store.readVersion(keyOf('a'), 2, unrestricted);
        expect([first?.text, second?.text]).toEqual([
          write('a').text,
          write('a', { versionId: 2 }).text,
        ]);
        expect(await store.readVersion(keyOf('a'), 3, unrestricted)).toBeUndefined();
      });
    });

    describe('commit', () => {
      promise('numbers the writes in the order of the commits without holes', async () => {
        const outcomes = await Promise.all([
          commit(write('a'), write('b')),
          commit(write('c')),
          commit(write('d')),
        ]);
        expect(outcomes).toEqual([committed(1, 2), committed(3), committed(4)]);
      });
      promise('writes nothing when a precondition does not hold, and names those', async () => {
        const holding: Precondition = { kind: 'absent', key: keyOf('a') };
        const failing: Precondition = { kind: 'versionIs', key: keyOf('a'), versionId: 1 };
        const result = await store.commit({
          writes: [write('a')],
          preconditions: [holding, failing],
        });
        expect(value(result)).toEqual({ kind: 'mismatch', mismatches: [failing] });
        expect(await store.read(keyOf('a'), unrestricted)).toBeUndefined();
        expect(await commit(write('b'))).toEqual(committed(1));
      });
      promise('checks the version of a resource, deletions included', async () => {
        await commit(write('a'));
        await commit(deletion('a', 2));
        const check = async (precondition: Precondition) =>
          value(await store.commit({ writes: [], preconditions: [precondition] })).kind;
        expect(await check({ kind: 'versionIs', key: keyOf('a'), versionId: 2 })).toBe('committed');
        expect(await check({ kind: 'versionIs', key: keyOf('a'), versionId: 1 })).toBe('mismatch');
        expect(await check({ kind: 'absent', key: keyOf('a') })).toBe('mismatch');
        expect(await check({ kind: 'absent', key: keyOf('b') })).toBe('committed');
      });
      promise('never lets a failing commit fail its neighbours', async () => {
        const results = await Promise.allSettled([
          store.commit(commitOf(write('a'))),
          store.commit(commitOf(write('x'), write('y', { versionId: 7 }))),
          store.commit(commitOf(write('b'))),
        ]);
        expect(results.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
        const found = await store.readMany(['a', 'x', 'b'].map(keyOf), unrestricted);
        expect(found.map((one) => one?.sequence)).toEqual([1, undefined, 2]);
      });
      promise('makes one resource of 64 parallel conditional creates', async () => {
        const where = { kind: 'token', param: 'code', code: 'one' } as const;
        const create = (index: number): Commit => ({
          writes: [write(`r${index}`, { entries: [coded('one')] })],
          preconditions: [{ kind: 'noMatch', plan: planOf(where) }],
        });
        const results = await Promise.all(
          Array.from({ length: 64 }, async (_, index) => store.commit(create(index))),
        );
        const kinds = results.map((result) => value(result).kind);
        expect(kinds.filter((kind) => kind === 'committed')).toHaveLength(1);
        const query = { plan: planOf(where), count: 0, total: true };
        expect(value(await store.search(query, unrestricted)).total).toBe(1);
      });
      promise('advances the change keys that it touches', async () => {
        expect(await store.lastChange('ResearchSubject/1')).toBe(0);
        const touches = ['ResearchSubject/1'];
        await store.commit({ ...commitOf(write('a'), write('b')), touches });
        expect(await store.lastChange('ResearchSubject/1')).toBe(2);
        const since = async (sequence: number) =>
          value(
            await store.commit({
              writes: [],
              preconditions: [{ kind: 'unchangedSince', changeKey: 'ResearchSubject/1', sequence }],
            }),
          ).kind;
        expect([await since(1), await since(2)]).toEqual(['mismatch', 'committed']);
      });
    });

    describe('history', () => {
      beforeEach(async () => {
        await commit(write('a', { at: 1_000 }), write('b', { at: 1_000 }));
        await commit(write('a', { versionId: 2, at: 2_000 }));
        await commit(deletion('a', 3, 3_000), write('p', { type: 'Patient', at: 3_000 }));
      });
      const sequences = async (query: Partial<Parameters<ResourceStore['history']>[0]>) =>
        value(await store.history({ count: 10, ...query }, unrestricted)).versions.map(
          (one) => one.sequence,
        );
      promise('gives an instance, a type and the system, newest first', async () => {
        expect(await sequences({ type: 'Observation', id: 'a' })).toEqual([4, 3, 1]);
        expect(await sequences({ type: 'Observation' })).toEqual([4, 3, 2, 1]);
        expect(await sequences({})).toEqual([5, 4, 3, 2, 1]);
        expect(await sequences({ type: 'Device' })).toEqual([]);
      });
      promise('gives versions at or after an instant', async () => {
        expect(await sequences({ since: instantOf(2_000) })).toEqual([5, 4, 3]);
      });
      promise('gives versions that were current in a range of time', async () => {
        const at = { from: instantOf(1_500), to: instantOf(2_001) };
        expect(await sequences({ type: 'Observation', at })).toEqual([3, 2, 1]);
      });
      promise('pages with the total of all pages', async () => {
        const first = value(await store.history({ count: 3 }, unrestricted));
        expect(first).toMatchObject({ total: 5, next: 3 });
        const second = value(await store.history({ count: 3, before: 3 }, unrestricted));
        expect(second.versions.map((one) => one.sequence)).toEqual([2, 1]);
        expect(second.total).toBe(5);
        expect(second).not.toHaveProperty('next');
      });
      promise('gives the changes since a sequence number, oldest first', async () => {
        const changes = await store.changesSince(2, 2, unrestricted);
        expect(changes.map((one) => one.sequence)).toEqual([3, 4]);
      });
    });

    describe('scan', () => {
      promise(
        'gives every current resource in the order of creation, at one snapshot',
        async () => {
          await commit(...Array.from({ length: 450 }, (_, index) => write(`r${index}`)));
          await commit(write('p', { type: 'Patient' }), deletion('r1', 2));
          await commit(write('r0', { versionId: 2 }));
          const seen: string[] = [];
          for await (const one of store.scan([], unrestricted)) {
            if (seen.length === 0) {
              await commit(deletion('r449', 2), write('late'));
            }
            seen.push(one.id);
          }
          const expected = Array.from({ length: 450 }, (_, index) => `r${index}`);
          expect(seen).toEqual([...expected.filter((id) => id !== 'r1'), 'p']);
        },
      );
      promise('gives the types that are asked for', async () => {
        await commit(write('a'), write('p', { type: 'Patient' }), write('d', { type: 'Device' }));
        const of = async (...types: readonly string[]) => {
          const ids: string[] = [];
          for await (const one of store.scan(types, unrestricted)) {
            ids.push(one.id);
          }
          return ids;
        };
        expect(await of('Device')).toEqual(['d']);
        expect(await of('Device', 'Observation')).toEqual(['a', 'd']);
        expect(await of('Group')).toEqual([]);
      });
    });

    searchContract({ promise, commit, store: () => store });
  });
}

function keyOf(id: string) {
  return { type: 'Observation', id };
}

function committed(...sequences: readonly number[]): CommitOutcome {
  return { kind: 'committed', sequences };
}
