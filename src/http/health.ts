import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AppOptions } from './app-options.ts';

/**
 * Returns the handler of `/health`: `live` says that the process answers, `ready` that it takes
 * requests: 503 before the start is done and once it is about to end.
 */
export function createHealthHandler({ isReady }: Pick<AppOptions, 'isReady'>) {
  return (message: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const [path] = (message.url ?? '').split('?');
    const isWell = path === '/live' || isReady();
    if (path !== '/live' && path !== '/ready') {
      next();
      return;
    }
    const body = JSON.stringify({ status: isWell ? 'pass' : 'fail' });
    response.writeHead(isWell ? 200 : 503, {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'Content-Length': Buffer.byteLength(body),
    });
    response.end(message.method === 'HEAD' ? undefined : body);
  };
}
