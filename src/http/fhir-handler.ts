import type { IncomingMessage, ServerResponse } from 'node:http';
import { failure, type Failure } from '../fhir/operation-outcome.ts';
import { dispatch, failureResponse } from '../rest/dispatch.ts';
import type { RestContext, RestRequest, RestResponse } from '../rest/rest.ts';
import type { AppOptions } from './app-options.ts';
import { isNativeRead, nativeContent } from './binary.ts';
import { plainFormat, answerFormat, type AnswerFormat } from './content-negotiation.ts';
import { corsHeaders, preflight } from './cors.ts';
import { exceptionResponse } from './error-handler.ts';
import { bodyOf } from './request-body.ts';
import { requestIdHeaders } from './request-id.ts';
import { logRequest } from './request-log.ts';
import { requestTarget } from './request-target.ts';
import { writeAnswer } from './response.ts';

/** An answer and how the client wants it. */
interface Answer {
  readonly answer: RestResponse;
  readonly format: AnswerFormat;
  readonly native?: Buffer;
}

/**
 * Returns the handler of the FHIR base: reads a request to a value, has it answered, and writes the
 * answer. Every failure has an OperationOutcome, also when the request could not be read.
 */
export function createFhirHandler(options: AppOptions) {
  const { logger, corsOrigins, requestsMax } = options;
  let running = 0;
  return async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const began = performance.now();
    const context = options.context();
    const headers = {
      ...requestIdHeaders(message.headers['x-request-id'], context.newId),
      ...(corsOrigins.length > 0 ? corsHeaders(corsOrigins, message.headers.origin) : {}),
    };
    running++;
    try {
      const answered =
        running > requestsMax ? overloaded() : await answerTo(options, context, message);
      await writeAnswer(message, response, { ...answered, headers });
      const { answer } = answered;
      logRequest(logger, message, { answer, headers, ms: performance.now() - began });
    } catch (error) {
      // The client went away while it was sending: there is nobody to answer.
      if (message.destroyed && !message.complete) return;
      const answer = exceptionResponse(logger, error, headers);
      if (response.headersSent) response.destroy();
      else await writeAnswer(message, response, { answer, format: plainFormat, headers });
    } finally {
      running--;
    }
  };
}

async function answerTo(
  options: AppOptions,
  context: RestContext,
  message: IncomingMessage,
): Promise<Answer> {
  const method = message.method ?? 'GET';
  if (method === 'OPTIONS' && message.headers['access-control-request-method'] !== undefined) {
    return { answer: preflight(options.corsOrigins, message.headers), format: plainFormat };
  }
  const target = requestTarget(message.url ?? '/');
  if (!target.ok) return refused(target.failure);
  const { path, query } = target.value;
  const format = answerFormat(message.headers.accept, query);
  if (!format.ok) {
    const asked = requestOf(options, message, { method, path, query });
    return nativeAnswer(context, asked, format.failure);
  }
  const body = await bodyOf(message, { method, path }, context.limits.bodyBytesMax);
  if (!body.ok) return refused(body.failure, format.value);
  const { text, form } = body.value;
  // A form may say how the answer is wanted, too.
  const pairs = form === undefined ? query : [...query, ...form];
  const wanted = form === undefined ? format : answerFormat(message.headers.accept, pairs);
  if (!wanted.ok) return refused(wanted.failure);
  const request: RestRequest = {
    ...requestOf(options, message, { method, path, query: pairs }),
    ...(text !== undefined ? { body: text } : {}),
  };
  return { answer: await dispatch(context, request), format: wanted.value };
}

type Target = Pick<RestRequest, 'method' | 'path' | 'query'>;

function requestOf(options: AppOptions, message: IncomingMessage, target: Target): RestRequest {
  return {
    ...target,
    header: (name) => headerOf(message, name),
    baseUrl: options.baseUrl(),
    access: options.access,
  };
}

/** For a client that takes no resource, but what a Binary holds; without one it is refused. */
async function nativeAnswer(
  context: RestContext,
  request: RestRequest,
  reason: Failure,
): Promise<Answer> {
  if (!isNativeRead(request)) return refused(reason);
  const answer = await dispatch(context, request);
  if (answer.status !== 200 || answer.body === undefined) return { answer, format: plainFormat };
  const content = nativeContent(answer.body, request.header('accept') ?? '');
  if (content === undefined) return refused(reason);
  const { contentType, bytes } = content;
  return { answer, format: { contentType, isPretty: false }, native: bytes };
}

function headerOf(message: IncomingMessage, name: string): string | undefined {
  const value = message.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function refused(reason: Failure, format: AnswerFormat = plainFormat): Answer {
  return { answer: failureResponse(reason), format };
}

function overloaded(): Answer {
  const reason = failure(
    'unavailable',
    'The server has as many requests as it can take; try again.',
  );
  return {
    answer: failureResponse(reason, { headers: { 'Retry-After': '1' } }),
    format: plainFormat,
  };
}
