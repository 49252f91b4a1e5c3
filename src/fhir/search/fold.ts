/**
 * Returns a text as string searches compare it: without case, accents and punctuation, each run of
 * white space one space.
 *
 * @see https://hl7.org/fhir/R4/search.html#string
 */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (plain.test(lower)) return lower;
  const bare = lower.normalize('NFKD').replace(/\p{M}+/gu, '');
  const words = bare
    .replace(/\p{P}+/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  // A text of nothing but punctuation is still a value.
  return words === '' ? bare.trim() : words;
}

const plain = /^[a-z0-9]+(?: [a-z0-9]+)*$/u;
