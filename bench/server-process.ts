import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A server in a process of its own, on a temporary store. */
export interface ServerProcess {
  readonly url: string;
  /** Milliseconds of CPU that the process has used, with garbage collection and checkpoints in it. */
  readonly cpuMs: () => number;
  /** Resident memory in MiB. */
  readonly residentMb: () => number;
  readonly stop: () => Promise<void>;
}

/** The kernel counts CPU in ticks of 10 ms on every platform that has `/proc`. */
const tickMs = 10;

/** Starts the server as its user would and resolves when it has printed its base URL. */
export async function startServerProcess(): Promise<ServerProcess> {
  const directory = mkdtempSync(join(tmpdir(), 'cart-her2-bench-'));
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/cli.ts'), 'serve'], {
    env: { ...process.env, PORT: '0', DATA_DIR: directory, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await urlOf(child);
  return {
    url,
    cpuMs: () => {
      const fields = readFileSync(`/proc/${String(child.pid)}/stat`, 'utf8').split(') ')[1];
      const [user, system] = fields?.split(' ').slice(11, 13).map(Number) ?? [];
      return ((user ?? 0) + (system ?? 0)) * tickMs;
    },
    residentMb: () => {
      const status = readFileSync(`/proc/${String(child.pid)}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function urlOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The server has no output.');
  for await (const line of createInterface(child.stdout)) {
    const url = /https?:\/\/\S+/.exec(line)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error('The server ended before it printed its URL.');
}
