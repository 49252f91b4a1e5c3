import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { StructureDefinition } from '@medplum/fhirtypes';
import { createDefinitions, isConformanceResource } from './fhir/definitions/create-definitions.ts';
import type { DefinitionIndex } from './fhir/definitions/definition-source.ts';
import type { ConformanceResource, Definitions } from './fhir/definitions/definitions.ts';

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
    .map((name) => resourceOf(readFileSync(join(directory, name))))
    .filter(isConformanceResource);
}

/** How SUSHI begins the elements of a profile, which are nearly all of its text and come last. */
const elementsStart = ',\n  "snapshot": {';

function resourceOf(bytes: Buffer): ConformanceResource {
  const at = bytes.indexOf(elementsStart);
  if (at === -1) return JSON.parse(bytes.toString()) as ConformanceResource;
  const head = JSON.parse(`${bytes.toString('utf8', 0, at)}}`) as StructureDefinition;
  let elements: Elements | undefined;
  const parsed = (): Elements => {
    elements ??= JSON.parse(`{${bytes.toString('utf8', at + 1)}`) as Elements;
    return elements;
  };
  return Object.defineProperties(head, {
    snapshot: { enumerable: true, get: () => parsed().snapshot },
    differential: { enumerable: true, get: () => parsed().differential },
  });
}

type Elements = Pick<StructureDefinition, 'snapshot' | 'differential'>;

/** Returns R4 with the trial's own definitions on top: what the server starts with. */
export function readDefinitions(): Definitions {
  return readR4().with(readProfiles());
}
