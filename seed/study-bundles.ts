import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../src/fhir/json/json-value.ts';
import type { Resource } from '../src/fhir/resource.ts';

/** A resource of the seed, stamped with the digest of its content, so that a later start knows it again. */
export interface SeedResource extends Resource {
  readonly id: string;
}

const sourcePrefix = 'urn:cart-her2:seed:';

/** Returns the resources of the study in load order: the entries of `seed/study/*.json`. */
export function readStudy(directory = join(import.meta.dirname, 'study')): readonly SeedResource[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => entriesOf(readFileSync(join(directory, name), 'utf8')))
    .map(stamped);
}

/**
 * Returns whether the stored resource is as some seed wrote it: its `meta.source` is the digest of the
 * rest of it. An operator's edit changes the one or the other.
 */
export function isAsSeeded(stored: Resource): boolean {
  return stored.meta?.['source'] === sourceOf(stored);
}

/** Returns whether the stored resource has the content of this seed resource. */
export function isSameSeed(stored: Resource, seed: SeedResource): boolean {
  return stored.meta?.['source'] === seed.meta?.['source'];
}

function entriesOf(text: string): readonly SeedResource[] {
  const bundle = JSON.parse(text) as { readonly entry: readonly { resource: SeedResource }[] };
  return bundle.entry.map((entry) => entry.resource);
}

/** Returns the resource with the digest of its content in `meta.source`. */
export function stamped(resource: SeedResource): SeedResource {
  const { resourceType, id, meta, ...rest } = resource;
  return { resourceType, id, meta: { ...meta, source: sourceOf(resource) }, ...rest };
}

function sourceOf(resource: JsonObject): string {
  const content = JSON.stringify({ ...resource, meta: undefined });
  return sourcePrefix + createHash('sha256').update(content).digest('hex');
}
