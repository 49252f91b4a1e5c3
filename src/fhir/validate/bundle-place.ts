import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import type { BundlePlace, Pass } from './pass.ts';

/** Returns the place of a Bundle, before any of its entries. */
export function bundlePlace(bundle: JsonObject): BundlePlace {
  const byFullUrl = new Map<string, JsonObject>();
  for (const entry of entriesOf(bundle)) {
    const fullUrl = entry['fullUrl'];
    const resource = entry['resource'];
    if (typeof fullUrl === 'string' && isJsonObject(resource) && !byFullUrl.has(fullUrl)) {
      byFullUrl.set(fullUrl, resource);
    }
  }
  return { bundle, byFullUrl, fullUrl: undefined };
}

/** Returns the entries of a Bundle that are objects. */
export function entriesOf(bundle: JsonObject): readonly JsonObject[] {
  const entries = bundle['entry'];
  return Array.isArray(entries) ? entries.filter(isJsonObject) : [];
}

/** Returns a function that resolves references inside the document; it never leaves it. */
export function resolverOf(pass: Pass): (reference: string) => JsonObject | undefined {
  const { rootResource, bundles } = pass;
  const fullUrl = bundles.at(-1)?.fullUrl;
  return (reference) => resolveInside({ rootResource, bundles, fullUrl }, reference);
}

/** Returns what a reference names inside the same resource or the Bundles around it. */
export function resolveInPass(pass: Pass, reference: string): JsonObject | undefined {
  if (pass.bundles.length === 0 && !reference.includes('#')) {
    return undefined;
  }
  return resolveInside(
    {
      rootResource: pass.rootResource,
      bundles: pass.bundles,
      fullUrl: pass.bundles.at(-1)?.fullUrl,
    },
    reference,
  );
}

/** Returns the resource of the entry that a reference names, as it stands in the entry with `fullUrl`. */
export function entryNamed(
  { byFullUrl }: Pick<BundlePlace, 'byFullUrl'>,
  reference: string,
  fullUrl: string | undefined,
): JsonObject | undefined {
  return byFullUrl.get(reference) ?? byFullUrl.get(absolute(reference, fullUrl) ?? '');
}

interface Inside {
  readonly rootResource: JsonObject;
  readonly bundles: readonly BundlePlace[];
  readonly fullUrl: string | undefined;
}

/** @see https://hl7.org/fhir/R4/bundle.html#references */
function resolveInside(inside: Inside, reference: string): JsonObject | undefined {
  if (reference.startsWith('#')) {
    return containedIn(inside.rootResource, reference.slice(1));
  }
  const at = reference.indexOf('#');
  if (at > 0) {
    const container = resolveInside(inside, reference.slice(0, at));
    return container && containedIn(container, reference.slice(at + 1));
  }
  for (const { byFullUrl } of inside.bundles.toReversed()) {
    const found = entryNamed({ byFullUrl }, reference, inside.fullUrl);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function containedIn(resource: JsonObject, id: string): JsonObject | undefined {
  if (id === '') {
    return resource;
  }
  const contained = resource['contained'];
  return Array.isArray(contained)
    ? contained.filter(isJsonObject).find((candidate) => candidate['id'] === id)
    : undefined;
}

/** A relative reference means the same server as the entry that holds it. */
function absolute(reference: string, fullUrl: string | undefined): string | undefined {
  if (fullUrl === undefined || !/^https?:/.test(fullUrl) || reference.includes(':')) {
    return undefined;
  }
  const [type, id] = reference.split('/');
  const base = fullUrl.split('/').slice(0, -2).join('/');
  return `${base}/${type ?? ''}/${id ?? ''}`;
}
