import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import { failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import type { RestRequest } from '../rest/rest.ts';
import { binaryText, isNativeWrite } from './binary.ts';
import { bodyKind, type BodyKind } from './content-negotiation.ts';
import { formPairs } from './request-target.ts';

/** The body of a request: text, or the pairs of a form. */
export interface RequestBody {
  readonly text?: string;
  readonly form?: RestRequest['query'];
}

/**
 * Returns the body of a request that may have one, of the media type that its path takes.
 * Fails as `readBody`, and `unsupported-media-type` for another media type.
 */
export async function bodyOf(
  message: IncomingMessage,
  { method, path }: Pick<RestRequest, 'method' | 'path'>,
  bytesMax: number,
): Promise<Result<RequestBody>> {
  const allowed = kindsOf(method, path.at(-1) ?? '');
  if (allowed.length === 0) return success({});
  const contentType = message.headers['content-type'];
  if (hasNoBody(message) && contentType === undefined) return success({});
  const kind = bodyKind(contentType, allowed);
  if (!kind.ok) {
    return contentType !== undefined && isNativeWrite({ method, path })
      ? await nativeBody(message, { contentType, id: path[1] }, bytesMax)
      : kind;
  }
  const text = await readBody(message, bytesMax);
  if (!text.ok) return text;
  if (text.value === undefined) return success({});
  if (kind.value !== 'form') return success({ text: text.value });
  const form = formPairs(text.value);
  return form.ok ? success({ form: form.value }) : form;
}

/** The content of a Binary, sent as it is. */
async function nativeBody(
  message: IncomingMessage,
  { contentType, id }: { readonly contentType: string; readonly id: string | undefined },
  bytesMax: number,
): Promise<Result<RequestBody>> {
  const bytes = await readBytes(message, bytesMax);
  if (!bytes.ok) return bytes;
  const securityContext = message.headers['x-security-context'];
  const more = {
    ...(id !== undefined ? { id } : {}),
    ...(typeof securityContext === 'string' ? { securityContext } : {}),
  };
  const content = { contentType, bytes: bytes.value ?? Buffer.alloc(0) };
  return success({ text: binaryText(content, more) });
}

/** Parameters of searches and operations may come as a form. */
function kindsOf(method: string, lastSegment: string): readonly BodyKind[] {
  switch (method) {
    case 'PUT':
      return ['resource'];
    case 'PATCH':
      return ['patch', 'resource'];
    case 'POST':
      if (lastSegment === '_search') return ['form'];
      return lastSegment.startsWith('$') ? ['resource', 'form'] : ['resource'];
    default:
      return [];
  }
}

function hasNoBody({ headers }: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': chunked } = headers;
  return chunked === undefined && (length === undefined || length === '0');
}

/**
 * Returns the body of a request as text, undefined when it has none.
 * Fails `body-too-large` for more than `bytesMax` bytes, also when they only unpack to more,
 * `malformed` when they are not UTF-8 or not what Content-Encoding says, and
 * `unsupported-media-type` for an encoding other than gzip and deflate.
 */
async function readBody(
  request: IncomingMessage,
  bytesMax: number,
): Promise<Result<string | undefined>> {
  const bytes = await readBytes(request, bytesMax);
  if (!bytes.ok) return bytes;
  if (bytes.value === undefined) return success(undefined);
  if (!isUtf8(bytes.value)) return failed(failure('malformed', 'The body is not UTF-8.'));
  const text = bytes.value.toString('utf8');
  // A byte order mark is no part of JSON.
  return success(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
}

async function readBytes(
  request: IncomingMessage,
  bytesMax: number,
): Promise<Result<Buffer | undefined>> {
  if (hasNoBody(request)) return success(undefined);
  if (Number(request.headers['content-length']) > bytesMax) return failed(tooLarge(bytesMax));
  const stream = decoded(request);
  if (!stream.ok) return stream;
  const bytes = await collect(stream.value, bytesMax);
  // What is not wanted is read and thrown away, so that the client gets to read the answer.
  if (!bytes.ok) request.unpipe().resume();
  return bytes;
}

function decoded(request: IncomingMessage): Result<Readable> {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase();
  switch (encoding) {
    case undefined:
    case 'identity':
      return success(request);
    case 'gzip':
    case 'x-gzip':
      return success(unpacked(request, createGunzip()));
    case 'deflate':
      return success(unpacked(request, createInflate()));
    default:
      return failed(
        failure('unsupported-media-type', 'The Content-Encoding of a body is gzip or deflate.'),
      );
  }
}

/** When the client goes away, what is unpacked so far ends with the same error. */
function unpacked(request: IncomingMessage, unpack: Transform): Readable {
  request.on('error', (error) => unpack.destroy(error));
  return request.pipe(unpack);
}

async function collect(stream: Readable, bytesMax: number): Promise<Result<Buffer>> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > bytesMax) {
        stream.removeAllListeners('data');
        resolve(failed(tooLarge(bytesMax)));
      } else chunks.push(chunk);
    });
    stream.on('end', () => {
      const [only] = chunks;
      resolve(success(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks)));
    });
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code?.startsWith('Z_') === true) {
        resolve(failed(failure('malformed', 'The body is not what Content-Encoding says.')));
      } else reject(error);
    });
  });
}

function tooLarge(bytesMax: number) {
  return failure('body-too-large', `The body has more than ${bytesMax} bytes.`);
}
