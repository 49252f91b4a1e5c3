import type { JsonObject } from '../json/json-value.ts';

const text = (pattern: string): JsonObject => ({ type: 'string', pattern });

// Spaces are listed, for `\s` means another set of characters in each language.
const space = '\\t-\\r \\u00A0';
const year = '[0-9]{4}';
const month = '(0[1-9]|1[0-2])';
const day = '(0[1-9]|[12][0-9]|3[01])';
const clock = '([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?';
const zone = '(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))';
const hex = '[0-9a-f]';
const oid = '^urn:oid:[0-2](\\.(0|[1-9][0-9]*))+$';
const uuid = `^urn:uuid:${hex}{8}(-${hex}{4}){3}-${hex}{12}$`;

const plainText: JsonObject = {
  ...text('^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F]+$'),
  maxLength: 1024 * 1024,
};

const uri: JsonObject = {
  ...text(`^[^${space}]+$`),
  allOf: [
    { if: { pattern: '^urn:oid:' }, then: { pattern: oid } },
    { if: { pattern: '^urn:uuid:' }, then: { pattern: uuid } },
  ],
};

/** Linear patterns without look-ahead, so that every language has them; never stricter than the write path. */
const schemas: ReadonlyMap<string, JsonObject> = new Map<string, JsonObject>([
  ['boolean', { type: 'boolean' }],
  ['integer', { type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 }],
  ['unsignedInt', { type: 'integer', minimum: 0, maximum: 2 ** 31 - 1 }],
  ['positiveInt', { type: 'integer', minimum: 1, maximum: 2 ** 31 - 1 }],
  ['decimal', { type: 'number' }],
  ['string', plainText],
  ['markdown', plainText],
  ['xhtml', { type: 'string', minLength: 1 }],
  ['code', text(`^[^${space}]+([${space}][^${space}]+)*$`)],
  ['id', text('^[A-Za-z0-9\\-.]{1,64}$')],
  ['uri', uri],
  ['url', uri],
  ['canonical', uri],
  ['oid', text(oid)],
  ['uuid', text(uuid)],
  ['base64Binary', text(`^[A-Za-z0-9+/=${space}]+$`)],
  ['date', text(`^${year}(-${month}(-${day})?)?$`)],
  ['dateTime', text(`^${year}(-${month}(-${day}(T${clock}${zone})?)?)?$`)],
  ['instant', text(`^${year}-${month}-${day}T${clock}${zone}$`)],
  ['time', text(`^${clock}$`)],
]);

/** Returns the schema of a primitive type; undefined for any other type. */
export function primitiveSchema(type: string): JsonObject | undefined {
  return schemas.get(type);
}
