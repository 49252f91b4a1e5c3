import type { JsonObject } from '../src/fhir/json/json-value.ts';

/**
 * Codes that HL7 Terminology defines under the URL of a code system of R4 and that the package of 4.0.1
 * does not have. Content that names either version's code is valid.
 *
 * @see https://terminology.hl7.org/CodeSystem-adverse-event-seriousness.html
 */
const laterConcepts: ReadonlyMap<string, readonly JsonObject[]> = new Map([
  [
    'http://terminology.hl7.org/CodeSystem/adverse-event-seriousness',
    [
      { code: 'non-serious', display: 'Non-serious' },
      { code: 'serious', display: 'Serious' },
    ],
  ],
]);

/** Returns the definition with the codes that its URL has gained since R4. */
export function amended(definition: JsonObject): JsonObject {
  const later = laterConcepts.get(definition['url'] as string);
  if (later === undefined || definition['resourceType'] !== 'CodeSystem') return definition;
  const concepts = (definition['concept'] ?? []) as readonly JsonObject[];
  return { ...definition, concept: [...concepts, ...later] };
}
