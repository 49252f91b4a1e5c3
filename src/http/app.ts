import express, { type Express } from 'express';
import type { Logger } from 'pino';
import type { RestContext, RestRequest } from '../rest/rest.ts';
import { createErrorHandler } from './error-handler.ts';
import { createFhirHandler } from './fhir-handler.ts';
import { createHealthHandler } from './health.ts';
import { notServed } from './not-served.ts';

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

/**
 * Returns the HTTP edge: `/fhir` (also `/fhir/R4`), `/health/live`, `/health/ready`. Express hands each
 * root to one handler; FHIR's own URL grammar is `rest/route.ts`.
 */
export function createApp(options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.use('/fhir', createFhirHandler(options));
  app.use('/health', createHealthHandler(options));
  app.use(notServed);
  app.use(createErrorHandler(options.logger));
  return app;
}
