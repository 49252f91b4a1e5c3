import type { RestRequest } from '../rest/rest.ts';
import { mediaRanges, parseMediaType } from './media-type.ts';

/** The content of a Binary as it is. */
export interface NativeContent {
  readonly contentType: string;
  readonly bytes: Buffer;
}

type Target = Pick<RestRequest, 'method' | 'path'>;

/**
 * Returns whether a request reads a Binary, whose content may go out as it is.
 *
 * @see https://hl7.org/fhir/R4/binary.html#rest
 */
export function isNativeRead({ method, path }: Target): boolean {
  const isOne = path.length === 2 || (path.length === 4 && path[2] === '_history');
  return path[0] === 'Binary' && isOne && (method === 'GET' || method === 'HEAD');
}

/** Returns whether a request writes a Binary, whose content may come as it is. */
export function isNativeWrite({ method, path }: Target): boolean {
  const lengths: Readonly<Partial<Record<string, number>>> = { POST: 1, PUT: 2 };
  return path[0] === 'Binary' && path.length === lengths[method];
}

/** Returns the content of the Binary in `text`, undefined when Accept does not take its media type. */
export function nativeContent(text: string, accept: string): NativeContent | undefined {
  const { contentType, data = '' } = JSON.parse(text) as Partial<Record<string, string>>;
  const type = contentType === undefined ? undefined : parseMediaType(contentType);
  if (contentType === undefined || type === undefined) return undefined;
  const [family = ''] = type.name.split('/');
  const isWanted = mediaRanges(accept).some(
    ({ name, quality }) => quality > 0 && (name === type.name || name === `${family}/*`),
  );
  return isWanted ? { contentType, bytes: Buffer.from(data, 'base64') } : undefined;
}

/**
 * Returns the Binary of a content that came as it is, as JSON text. `securityContext` is what
 * X-Security-Context says: the reference of the resource by whose rules it may be seen.
 */
export function binaryText(
  { contentType, bytes }: NativeContent,
  { id, securityContext }: { readonly id?: string; readonly securityContext?: string },
): string {
  return JSON.stringify({
    resourceType: 'Binary',
    id,
    contentType,
    ...(securityContext !== undefined ? { securityContext: { reference: securityContext } } : {}),
    data: bytes.toString('base64'),
  });
}
