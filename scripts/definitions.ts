import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import type { DefinitionIndex, Chunk } from '../src/fhir/definitions/definition-source.ts';
import type { JsonObject } from '../src/fhir/json/json-value.ts';
import { amended } from './amendment.ts';
import { compact } from './compact-definition.ts';
import { unpackR4 } from './r4-package.ts';

interface Definition extends JsonObject {
  readonly resourceType: string;
  readonly url: string;
}

const root = join(import.meta.dirname, '..');
const target = join(root, 'src/fhir/definitions/r4');

/** Writes the artefact that the server reads: an index and one compressed chunk for each definition. */
function writeDefinitions(): void {
  const definitions = readPackage(unpackR4(join(root, '.cache')));
  const chunks: Buffer[] = [];
  let offset = 0;
  const add = (value: unknown): Chunk => {
    const bytes = deflateRawSync(JSON.stringify(value), { level: 9 });
    const chunk: Chunk = [offset, bytes.length];
    chunks.push(bytes);
    offset += bytes.length;
    return chunk;
  };
  const index = indexOf(definitions, add);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'index.json'), `${JSON.stringify(index, null, 1)}\n`);
  writeFileSync(join(target, 'definitions.bin'), Buffer.concat(chunks));
  console.log(`${definitions.length} definitions, ${offset} bytes`);
}

function indexOf(
  definitions: readonly Definition[],
  add: (value: unknown) => Chunk,
): DefinitionIndex {
  const ofType = (type: string) => definitions.filter((one) => one.resourceType === type);
  const chunksOf = (type: string) =>
    Object.fromEntries(ofType(type).map((one) => [one.url, add(compact(amended(one)))]));
  const structures = ofType('StructureDefinition');
  const searchParameters = ofType('SearchParameter');
  const bases = [...new Set(searchParameters.flatMap(basesOf))].sort();
  return {
    resourceTypes: structures.filter(isResourceType).map((one) => one['type'] as string),
    structureDefinitions: chunksOf('StructureDefinition'),
    searchParameters: Object.fromEntries(
      bases.map((base) => [
        base,
        add(searchParameters.filter((one) => basesOf(one).includes(base)).map(compact)),
      ]),
    ),
    searchParameterBases: Object.fromEntries(
      searchParameters.map((one) => [one.url, basesOf(one)[0] ?? '']),
    ),
    valueSets: chunksOf('ValueSet'),
    codeSystems: chunksOf('CodeSystem'),
    compartments: Object.fromEntries(
      ofType('CompartmentDefinition')
        .filter((one) => !isExample(one))
        .map((one) => [one['code'] as string, add(compact(one))]),
    ),
  };
}

function readPackage(directory: string): readonly Definition[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json') && name !== 'package.json' && !name.startsWith('.'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')) as Definition)
    .filter((one) => typeof one.url === 'string' && !(isSearchParameter(one) && isExample(one)));
}

function isSearchParameter(definition: Definition): boolean {
  return definition.resourceType === 'SearchParameter';
}

/** The package's own examples carry ids or URLs that say so; they describe nothing of R4. */
function isExample(definition: Definition): boolean {
  return /example/.test(`${definition['id'] as string} ${definition.url}`);
}

function isResourceType(definition: Definition): boolean {
  return (
    definition['kind'] === 'resource' &&
    definition['abstract'] === false &&
    definition['derivation'] === 'specialization'
  );
}

function basesOf(definition: Definition): readonly string[] {
  return (definition['base'] ?? []) as readonly string[];
}

writeDefinitions();
