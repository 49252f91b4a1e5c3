import { describe, expect, it } from '@jest/globals';
import { instantOf } from '../fhir/instant.ts';
import { pageOf, pageParameter, pageUrl } from './page-link.ts';
import type { RestContext, RestRequest } from './rest.ts';

const began = 1_700_000_000_000;
const context = (passedMs: number, linkKey = 'key') =>
  ({
    linkKey,
    clock: () => instantOf(began + passedMs),
    limits: { pageLinkMsMax: 60_000 },
  }) as RestContext;
const request = (query: RestRequest['query'], path = ['Patient']): RestRequest => ({
  method: 'GET',
  path,
  query,
  header: () => undefined,
  baseUrl: 'http://localhost/fhir',
  access: {},
});
const state = { path: 'Patient', query: [['name', 'x']] as const, cursor: { row: 7 }, began };

const link = pageUrl(context(0), request([['_format', 'json']]), state);
const token = new URL(link).searchParams.get(pageParameter) ?? '';

describe('a page link', () => {
  it('leads back to its state and keeps the format', () => {
    expect(new URL(link).searchParams.get('_format')).toBe('json');
    expect(pageOf(context(60_000), request([[pageParameter, token]]))).toEqual({
      ok: true,
      value: state,
    });
  });

  it('hides what was searched', () => {
    expect(Buffer.from(token, 'base64url').includes('name')).toBe(false);
  });

  it('expires', () => {
    const page = pageOf(context(60_001), request([[pageParameter, token]]));
    expect(page.ok ? undefined : page.failure.kind).toBe('page-expired');
  });

  it.each([
    ['changed', `${token.slice(0, -2)}AA`],
    ['cut', token.slice(0, 20)],
    ['empty', ''],
    ['not base64', '%%%'],
  ])('is refused when it is %s', (_title, changed) => {
    const page = pageOf(context(0), request([[pageParameter, changed]]));
    expect(page.ok ? undefined : page.failure.kind).toBe('invalid-parameter');
  });

  it('is refused under another path and from another process', () => {
    const elsewhere = pageOf(context(0), request([[pageParameter, token]], ['Observation']));
    const later = pageOf(context(0, 'other'), request([[pageParameter, token]]));
    expect([elsewhere.ok, later.ok]).toEqual([false, false]);
  });
});
