import { describe, expect, it } from '@jest/globals';
import rows from '../../test/cases/patch/fhirpath-patch.json' with { type: 'json' };
import { testR4 } from '../../test/support/definitions.ts';
import type { Terminology } from './definitions/terminology.ts';
import { applyFhirPathPatch } from './fhirpath-patch.ts';
import { parseDocument } from './json/parse.ts';

const environment = { definitions: testR4(), terminology: {} as Terminology };

/** The patch of rows `{ type, path, … }`: each further member is a part, its value as it stands. */
function patched(text: string, operations: string) {
  const patch = parseDocument(`{"resourceType":"Parameters","parameter":${operations}}`, {
    depthMax: 64,
  });
  return patch.ok ? applyFhirPathPatch(text, patch.value, environment) : patch;
}

describe('FHIRPath Patch', () => {
  it.each(rows.applied)('$title', ({ text, operations, expected }) => {
    const result = patched(text, operations);
    expect(result.ok ? result.value : result.failure.issues).toBe(expected);
  });

  it.each(rows.refused)('refuses $title', ({ text, operations, kind }) => {
    const result = patched(text, operations);
    expect(result.ok ? result.value : result.failure.kind).toBe(kind);
  });
});
