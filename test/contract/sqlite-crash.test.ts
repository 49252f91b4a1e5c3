import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unrestricted } from '../../src/store/resource-store.ts';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { planOf } from '../support/store-write.ts';

const cycles = 12;
const writer = join(import.meta.dirname, '../support/store-writer.ts');

/** Starts the writer, kills it while it writes, and returns the pairs that it was told are durable. */
async function killWhileWriting(directory: string, from: number, acks: number): Promise<number[]> {
  const child = spawn(process.execPath, [writer, directory, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    printed += chunk;
    if (printed.split('\n').length > acks) {
      child.kill('SIGKILL');
    }
  });
  await new Promise((resolve) => child.on('close', resolve));
  const complete = printed.slice(0, printed.lastIndexOf('\n') + 1);
  return complete.split('\n').filter(Boolean).map(Number);
}

it('loses no acknowledged write and shows no half transaction after kill -9', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sqlite-crash-'));
  const acknowledged: number[] = [];
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const acks = await killWhileWriting(directory, cycle * 1_000_000, 20 + cycle * 13);
    expect(acks.length).toBeGreaterThan(0);
    acknowledged.push(...acks);
    const store = await openSqliteStore({ directory });
    const stored = new Set<string>();
    for await (const { id } of store.scan([], unrestricted)) {
      stored.add(id);
    }
    const halves = [...stored].filter((id) => {
      const [side, number] = id.split('-');
      return !stored.has(`${side === 'left' ? 'right' : 'left'}-${number ?? ''}`);
    });
    expect(halves).toEqual([]);
    expect(acknowledged.filter((number) => !stored.has(`left-${number}`))).toEqual([]);
    const code = String(acks.at(-1));
    const plan = planOf({ kind: 'token', param: 'code', code });
    const found = await store.search({ plan, count: 5, total: true }, unrestricted);
    expect(found).toMatchObject({ ok: true, value: { total: 2 } });
    expect(store.reader.pragma('integrity_check')).toBe('ok');
    await store.close();
  }
  rmSync(directory, { recursive: true });
}, 60_000);
