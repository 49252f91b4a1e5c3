import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyObjectText } from '../../../test/support/json-text.ts';
import refused from '../../../test/cases/json/refused.json' with { type: 'json' };
import stamped from '../../../test/cases/json/stamped.json' with { type: 'json' };
import { itemsAt, membersAt } from '../json-text.ts';
import type { JsonDocument } from './json-document.ts';
import { isJsonObject, type JsonValue } from './json-value.ts';
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
  return { kind: result.failure.kind, problem: issue?.text, expression: issue?.expression?.[0] };
}

describe('parseDocument', () => {
  it.each(refused)('refuses $name', ({ text, problem, expression }) => {
    expect(refusal(text)).toEqual({ kind: 'malformed', problem, expression });
  });

  it('accepts a depth at the limit and refuses one beyond', () => {
    const nested = (depth: number) => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
    const array = (depth: number) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(parseDocument(nested(64), limits).ok).toBe(true);
    expect(parseDocument(array(63), limits).ok).toBe(true);
    expect(refusal(nested(65)).problem).toMatch(/deeper than 64/);
    expect(refusal(array(64)).problem).toMatch(/deeper than 64/);
    expect(refusal('{"a":' + '['.repeat(1_000_000)).problem).toMatch(/deeper than 64/);
  });

  it('does not slow down with the number of names in one object', () => {
    const names = Array.from({ length: 50_000 }, (_, index) => `"n${index}":1`).join(',');
    expect(parseDocument(`{${names}}`, limits).ok).toBe(true);
    expect(refusal(`{${names},"n0":2}`).expression).toBe('Resource.n0');
  });

  it('finds every reference, in the order of the text', () => {
    const text = '{"a":{"reference":"Patient/1"},"b":[{"reference":"\\u0023x"}],"reference":5}';
    const { references } = parsed(text);
    expect(references.map(({ value, start, end }) => [value, text.slice(start, end)])).toEqual([
      ['Patient/1', 'Patient/1'],
      ['#x', '\\u0023x'],
    ]);
  });

  it('keeps every text and every digit, however the value is printed', () => {
    fc.assert(
      fc.property(anyObjectText, (text) => {
        const document = parsed(text);
        expect(document.text).toBe(text);
        expect(document.value).toEqual(JSON.parse(text));
        expectDigits(document, document.value, text.indexOf('{'));
      }),
    );
  });

  it('accepts exactly what JSON.parse accepts, apart from its own rules', () => {
    fc.assert(
      fc.property(anyObjectText, fc.nat(), fc.nat(3), anyPiece, (whole, at, removed, piece) => {
        const place = at % (whole.length + 1);
        const text = whole.slice(0, place) + piece + whole.slice(place + removed);
        const result = parseDocument(text, limits);
        if (result.ok) expect(result.value.value).toEqual(JSON.parse(text));
        else if (!ownRules.test(result.failure.issues[0]?.text ?? '')) {
          expect(isJsonObject(parsedOrUndefined(text))).toBe(false);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

const ownRules = /not allowed|occurs twice|NUL|surrogate|deeper/;
const anyPiece = fc.oneof(fc.string({ maxLength: 3 }), fc.stringMatching(/^[{}[\]":,\\\-.0e \n]$/));

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Walks text and tree together: a number either prints as it was written, or its text is kept. */
function expectDigits(document: JsonDocument, value: JsonValue | undefined, start: number): void {
  const { text, numberTexts } = document;
  const children: readonly [string | number, number, number][] = [
    ...(membersAt(text, start) ?? []).map(({ name, valueStart, end }) => [name, valueStart, end]),
    ...(itemsAt(text, start) ?? []).map((item, index) => [index, item.start, item.end]),
  ] as [string | number, number, number][];
  for (const [step, childStart, childEnd] of children) {
    const parent = value as unknown as Record<string | number, JsonValue>;
    const child = parent[step];
    const kept = numberTexts.get(parent)?.get(step);
    if (typeof child === 'number') {
      const written = text.slice(childStart, childEnd);
      expect(kept).toBe(String(child) === written ? undefined : written);
    } else {
      expect(kept).toBeUndefined();
      expectDigits(document, child, childStart);
    }
  }
}

describe('stampDocument', () => {
  const stamp = { id: '1', versionId: 2, lastUpdated: '2024-03-04T02:00:00.000Z' };

  it.each(stamped)('splices a resource $name', ({ text, stamped: expected }) => {
    expect(stampDocument(parsed(text), stamp)).toBe(expected);
  });

  it('says what the server says and keeps the bytes of every other member', () => {
    fc.assert(
      fc.property(anyObjectText, (text) => {
        const before = parsed(text);
        const after = parsed(stampDocument(before, stamp));
        const { id, versionId, lastUpdated } = stamp;
        const meta = isJsonObject(before.value['meta']) ? before.value['meta'] : {};
        expect(after.value).toEqual({
          ...before.value,
          id,
          meta: { ...meta, versionId: String(versionId), lastUpdated },
        });
        expect(otherMembers(after)).toEqual(otherMembers(before));
      }),
    );
  });
});

function otherMembers({ text }: JsonDocument): readonly string[] {
  return (membersAt(text, text.indexOf('{')) ?? [])
    .filter(({ name }) => name !== 'id' && name !== 'meta')
    .map(({ start, end }) => text.slice(start, end));
}

describe('subDocument', () => {
  const resource = `{ "resourceType":"Observation", "n":1.0, "meta" :{},"id":"x",
    "subject":{"reference":"Patient/1"}, "resource":{"id":"inner","focus":{"reference":"A/2"}} }`;

  it('cuts a resource out of a Bundle as it came, and all that is known of it', () => {
    const bundle = parsed(
      `{"entry":[{"resource":{"a":{"reference":"B/1"}}},{"resource":${resource}},{"x":{"reference":"C/1"}}]}`,
    );
    const cut = subDocument(bundle, ['entry', 1, 'resource']);
    expect(cut).toEqual({ ...parsed(resource), numberTexts: bundle.numberTexts });
    expect(cut?.value).toBe((bundle.value as { entry: { resource: object }[] }).entry[1]?.resource);
    expect(cut?.numberTexts.get(cut.value)?.get('n')).toBe('1.0');
  });

  it('cuts again out of what was cut', () => {
    const bundle = parsed(`{"entry":[{"resource":${resource}}]}`);
    const cut = subDocument(bundle, ['entry', 0, 'resource']);
    const inner = cut && subDocument(cut, ['resource']);
    expect(inner?.text).toBe('{"id":"inner","focus":{"reference":"A/2"}}');
    expect(inner?.references).toEqual(parsed(inner?.text ?? '').references);
    expect(inner?.id).toEqual(parsed(inner?.text ?? '').id);
  });

  it('finds none where there is none', () => {
    const bundle = parsed('{"entry":[{"resource":{}},{"resource":[]},{}]}');
    expect(subDocument(bundle, ['entry', 1, 'resource'])).toBeUndefined();
    expect(subDocument(bundle, ['entry', 2, 'resource'])).toBeUndefined();
    expect(subDocument(bundle, ['entry', 7, 'resource'])).toBeUndefined();
  });
});
