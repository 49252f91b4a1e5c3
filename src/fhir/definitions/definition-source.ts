/** Where a definition lies among the compressed chunks: offset and length in bytes. */
export type Chunk = readonly [offset: number, length: number];

/** The index of the official definitions: canonical URL (or name) to chunk. */
export interface DefinitionIndex {
  readonly resourceTypes: readonly string[];
  readonly structureDefinitions: Readonly<Record<string, Chunk>>;
  /** All search parameters of one base type lie in one chunk, as an array. */
  readonly searchParameters: Readonly<Record<string, Chunk>>;
  /** The first base type of each search parameter. */
  readonly searchParameterBases: Readonly<Record<string, string>>;
  readonly valueSets: Readonly<Record<string, Chunk>>;
  readonly codeSystems: Readonly<Record<string, Chunk>>;
  /** By code of the compartment. */
  readonly compartments: Readonly<Record<string, Chunk>>;
}

/** The official definitions, to be read one at a time. */
export interface DefinitionSource {
  readonly index: DefinitionIndex;
  /** The JSON text of a chunk. */
  readonly read: (chunk: Chunk) => string;
}
