/**
 * Returns the type that the end of a choice's name stands for: `DateTime` of `valueDateTime` is
 * `dateTime`, `CodeableConcept` stays.
 *
 * @see https://hl7.org/fhir/R4/formats.html#choice
 */
export function choiceType(suffix: string): string {
  const lower = suffix.charAt(0).toLowerCase() + suffix.slice(1);
  return primitives.has(lower) ? lower : suffix;
}

const primitives: ReadonlySet<string> = new Set([
  'base64Binary',
  'boolean',
  'canonical',
  'code',
  'date',
  'dateTime',
  'decimal',
  'id',
  'instant',
  'integer',
  'markdown',
  'oid',
  'positiveInt',
  'string',
  'time',
  'unsignedInt',
  'uri',
  'url',
  'uuid',
]);
