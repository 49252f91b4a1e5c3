import type { CodeSystem, CodeSystemConcept } from '@medplum/fhirtypes';

/**
 * Returns the codes above a code in the tree of the code system, nearest last; none when it is unknown.
 *
 * @see https://hl7.org/fhir/R4/codesystem.html#hierarchy
 */
export function ancestorsOf(codeSystem: CodeSystem, code: string): readonly string[] {
  return pathTo(codeSystem.concept ?? [], code) ?? [];
}

function pathTo(
  concepts: readonly CodeSystemConcept[],
  code: string,
): readonly string[] | undefined {
  for (const concept of concepts) {
    if (concept.code === code) return [];
    const below = pathTo(concept.concept ?? [], code);
    if (below !== undefined) return [concept.code, ...below];
  }
  return undefined;
}
