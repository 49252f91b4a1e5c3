import { send, type BenchRequest } from './measure.ts';
import type { ServerProcess } from './server-process.ts';

/** What others wait while the server works on one large request. */
export interface Stall {
  /** Until the answer to the large request. */
  readonly milliseconds: number;
  readonly reads: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The longest that the server kept a read waiting. */
  readonly maxMs: number;
}

/** Milliseconds between reads; one is asked whether or not the one before was answered. */
const readEveryMs = 2;

/** Sends `large` once while small reads arrive at a steady rate. */
export async function stallOf(
  server: ServerProcess,
  read: () => BenchRequest,
  large: BenchRequest,
): Promise<Stall> {
  const start = performance.now();
  const answered = new AbortController();
  const answer = send(server, large).finally(() => {
    answered.abort();
  });
  const reads: Promise<number>[] = [];
  while (!answered.signal.aborted) {
    reads.push(timed(server, read()));
    await new Promise((resolve) => setTimeout(resolve, readEveryMs));
  }
  await answer;
  const milliseconds = performance.now() - start;
  const times = (await Promise.all(reads)).toSorted((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return {
    milliseconds,
    reads: times.length,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    maxMs: at(1 - 1e-9),
  };
}

async function timed(server: ServerProcess, one: BenchRequest): Promise<number> {
  const start = performance.now();
  await send(server, one);
  return performance.now() - start;
}
