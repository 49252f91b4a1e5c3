import { Agent, request } from 'node:http';
import type { ServerProcess } from './server-process.ts';

/** One request of a scenario. */
export interface BenchRequest {
  readonly method: string;
  /** Path and query below the FHIR base. */
  readonly path: string;
  readonly body?: string;
}

/** What a scenario cost. */
export interface Measurement {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMsPerRequest: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Sends one request and resolves with its body; rejects when the status is not below 300. */
export async function send(server: ServerProcess, one: BenchRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${server.url}/${one.path}`,
      { agent, method: one.method, headers: { 'content-type': 'application/fhir+json' } },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if ((incoming.statusCode ?? 500) < 300) resolve(text);
          else reject(new Error(`${one.method} ${one.path}: ${incoming.statusCode ?? 0} ${text}`));
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(one.body);
  });
}

/** Runs `next` from `clients` at a time for `milliseconds`, after warming up for a quarter of it. */
export async function measure(
  server: ServerProcess,
  next: () => BenchRequest,
  { clients, milliseconds }: { readonly clients: number; readonly milliseconds: number },
): Promise<Measurement> {
  await run(server, next, { clients, milliseconds: milliseconds / 4 });
  const cpu = server.cpuMs();
  const start = performance.now();
  const times = await run(server, next, { clients, milliseconds });
  const elapsed = performance.now() - start;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return {
    requestsPerSecond: (times.length / elapsed) * 1000,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    cpuMsPerRequest: (server.cpuMs() - cpu) / times.length,
  };
}

async function run(
  server: ServerProcess,
  next: () => BenchRequest,
  { clients, milliseconds }: { readonly clients: number; readonly milliseconds: number },
): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + milliseconds;
  const client = async () => {
    while (performance.now() < end) {
      const start = performance.now();
      await send(server, next());
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return times;
}
