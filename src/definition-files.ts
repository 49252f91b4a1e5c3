import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { createDefinitions, isConformanceResource } from './fhir/definitions/create-definitions.ts';
import type { DefinitionIndex } from './fhir/definitions/definition-source.ts';
import type { ConformanceResource, Definitions } from './fhir/definitions/definitions.ts';
import { lazyStructure } from './fhir/definitions/lazy-structure.ts';

const root = join(import.meta.dirname, '..');

/** Returns the official R4 definitions of the committed artefact; `npm run definitions` makes it. */
export function readR4(): Definitions {
  const directory = join(root, 'src/fhir/definitions/r4');
  const index = JSON.parse(readFileSync(join(directory, 'index.json'), 'utf8')) as DefinitionIndex;
  const bytes = readFileSync(join(directory, 'definitions.bin'));
  return createDefinitions({
    index,
    read: ([offset, length]) => inflateRawSync(bytes.subarray(offset, offset + length)).toString(),
  });
}

/**
 * Returns the trial's conformance resources, as SUSHI made them from `profiles/`. The elements of a
 * profile are parsed when they are asked for.
 */
export function readProfiles(
  directory = join(root, 'profiles/fsh-generated/resources'),
): readonly ConformanceResource[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => lazyStructure(readFileSync(join(directory, name), 'utf8')))
    .filter(isConformanceResource);
}

/** Returns R4 with the trial's own definitions on top: what the server starts with. */
export function readDefinitions(): Definitions {
  return readR4().with(readProfiles());
}
