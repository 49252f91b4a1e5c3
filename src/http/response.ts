import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { RestResponse } from '../rest/rest.ts';
import type { AnswerFormat } from './content-negotiation.ts';
import { prettyJson } from './pretty.ts';

/** What is written: the answer, how the client wants it, and headers of the edge. */
export interface WrittenAnswer {
  readonly answer: RestResponse;
  readonly format: AnswerFormat;
  readonly headers: Readonly<Record<string, string>>;
  /** Goes out in place of the answer's body, of the media type of `format`. */
  readonly native?: Buffer;
}

/** Writes an answer. HEAD gets the headers of GET, with the length of the body that it does not get. */
export async function writeAnswer(
  message: IncomingMessage,
  response: ServerResponse,
  { answer, format, headers, native }: WrittenAnswer,
): Promise<void> {
  const { status, body } = answer;
  if (body === undefined || status === 304 || status === 204) {
    response.writeHead(status, { ...securityHeaders, ...headers, ...answer.headers });
    response.end();
    return;
  }
  if (native !== undefined) {
    response.writeHead(status, {
      ...securityHeaders,
      ...headers,
      'Content-Type': format.contentType,
      // A browser keeps it and never shows it as a page of this server.
      'Content-Disposition': 'attachment',
      ...answer.headers,
      'Content-Length': native.length,
    });
    response.end(message.method === 'HEAD' ? undefined : native);
    return;
  }
  const text = format.isPretty ? prettyJson(body) : body;
  const isPacked = wantsPacked(message, text);
  const bytes = isPacked
    ? await pack(text)
    : text.length < shortLengthMax
      ? text
      : Buffer.from(text);
  response.writeHead(status, {
    ...securityHeaders,
    ...headers,
    'Content-Type': format.contentType,
    ...answer.headers,
    ...(isPacked ? { 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' } : {}),
    'Content-Length': Buffer.byteLength(bytes),
  });
  response.end(message.method === 'HEAD' ? undefined : bytes);
}

/** Answers are data of patients: browsers show them nowhere, run nothing, and proxies keep nothing. */
const securityHeaders = Object.freeze({
  'Cache-Control': 'private, no-cache',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
});

/** A short text is sent in one piece with the head; a long one is cheaper as bytes. */
const shortLengthMax = 16 * 1024;

/** Below this length packing costs more than a hospital's network gains. */
const packedLengthMin = 256 * 1024;

function wantsPacked(message: IncomingMessage, text: string): boolean {
  if (text.length < packedLengthMin) return false;
  const accepted = message.headers['accept-encoding'];
  return (
    typeof accepted === 'string' && /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/u.test(accepted)
  );
}

async function pack(text: string): Promise<Buffer> {
  return promisify(gzip)(text, { level: constants.Z_BEST_SPEED });
}
