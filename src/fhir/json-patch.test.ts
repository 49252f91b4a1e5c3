import { describe, expect, it } from '@jest/globals';
import rows from '../../test/cases/patch/json-patch.json' with { type: 'json' };
import { applyJsonPatch } from './json-patch.ts';

describe('JSON Patch', () => {
  it.each(rows.applied)('$title', ({ text, patch, expected }) => {
    const patched = applyJsonPatch(text, patch);
    expect(patched.ok ? patched.value : patched.failure.issues).toBe(expected);
  });

  it.each(rows.refused)('refuses $title', ({ text, patch, kind }) => {
    const patched = applyJsonPatch(text, patch);
    expect(patched.ok ? patched.value : patched.failure.kind).toBe(kind);
  });
});
