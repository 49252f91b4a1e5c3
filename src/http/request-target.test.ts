import { describe, expect, it } from '@jest/globals';
import { requestTarget } from './request-target.ts';

describe('requestTarget', () => {
  it.each([
    ['/', [], []],
    ['/Patient/1', ['Patient', '1'], []],
    ['/Patient/1/', ['Patient', '1'], []],
    ['/Patient//1', ['Patient', '', '1'], []],
    ['/R4/Patient', ['Patient'], []],
    ['/R4', [], []],
    ['/?_count=1', [], [['_count', '1']]],
    [
      '/Patient?a=1&a=2&=x&b',
      ['Patient'],
      [
        ['a', '1'],
        ['a', '2'],
        ['b', ''],
      ],
    ],
    [
      '/Patient?name=J%C3%BCrgen+X&c=a%3Db=c',
      ['Patient'],
      [
        ['name', 'Jürgen X'],
        ['c', 'a=b=c'],
      ],
    ],
    ['/Patient/%31', ['Patient', '1'], []],
  ])('reads %s', (url, path, query) => {
    expect(requestTarget(url)).toEqual({ ok: true, value: { path, query } });
  });

  it.each(['/Patient/%', '/Patient?name=%zz', '/Patient?name=%FF', '/Patient?%C3=x'])(
    'refuses the broken encoding of %s',
    (url) => {
      const target = requestTarget(url);
      expect(target.ok ? undefined : target.failure.kind).toBe('invalid-request');
    },
  );
});
