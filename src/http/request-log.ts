import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { RestResponse } from '../rest/rest.ts';

/** What a line of the log is made of. */
export interface AnsweredRequest {
  readonly answer: RestResponse;
  readonly headers: Readonly<Record<string, string>>;
  readonly ms: number;
}

/**
 * Logs one answered request. Neither its query nor an id of a resource is in the line, for searches and
 * ids that clients chose may carry hospital numbers.
 */
export function logRequest(
  logger: Logger,
  message: IncomingMessage,
  { answer, headers, ms }: AnsweredRequest,
): void {
  if (!logger.isLevelEnabled('info')) return;
  logger.info({
    requestId: headers['X-Request-Id'],
    method: message.method,
    interaction: answer.interaction,
    type: answer.interaction === undefined ? undefined : typeOf(message.url ?? ''),
    status: answer.status,
    ms: Math.round(ms * 1000) / 1000,
  });
}

/** The resource type of a path; only of paths that were routed, so it is one of R4's names. */
function typeOf(url: string): string | undefined {
  return /^(?:\/R4)?\/([A-Z][A-Za-z]{1,63})(?=[/?]|$)/u.exec(url)?.[1];
}
