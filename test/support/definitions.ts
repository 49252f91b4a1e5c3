import { readDefinitions, readR4 } from '../../src/definition-files.ts';
import type { Definitions } from '../../src/fhir/definitions/definitions.ts';

/** Returns R4 with the trial's definitions, read once for each test file. */
export function testDefinitions(): Definitions {
  known.trial ??= readDefinitions();
  return known.trial;
}

/** Returns R4 alone, read once for each test file. */
export function testR4(): Definitions {
  known.r4 ??= readR4();
  return known.r4;
}

const known: { trial?: Definitions; r4?: Definitions } = {};
