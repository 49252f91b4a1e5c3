import type { Logger } from 'pino';
import type { RestContext, RestRequest } from '../rest/rest.ts';

/** What the HTTP edge is given. */
export interface AppOptions {
  /** Of the moment: a request keeps what it began with. */
  readonly context: () => RestContext;
  /** The public FHIR base without a trailing slash. */
  readonly baseUrl: () => string;
  readonly access: RestRequest['access'];
  readonly logger: Logger;
  /** Whether requests can be answered: after the start and before the end. */
  readonly isReady: () => boolean;
  /** More requests at once are answered with 503 and Retry-After. */
  readonly requestsMax: number;
  /** Origins whose pages may read answers (`*`: all); none: no page of another origin. */
  readonly corsOrigins: readonly string[];
}
