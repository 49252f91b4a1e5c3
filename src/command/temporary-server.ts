import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { startServer } from '../main.ts';

/** Runs `use` with the base URL of a server on a temporary store, and removes both afterwards. */
export async function withTemporaryServer<T>(
  config: Config,
  use: (baseUrl: string) => Promise<T>,
): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cart-her2-'));
  try {
    const server = await startServer({
      ...config,
      host: '127.0.0.1',
      port: 0,
      baseUrl: undefined,
      dataDir,
      logLevel: 'silent',
    });
    try {
      return await use(server.baseUrl);
    } finally {
      await server.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
