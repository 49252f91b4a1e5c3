import express, { type Express } from 'express';
import type { AppOptions } from './app-options.ts';
import { createErrorHandler } from './error-handler.ts';
import { createFhirHandler } from './fhir-handler.ts';
import { createHealthHandler } from './health.ts';
import { notServed } from './not-served.ts';

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
