import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { failure } from '../fhir/operation-outcome.ts';
import { failureResponse } from '../rest/dispatch.ts';
import type { RestResponse } from '../rest/rest.ts';
import { plainFormat } from './content-negotiation.ts';
import { writeAnswer } from './response.ts';

/**
 * Returns the answer to a request during which something broke: 500 without any detail. The log has the
 * stack under the request's id.
 */
export function exceptionResponse(
  logger: Logger,
  error: unknown,
  headers: Readonly<Record<string, string>> = {},
): RestResponse {
  logger.error({ err: error, requestId: headers['X-Request-Id'] }, 'A request broke');
  return failureResponse(
    failure('exception', 'The server broke while it worked on the request; its log says where.'),
  );
}

/** Returns the last resort of Express, for what handlers throw. */
export function createErrorHandler(logger: Logger) {
  return async (
    error: unknown,
    request: Request,
    response: Response,
    next: NextFunction,
  ): Promise<void> => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const answer = exceptionResponse(logger, error);
    await writeAnswer(request, response, { answer, format: plainFormat, headers: {} });
  };
}
