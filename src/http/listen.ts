import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that listens. */
export interface Listening {
  /** `http://127.0.0.1:8080`, with the port that it got. */
  readonly origin: string;
  /** Takes no more connections, finishes the requests that it took, and ends; by force after the time. */
  readonly close: () => Promise<void>;
}

/** Where and how long. Times in milliseconds. */
export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly closeMsMax: number;
}

/** Returns the server once it listens; rejects when the address cannot be had. */
export async function listen(
  listener: RequestListener,
  { host, port, closeMsMax }: ListenOptions,
): Promise<Listening> {
  const server = createServer({ maxHeaderSize, keepAliveTimeout: keepAliveMs }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port: own } = server.address() as AddressInfo;
  return { origin: originOf(host, own), close: async () => closed(server, closeMsMax) };
}

/** Long enough for links to the pages of searches with long lists of ids. */
const maxHeaderSize = 256 * 1024;

/** Longer than the pauses of clients and proxies that keep a pool of connections. */
const keepAliveMs = 65_000;

function originOf(host: string, port: number): string {
  const isAny = host === '0.0.0.0' || host === '::';
  const name = isAny ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

async function closed(server: Server, closeMsMax: number): Promise<void> {
  // A connection becomes idle when its request is done, and then it is in the way.
  const idle = setInterval(() => {
    server.closeIdleConnections();
  }, 20);
  const forced = setTimeout(() => {
    server.closeAllConnections();
  }, closeMsMax);
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  clearInterval(idle);
  clearTimeout(forced);
}
