import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { createTurns } from './write-turns.ts';

describe('turns', () => {
  it('let writers of one key work one after the other, in the order in which they came', async () => {
    const turns = createTurns();
    const log: string[] = [];
    const work = (name: string) => async () => {
      log.push(`${name} begins`);
      await setTimeout(1);
      log.push(`${name} ends`);
    };
    await Promise.all([turns(['a'], work('one')), turns(['a'], work('two'))]);
    expect(log).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
  });

  it('let writers of other keys and of none go on', async () => {
    const turns = createTurns();
    let release: () => void = () => undefined;
    const blocked = turns(['a'], () => new Promise<void>((resolve) => (release = resolve)));
    await expect(turns(['b'], async () => 'b')).resolves.toBe('b');
    await expect(turns([], async () => 'none')).resolves.toBe('none');
    release();
    await blocked;
  });

  it('never let two writers of several keys wait for each other', async () => {
    const turns = createTurns();
    const work = async () => setTimeout(1, 'done');
    const answers = Promise.all([turns(['a', 'b'], work), turns(['b', 'a', 'a'], work)]);
    await expect(answers).resolves.toEqual(['done', 'done']);
  });

  it('go on after one that failed', async () => {
    const turns = createTurns();
    const failing = turns(['a'], () => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    await expect(turns(['a'], async () => 1)).resolves.toBe(1);
  });
});
