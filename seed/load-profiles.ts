import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from '../src/fhir/json/parse.ts';
import { stampDocument } from '../src/fhir/json/stamp.ts';
import { instantAfter } from '../src/fhir/instant.ts';
import { unrestricted, type ResourceStore, type Write } from '../src/store/resource-store.ts';
import type { StudyLoader } from './load-study.ts';
import { findOutdated, type Outdated } from './outdated.ts';
import { stamped, type SeedResource } from './study-bundles.ts';

const compiled = join(import.meta.dirname, '../profiles/fsh-generated/resources');

/**
 * Brings the implementation guide into the store, so that clients read and search its profiles, value
 * sets and search parameters, and returns the number of resources written. A second time writes
 * nothing; what an operator has edited is kept. They are valid by a test of this repository: judging
 * 6 MB again at the first start would take a second.
 */
export async function loadProfiles(loader: StudyLoader): Promise<number> {
  const context = loader.context();
  const names = readdirSync(compiled).sort();
  const guide = digestOf(names);
  if (await isLoaded(context.store, names[0] ?? '', guide)) return 0;
  const outdated = await findOutdated(context.store, readGuide(names, guide));
  if (outdated.length === 0) return 0;
  const writes = outdated.map((one) => writeOf(loader, one));
  const preconditions = outdated.map(({ resource, current }) => {
    const key = { type: resource.resourceType, id: resource.id };
    return current === undefined
      ? ({ kind: 'absent', key } as const)
      : ({ kind: 'versionIs', key, versionId: current.versionId } as const);
  });
  const committed = await context.store.commit({ writes, preconditions });
  if (!committed.ok || committed.value.kind === 'mismatch') {
    throw new Error('The profiles could not be stored.');
  }
  context.publish?.(writes);
  return writes.length;
}

/** The digest of the whole guide: all of it is written in one commit. */
function digestOf(names: readonly string[]): string {
  const hash = createHash('sha256');
  for (const name of names) hash.update(readFileSync(join(compiled, name)));
  return hash.digest('hex');
}

/** Whether this guide was loaded before: its first resource says so. */
async function isLoaded(store: ResourceStore, name: string, guide: string): Promise<boolean> {
  const [type = '', ...id] = name.replace(/\.json$/, '').split('-');
  const stored = await store.read({ type, id: id.join('-') }, unrestricted);
  return stored?.text?.includes(guide) === true;
}

/** The resources as SUSHI made them, tagged with the digest of their guide. */
function* readGuide(names: readonly string[], guide: string): Generator<SeedResource> {
  const tag = [{ system: 'urn:cart-her2:guide', code: guide }];
  for (const name of names) {
    const resource = JSON.parse(readFileSync(join(compiled, name), 'utf8')) as SeedResource;
    yield stamped({ ...resource, meta: { ...resource.meta, tag } });
  }
}

function writeOf(loader: StudyLoader, { resource, current }: Outdated): Write {
  const { clock, index, limits } = loader.context();
  const document = parseDocument(JSON.stringify(resource), { depthMax: limits.jsonDepthMax });
  if (!document.ok) throw new Error(`${resource.id} is no JSON that the server takes.`);
  const now = clock();
  const stamp = {
    type: resource.resourceType,
    id: resource.id,
    versionId: (current?.versionId ?? 0) + 1,
    lastUpdated: current === undefined ? now : instantAfter(current.lastUpdated, now),
    method: 'PUT' as const,
  };
  return {
    ...stamp,
    text: stampDocument(document.value, stamp),
    entries: index(document.value, loader.baseUrl),
  };
}
