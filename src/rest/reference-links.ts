import type { JsonPath } from '../fhir/json-text.ts';
import type { Located } from './plan-located.ts';

/** Finds the new place of what a link in a Bundle points to: `Patient/1` of `urn:uuid:…`. */
export interface Links {
  /** Whether the request has any `fullUrl`. */
  readonly isEmpty: boolean;
  /** The new reference for a link as it stands in the entry with `fullUrl`; undefined to leave it. */
  resolve(link: string, fullUrl: string | undefined): string | undefined;
}

/**
 * Returns the links of a transaction: every `fullUrl` with the type and id that the server gives or
 * found. A relative link is resolved against the `fullUrl` of its own entry, then against this server.
 *
 * @see https://hl7.org/fhir/R4/bundle.html#references
 */
export function createLinks(located: readonly Located[], baseUrl: string): Links {
  const places = new Map(
    located.flatMap(({ intent, key }) =>
      'fullUrl' in intent ? [[intent.fullUrl, `${key.type}/${key.id}`] as const] : [],
    ),
  );
  return {
    isEmpty: places.size === 0,
    resolve: (link, fullUrl) => {
      const hash = link.indexOf('#');
      const [target, fragment] = hash < 0 ? [link, ''] : [link.slice(0, hash), link.slice(hash)];
      if (target === '') return undefined;
      const place = places.get(target) ?? relative(places, target, [rootOf(fullUrl), baseUrl]);
      return place === undefined ? undefined : place + fragment;
    },
  };
}

function relative(
  places: ReadonlyMap<string, string>,
  link: string,
  roots: readonly (string | undefined)[],
): string | undefined {
  if (!/^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/u.test(link)) return undefined;
  const root = roots.find((base) => base !== undefined && places.has(`${base}/${link}`));
  return root === undefined ? undefined : places.get(`${root}/${link}`);
}

/** The base of a RESTful `fullUrl`; undefined for `urn:uuid:…`. */
function rootOf(fullUrl: string | undefined): string | undefined {
  return /^(https?:.*)\/[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/u.exec(fullUrl ?? '')?.[1];
}

/** Returns the FHIRPath of a path in a resource of the type: `Observation.component[1].code`. */
export function expressionOf(type: string, path: JsonPath): string {
  return path.reduce<string>(
    (expression, step) =>
      typeof step === 'number' ? `${expression}[${step}]` : `${expression}.${step}`,
    type,
  );
}
