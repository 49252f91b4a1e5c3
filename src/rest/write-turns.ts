/**
 * Lets the writers of one key take turns inside this process, so that many writers of one resource
 * do not plan over and over against each other. All keys of a call are taken at once, so that no two
 * calls wait for each other.
 */
export type Turns = <T>(keys: readonly string[], work: () => Promise<T>) => Promise<T>;

/** Returns turns of their own; main makes one for each store. */
export function createTurns(): Turns {
  const tails = new Map<string, Promise<unknown>>();
  return async (keys, work) => {
    if (keys.length === 0) return work();
    const unique = [...new Set(keys)];
    const before = unique.flatMap((key) => tails.get(key) ?? []);
    const turn = Promise.allSettled(before).then(work);
    const settled = turn.then(nothing, nothing);
    for (const key of unique) tails.set(key, settled);
    await settled;
    for (const key of unique) if (tails.get(key) === settled) tails.delete(key);
    return turn;
  };
}

function nothing(): undefined {
  return undefined;
}
