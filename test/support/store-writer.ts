/** Writes pairs through a store until it is killed and prints the number of each pair that was acknowledged. */
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { coded, commitOf, write } from './store-write.ts';

const [directory = '', from = '0'] = process.argv.slice(2);
const store = await openSqliteStore({ directory });
let next = Number(from);

async function writePairs(): Promise<never> {
  for (;;) {
    const number = (next += 1);
    const entries = [coded(String(number))];
    const left = write(`left-${number}`, { entries });
    const result = await store.commit(commitOf(left, write(`right-${number}`, { entries })));
    if (!result.ok) {
      throw new Error(result.failure.kind);
    }
    process.stdout.write(`${number}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, writePairs));
