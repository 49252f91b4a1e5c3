import { setImmediate } from 'node:timers/promises';

/** Longest stretch of work on one request before others get their turn, in milliseconds. */
const stretchMsMax = 4;

/**
 * Returns a function to call between pieces of work: it lets other requests go on when this one has
 * kept the event loop for more than a few milliseconds.
 */
export function createPace(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < stretchMsMax) return;
    await setImmediate();
    began = performance.now();
  };
}
