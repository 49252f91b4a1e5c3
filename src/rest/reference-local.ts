import type { ResourceKey } from '../fhir/resource.ts';

/**
 * Returns the resource of this server that a literal reference names: relative, or absolute below
 * `baseUrl`; a version and a fragment are left out. Undefined for every other reference.
 *
 * @see https://hl7.org/fhir/R4/references.html#literal
 */
export function localTarget(reference: string, baseUrl: string): ResourceKey | undefined {
  const relative = reference.startsWith(`${baseUrl}/`)
    ? reference.slice(baseUrl.length + 1)
    : reference;
  const match = pattern.exec(relative);
  const [, type, id] = match ?? [];
  return type !== undefined && id !== undefined ? { type, id } : undefined;
}

const pattern =
  /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?(?:#.*)?$/u;

/** Returns whether an id has the form of those that this server makes: a random UUID in lower case. */
export function isServerId(id: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u.test(id);
}
