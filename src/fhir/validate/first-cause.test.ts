import { describe, expect, it } from '@jest/globals';
import type { Issue } from '../operation-outcome.ts';
import { firstCauses } from './first-cause.ts';

describe('firstCauses', () => {
  it.each([
    ['a wrong shape', ['json-type@a[0]', 'cardinality@a[0]', 'binding@a[0].b'], ['json-type@a[0]']],
    ['an array that is none', ['json-array@a', 'binding@a'], ['json-array@a']],
    ['an empty element', ['cardinality@a', 'ele-1@a', 'ext-1@a'], ['ele-1@a']],
    ['a value and a profile', ['reference-type@a', 'reference-type@a!p'], ['reference-type@a!p']],
    ['two values of an extension', ['ext-1@a', 'cardinality@a!p'], ['ext-1@a']],
    ['a type', ['type@a!p', 'patternQuantity@a!p', 'cardinality@a.b!p'], ['type@a!p']],
  ])('says once what is wrong with %s', (_what, found, left) => {
    expect(firstCauses(found.map(issueOf)).map(nameOf)).toEqual(left);
  });

  it.each([
    ['beside a wrong shape', ['primitive@a', 'binding@ab', 'cardinality@']],
    ['in a value of a type that only the profile refuses', ['type@a!p', 'coding-code@a.b']],
    ['of two members', ['element-name@a.b', 'element-name@a.c', 'primitive@a.d', 'primitive@a.e']],
    ['that the base refuses and the profile advises', ['binding@a', 'binding~warning@a!p']],
    ['that is missing in an extension', ['ext-1@a', 'cardinality@a']],
  ])('keeps what is wrong %s', (_where, found) => {
    expect(firstCauses(found.map(issueOf)).map(nameOf)).toEqual(found);
  });
});

/** `rule@place`, `rule@place!profile`, `rule~severity@place`. */
function issueOf(name: string): Issue {
  const [, rule = '', severity = 'error', place = '', profile = 'base'] =
    /^([^~@]*)(?:~(\w+))?@([^!]*)(?:!(.*))?$/.exec(name) ?? [];
  return {
    severity: severity as Issue['severity'],
    code: 'invalid',
    rule,
    text: `${rule} of ${profile}`,
    expression: [place],
    profile,
  };
}

function nameOf({ rule = '', severity, expression = [], profile }: Issue): string {
  const level = severity === 'error' ? '' : `~${severity}`;
  return `${rule}${level}@${expression.join()}${profile === 'base' ? '' : `!${profile ?? ''}`}`;
}
