import { namesVersion, withoutVersion } from '../definitions/canonical.ts';
import type { JsonObject } from '../json/json-value.ts';
import { objectsOf } from './questionnaire-tree.ts';

/**
 * Returns the last of the resources that is the Questionnaire which a canonical names: by its URL, and
 * its version when the canonical has one.
 *
 * @see https://hl7.org/fhir/R4/references.html#canonical
 */
export function questionnaireNamed<Candidate extends JsonObject>(
  canonical: string,
  candidates: readonly Candidate[],
): Candidate | undefined {
  return candidates.findLast(
    (one) =>
      one['resourceType'] === 'Questionnaire' &&
      one['url'] === withoutVersion(canonical) &&
      isOfVersion(canonical, one),
  );
}

/** Returns whether a Questionnaire has the version that a canonical names, if it names one. */
export function isOfVersion(canonical: string, { version }: JsonObject): boolean {
  return namesVersion(canonical, typeof version === 'string' ? version : undefined);
}

/** Returns the resource that a resource contains under `#id`. */
export function containedIn(resource: JsonObject, fragment: string): JsonObject | undefined {
  const id = fragment.slice(1);
  return objectsOf(resource['contained']).find(([one]) => one['id'] === id)?.[0];
}
