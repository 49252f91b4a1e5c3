import { describe, expect, it } from '@jest/globals';
import { prettyJson } from './pretty.ts';

describe('prettyJson', () => {
  it('indents as JSON.stringify does', () => {
    const value = { a: [1, { b: 'x, {y}: "z" \\ \n' }, [], {}], c: null, d: [true, [false]] };
    expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, undefined, 2));
    expect(prettyJson(JSON.stringify(value, undefined, 7))).toBe(
      JSON.stringify(value, undefined, 2),
    );
  });

  it('keeps the digits of decimals', () => {
    expect(prettyJson('{"a":1.00,"b":[1e-3,12345678901234567890]}')).toBe(
      '{\n  "a": 1.00,\n  "b": [\n    1e-3,\n    12345678901234567890\n  ]\n}',
    );
  });

  it('copes with megabytes in one string', () => {
    const text = JSON.stringify({ data: 'A"'.repeat(2_000_000) });
    expect(prettyJson(text)).toBe(JSON.stringify(JSON.parse(text), undefined, 2));
  });
});
