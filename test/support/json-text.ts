import fc from 'fast-check';

const space = fc
  .array(fc.constantFrom(' ', '\n', '\t', '\r'), { maxLength: 2 })
  .map((characters) => characters.join(''));

/** A string literal, some of its characters escaped though they need not be. */
const stringText = fc
  .array(fc.tuple(fc.string({ unit: 'binary', maxLength: 4 }), fc.boolean()), { maxLength: 4 })
  .map((pieces) => {
    const texts = pieces.map(([piece, escapes]) => {
      const characters = piece.replaceAll('\0', '').toWellFormed();
      return escapes ? escaped(characters) : JSON.stringify(characters).slice(1, -1);
    });
    return `"${texts.join('')}"`;
  });

const numberText = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.stringMatching(/^-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,12})?([eE][+-]?[0-9]{1,3})?$/),
);

const names = ['id', 'meta', 'resourceType', 'reference', 'resource', 'versionId', 'a', 'b'];
const name = fc.oneof(
  fc.constantFrom(...names).map((known) => JSON.stringify(known)),
  fc.constantFrom(...names).map((known) => `"${escaped(known)}"`),
  stringText.filter((text) => !/__proto__|constructor|prototype/.test(JSON.parse(text) as string)),
);

const { object } = fc.letrec<{ value: string; object: string; array: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom('true', 'false', 'null'),
    stringText,
    numberText,
    tie('object'),
    tie('array'),
  ),
  object: fc
    .uniqueArray(fc.tuple(name, tie('value'), space, space), {
      selector: ([key]) => JSON.parse(key) as string,
      maxLength: 6,
    })
    .map((members) => {
      const texts = members.map(
        ([key, value, before, after]) => `${before}${key}${after}:${before}${value}${after}`,
      );
      return `{${texts.join(',')}}`;
    }),
  array: fc
    .array(fc.tuple(tie('value'), space, space), { maxLength: 4 })
    .map((items) => `[${items.map(([value, ...around]) => around.join(value)).join(',')}]`),
}));

/** The text of any JSON object without NUL, half surrogates or equal names, printed in any way. */
export const anyObjectText: fc.Arbitrary<string> = fc
  .tuple(space, object, space)
  .map((parts) => parts.join(''));

function escaped(characters: string): string {
  return characters
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
