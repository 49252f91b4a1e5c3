import type { JsonObject } from '../json/json-value.ts';

const text = (pattern: string): JsonObject => ({ type: 'string', pattern });

/** Linear patterns that are never stricter than the write path. */
const schemas: ReadonlyMap<string, JsonObject> = new Map<string, JsonObject>([
  ['boolean', { type: 'boolean' }],
  ['integer', { type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 }],
  ['unsignedInt', { type: 'integer', minimum: 0, maximum: 2 ** 31 - 1 }],
  ['positiveInt', { type: 'integer', minimum: 1, maximum: 2 ** 31 - 1 }],
  ['decimal', { type: 'number' }],
  ['string', { type: 'string', minLength: 1 }],
  ['markdown', { type: 'string', minLength: 1 }],
  ['xhtml', text('^\\s*<div')],
  ['code', text('^[^\\s]+(\\s[^\\s]+)*$')],
  ['id', text('^[A-Za-z0-9\\-.]{1,64}$')],
  ['uri', text('^[^\\s]+$')],
  ['url', text('^[^\\s]+$')],
  ['canonical', text('^[^\\s]+$')],
  ['oid', text('^urn:oid:[0-2](\\.(0|[1-9][0-9]*))+$')],
  ['uuid', text('^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$')],
  ['base64Binary', text('^[A-Za-z0-9+/=\\s]+$')],
  ['date', text('^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$')],
  [
    'dateTime',
    text(
      '^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2}))?)?)?$',
    ),
  ],
  [
    'instant',
    text(
      '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$',
    ),
  ],
  ['time', text('^[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?$')],
]);

/** Returns the schema of a primitive type; undefined for any other type. */
export function primitiveSchema(type: string): JsonObject | undefined {
  return schemas.get(type);
}
