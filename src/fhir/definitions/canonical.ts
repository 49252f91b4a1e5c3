/** Returns the canonical without its `|version`. */
export function withoutVersion(canonical: string): string {
  const bar = canonical.indexOf('|');
  return bar === -1 ? canonical : canonical.slice(0, bar);
}

/**
 * Returns whether the canonical names this version, or none.
 *
 * @see https://hl7.org/fhir/R4/references.html#canonical
 */
export function namesVersion(canonical: string, version: string | undefined): boolean {
  const bar = canonical.indexOf('|');
  return bar === -1 || canonical.slice(bar + 1) === version;
}
