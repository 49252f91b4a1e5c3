import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { entryNamed } from './bundle-place.ts';
import { itemsOf } from './json-array.ts';
import { report, type BundlePlace, type Pass } from './pass.ts';

/**
 * Reports the entries of a document that do not belong to it: it holds the Composition, what this leads
 * to, a stylesheet (Binary), and Provenance of these. An entry that only refers to one of them is worth
 * a warning, as in HL7's validator. The pass stands at the Bundle.
 *
 * @see https://hl7.org/fhir/R4/documents.html#content
 */
export function bundleReach(place: BundlePlace, pass: Pass): void {
  const entries = itemsOf(place.bundle['entry']).map(partOf);
  const [composition] = entries;
  if (composition?.resource['resourceType'] !== 'Composition') {
    return;
  }
  const { forward, backward } = linksOf(entries, place);
  const included = reach([forward], composition.resource);
  const related = reach([forward, backward], composition.resource);
  for (const [index, { resource, fullUrl }] of entries.entries()) {
    const isRelated = related.has(resource);
    const isOwn = included.has(resource) || isFree(resource, isRelated);
    if (!isOwn && fullUrl !== undefined) {
      report(pass, {
        code: 'business-rule',
        severity: isRelated ? 'warning' : 'error',
        rule: 'bundle-reach',
        text: 'Nothing leads from the Composition to the entry; a document has only what its Composition refers to, directly or not.',
        child: `entry[${index}]`,
      });
    }
  }
}

interface Part {
  readonly resource: JsonObject;
  readonly fullUrl: string | undefined;
}

function partOf(entry: JsonValue): Part {
  const { resource, fullUrl } = isJsonObject(entry) ? entry : {};
  return {
    resource: isJsonObject(resource) ? resource : {},
    fullUrl: typeof fullUrl === 'string' && isJsonObject(resource) ? fullUrl : undefined,
  };
}

function isFree({ resourceType }: JsonObject, isRelated: boolean): boolean {
  return resourceType === 'Binary' || (resourceType === 'Provenance' && isRelated);
}

type Links = ReadonlyMap<JsonObject, readonly JsonObject[]>;

function linksOf(entries: readonly Part[], place: BundlePlace) {
  const forward = new Map<JsonObject, JsonObject[]>();
  const backward = new Map<JsonObject, JsonObject[]>();
  for (const { resource, fullUrl } of entries) {
    for (const reference of referencesIn(resource)) {
      const target = entryNamed(place, reference, fullUrl);
      if (target !== undefined) {
        add(forward, resource, target);
        add(backward, target, resource);
      }
    }
  }
  return { forward, backward };
}

function add(links: Map<JsonObject, JsonObject[]>, from: JsonObject, to: JsonObject): void {
  const known = links.get(from);
  if (known === undefined) {
    links.set(from, [to]);
  } else {
    known.push(to);
  }
}

/** Returns the literal references of a resource, those of its contained ones too. */
function referencesIn(resource: JsonObject): ReadonlySet<string> {
  const found = new Set<string>();
  const left: JsonValue[] = [resource];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (isJsonObject(value) && typeof value['reference'] === 'string') {
      found.add(value['reference'].replace(/#.*$/, ''));
    }
    if (typeof value === 'object' && value !== null) {
      for (const child of Object.values(value) as JsonValue[]) {
        left.push(child);
      }
    }
  }
  return found;
}

function reach(directions: readonly Links[], from: JsonObject): ReadonlySet<JsonObject> {
  const reached = new Set([from]);
  for (const resource of reached) {
    for (const links of directions) {
      for (const next of links.get(resource) ?? []) {
        reached.add(next);
      }
    }
  }
  return reached;
}
