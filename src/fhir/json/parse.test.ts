import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseDocument } from './parse.ts';
import { stampDocument } from './stamp.ts';
import { subDocument } from './sub-document.ts';

const limits = { depthMax: 64 };

function parsed(text: string) {
  const result = parseDocument(text, limits);
  if (!result.ok) throw new Error(result.failure.issues[0]?.text);
  return result.value;
}

function refusal(text: string) {
  const result = parseDocument(text, limits);
  if (result.ok) throw new Error('was accepted');
  const [issue] = result.failure.issues;
  return { kind: result.failure.kind, text: issue?.text, expression: issue?.expression?.[0] };
}

describe('parseDocument', () => {
  it.each([
    [
      'a duplicate name',
      '{"resourceType":"Patient","name":[{"family":"a","family":"b"}]}',
      /occurs twice/,
    ],
    ['a duplicate name behind an escape', '{"a":1,"\\u0061":2}', /occurs twice/],
    ['__proto__', '{"a":{"__proto__":1}}', /not allowed/],
    ['constructor', '{"a":[{"constructor":1}]}', /not allowed/],
    ['an escaped prototype', '{"prototyp\\u0065":1}', /not allowed/],
    ['NUL', '{"a":"\\u0000"}', /NUL/],
    ['a lone high surrogate', '{"a":"\\ud83d"}', /surrogate/],
    ['a lone low surrogate', '{"a":"\\ude00"}', /surrogate/],
    ['a raw lone surrogate', '{"a":"\ud83d"}', /surrogate/],
    ['a raw control character', '{"a":"\n"}', /control character/],
    ['text after the end', '{} {}', /after the end/],
    ['an array as root', '[]', /not a JSON object/],
    ['nothing', '', /not a JSON object/],
    ['a trailing comma', '{"a":1,}', /name in quotes/],
    ['a leading zero', '{"a":01}', /not JSON/],
    ['a bare word', '{"a":nul}', /not JSON/],
    ['an unknown escape', '{"a":"\\x"}', /escape/],
    ['a comment', '{"a":1 /* b */}', /comma or the end/],
    ['a string without an end', '{"a":"b', /does not end/],
  ])('refuses %s', (_, text, problem) => {
    expect(refusal(text)).toMatchObject({
      kind: 'malformed',
      text: expect.stringMatching(problem),
    });
  });

  it('names the element, line and column', () => {
    const text = '{"resourceType":"Patient",\n "name":[{"family":"a","family":"b"}]}';
    expect(refusal(text)).toEqual({
      kind: 'malformed',
      text: 'The name "family" occurs twice (line 2, column 24).',
      expression: 'Patient.name[0]',
    });
  });

  it('accepts a depth at the limit and refuses one beyond', () => {
    const nested = (depth: number) => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
    expect(parseDocument(nested(64), limits).ok).toBe(true);
    expect(refusal(nested(65)).text).toMatch(/deeper than 64/);
  });

  it('keeps the text of numbers that JavaScript prints differently', () => {
    const { value, numberTexts } = parsed('{"a":1.00,"b":[1e-3,12345678901234567890,7],"c":1.5}');
    expect(numberTexts.get(value)?.get('a')).toBe('1.00');
    expect(numberTexts.get(value)?.has('c')).toBe(false);
    const texts = numberTexts.get(value['b'] as unknown as object);
    expect([texts?.get(0), texts?.get(1), texts?.get(2)]).toEqual([
      '1e-3',
      '12345678901234567890',
      undefined,
    ]);
  });

  it('finds every reference', () => {
    const text = '{"a":{"reference":"Patient/1"},"b":[{"reference":"\\u0023x"}],"reference":5}';
    const { references } = parsed(text);
    expect(references.map(({ value, start, end }) => [value, text.slice(start, end)])).toEqual([
      ['Patient/1', 'Patient/1'],
      ['#x', '\\u0023x'],
    ]);
  });

  it('accepts exactly what JSON.parse accepts, apart from its own rules', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), fc.nat(), fc.string(), (json, at, piece) => {
        const whole = `{"a":${json}}`;
        const place = at % (whole.length + 1);
        const text = whole.slice(0, place) + piece + whole.slice(place);
        const result = parseDocument(text, { depthMax: Infinity });
        if (result.ok) {
          expect(result.value.value).toEqual(JSON.parse(text));
        } else if (/not allowed|twice|NUL|surrogate/.test(result.failure.issues[0]?.text ?? '')) {
          return;
        } else {
          expect(() => {
            const value: unknown = JSON.parse(text);
            if (typeof value !== 'object' || value === null || Array.isArray(value))
              throw new Error();
          }).toThrow();
        }
      }),
    );
  });
});

describe('stampDocument', () => {
  const stamp = { id: '1', versionId: 2, lastUpdated: '2024-03-04T02:00:00.000Z' };
  const server = '"versionId":"2","lastUpdated":"2024-03-04T02:00:00.000Z"';

  it.each([
    [
      'without id and meta',
      '{ "resourceType" : "Basic" , "n" : 1.00 }',
      `{ "resourceType" : "Basic","id":"1","meta":{${server}} , "n" : 1.00 }`,
    ],
    [
      'with both',
      '{"resourceType":"Basic","meta":{"versionId":"9","profile":["p"]},\t"id":"x"}',
      '{"resourceType":"Basic","meta":{"versionId":"2","profile":["p"],"lastUpdated":"2024-03-04T02:00:00.000Z"},\t"id":"1"}',
    ],
    [
      'with an empty meta',
      '{"id":"x","meta":{},"resourceType":"Basic"}',
      `{"id":"1","meta":{${server}},"resourceType":"Basic"}`,
    ],
    [
      'with an id alone',
      '{"resourceType":"Basic","id":"x"}',
      `{"resourceType":"Basic","id":"1","meta":{${server}}}`,
    ],
  ])('splices a resource %s', (_, text, expected) => {
    expect(stampDocument(parsed(text), stamp)).toBe(expected);
  });
});

describe('subDocument', () => {
  it('cuts a resource out of a Bundle as it came', () => {
    const bundle = parsed('{"entry":[{"resource": { "id":"x", "n":1.0 } }]}');
    const resource = subDocument(bundle, ['entry', 0, 'resource']);
    expect(resource?.text).toBe('{ "id":"x", "n":1.0 }');
    expect(resource?.numberTexts.get(resource.value)?.get('n')).toBe('1.0');
    expect(subDocument(bundle, ['entry', 1, 'resource'])).toBeUndefined();
  });
});
