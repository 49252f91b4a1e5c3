/** A media type or range, lower case, and its parameters by lower-case name. */
export interface MediaType {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** A media range of Accept; `quality` is from 0 to 1. */
export interface MediaRange extends MediaType {
  readonly quality: number;
}

/**
 * Returns the media type in a header's value, undefined when it is none.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1
 */
export function parseMediaType(value: string): MediaType | undefined {
  const [name = '', ...parameters] = value.split(';').map((part) => part.trim());
  if (!/^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+$/u.test(name)) return undefined;
  return {
    name: name.toLowerCase(),
    parameters: new Map(
      parameters.map((parameter) => {
        const [key = '', text = ''] = parameter.split('=');
        return [key.trim().toLowerCase(), text.trim().replace(/^"(.*)"$/u, '$1')];
      }),
    ),
  };
}

/**
 * Returns the media ranges of an Accept header, in its order; what cannot be read is left out.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
 */
export function mediaRanges(accept: string): readonly MediaRange[] {
  return accept.split(',').flatMap((part) => {
    const type = parseMediaType(part.trim());
    if (type === undefined) return [];
    const quality = Number(type.parameters.get('q') ?? '1');
    return [{ ...type, quality: Number.isNaN(quality) ? 0 : quality }];
  });
}
