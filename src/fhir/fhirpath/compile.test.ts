import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  ada,
  fhirPathEnvironment,
  fhirPathNow,
  fhirPathVariables,
  resolveAnn,
} from '../../../test/support/fhirpath.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { compileFhirPath } from './compile.ts';

type Row = readonly [expression: string, expected: readonly JsonValue[] | 'fails' | 'refused'];

const chapters = ['core', 'edges'].flatMap((file) => {
  const url = new URL(`../../../test/cases/fhirpath/${file}.json`, import.meta.url);
  return Object.entries(JSON.parse(readFileSync(url, 'utf8')) as Record<string, readonly Row[]>);
});
const environment = fhirPathEnvironment();

function answerOf(expression: string, value: JsonObject = ada, type = 'Patient') {
  const compiled = compileFhirPath(expression, type, environment);
  if (!compiled.ok) return 'refused';
  const result = compiled.value.evaluate({
    value,
    resource: value,
    now: fhirPathNow,
    resolve: resolveAnn,
    variables: fhirPathVariables,
  });
  return result.ok ? result.value.map((item) => item.value) : 'fails';
}

function holds(expression: string, value: JsonValue, type: string): boolean {
  const compiled = compileFhirPath(expression, type, environment);
  return compiled.ok && compiled.value.holds({ value, resource: ada });
}

describe.each(chapters)('FHIRPath: %s', (_chapter, chapterRows) => {
  it.each(chapterRows)('answers %s', (expression, expected) => {
    expect(answerOf(expression)).toEqual(expected);
  });

  it('holds exactly where the answer is a single true', () => {
    for (const [expression, expected] of chapterRows) {
      const compiled = compileFhirPath(expression, 'Patient', environment);
      if (!compiled.ok) continue;
      const focus = {
        value: ada,
        resource: ada,
        now: fhirPathNow,
        resolve: resolveAnn,
        variables: fhirPathVariables,
      };
      const isTrue = Array.isArray(expected) && expected.length === 1 && expected[0] !== false;
      expect([expression, compiled.value.holds(focus)]).toEqual([expression, isTrue]);
    }
  });
});

describe('compileFhirPath', () => {
  it('says where an expression is wrong', () => {
    const compiled = compileFhirPath('name.given.upper(', 'Patient', environment);
    expect(compiled.ok ? [] : compiled.failure.issues.map(({ text }) => text)).toEqual([
      'FHIRPath: Unexpected end of expression at offset 17.',
    ]);
  });

  it('keeps the digits of a number as they were written', () => {
    const quantity = { value: 1.5 };
    const compiled = compileFhirPath('value.toString()', 'Quantity', environment);
    const numberTexts = new Map([[quantity, new Map([['value', '1.50']])]]);
    const result = compiled.ok
      ? compiled.value.evaluate({ value: quantity, resource: ada, numberTexts })
      : compiled;
    expect(result.ok && result.value.map(({ value }) => value)).toEqual(['1.50']);
  });

  it('reads a dateTime without offset at the offset that it is given', () => {
    const compiled = compileFhirPath('start = @2024-03-04T08:00:00Z', 'Period', environment);
    const value = { start: '2024-03-04T10:00:00' };
    const focus = { value, resource: ada };
    expect(compiled.ok && compiled.value.holds({ ...focus, offsetMinutes: 120 })).toBe(true);
    expect(compiled.ok && compiled.value.holds(focus)).toBe(false);
  });

  it('names type and place of each value', () => {
    const compiled = compileFhirPath('name.given', 'Patient', environment);
    const result = compiled.ok ? compiled.value.evaluate({ value: ada, resource: ada }) : compiled;
    expect(result.ok && result.value[1]).toMatchObject({ type: 'string', value: 'Mary', name: 1 });
  });

  it('answers evil patterns and evil texts within 50 ms', () => {
    const evil = `${'a'.repeat(100)}!`;
    for (const pattern of ['^(a+)+$', '^(a|aa)+$', '(.*a){20}$', '^([a-z]+)*$']) {
      const started = performance.now();
      expect(holds(`'${evil}'.matches('${pattern}')`, ada, 'Patient')).toBe(false);
      expect(performance.now() - started).toBeLessThan(50);
    }
  });

  it('ends an expression that makes ever more', () => {
    expect(answerOf("'a'.repeat($this + 'a').count()")).toBe('fails');
    expect(answerOf('descendants().select(%resource.descendants()).count() > 0')).toEqual([true]);
  });

  it('refuses what is nested too deeply', () => {
    expect(answerOf(`${'('.repeat(5000)}1${')'.repeat(5000)}`)).toBe('refused');
    expect(answerOf(`${'-'.repeat(5000)}1`)).toBe('refused');
  });

  it.each<[string, JsonValue]>([
    ['name.given.first() = 1', { resourceType: 'Patient', name: 'text' }],
    ['name.given.first().upper().exists()', { resourceType: 'Patient', name: [[{ given: 1 }]] }],
    ['birthDate < today()', { resourceType: 'Patient', birthDate: { a: 1 } }],
    ["birthDate.extension('a').exists()", { resourceType: 'Patient', _birthDate: [null, 3] }],
    ['contained.descendants().exists()', { resourceType: 'Patient', contained: [{}] }],
  ])('never throws for content that is no FHIR: %s', (expression, value) => {
    expect(holds(expression, value, 'Patient')).toBe(false);
  });

  it('tells an element with content from one without (ele-1)', () => {
    const rule = 'hasValue() or (children().count() > id.count())';
    expect(holds(rule, { text: 'a' }, 'CodeableConcept')).toBe(true);
    expect(holds(rule, { id: 'a' }, 'CodeableConcept')).toBe(false);
    expect(holds(rule, 'a', 'code')).toBe(true);
  });

  it('takes an element, a choice or a profile as context', () => {
    expect(holds('low.exists()', { low: { value: 1 } }, 'Observation.referenceRange')).toBe(true);
    const profile = 'http://hl7.org/fhir/StructureDefinition/vitalsigns';
    expect(
      holds("status = 'final'", { resourceType: 'Observation', status: 'final' }, profile),
    ).toBe(true);
  });
});
