import { describe, expect, it } from '@jest/globals';
import { answerFormat, bodyKind } from './content-negotiation.ts';

const utf8 = '; charset=utf-8';

describe('answerFormat', () => {
  it.each([
    [undefined, undefined, 'application/fhir+json'],
    ['*/*', undefined, 'application/fhir+json'],
    ['application/*', undefined, 'application/fhir+json'],
    ['application/fhir+json', undefined, 'application/fhir+json'],
    ['application/json', undefined, 'application/json'],
    ['text/json', undefined, 'text/json'],
    ['application/fhir+xml, application/fhir+json;q=0.5', undefined, 'application/fhir+json'],
    ['application/json;q=0.5, application/fhir+json', undefined, 'application/fhir+json'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', undefined, 'application/fhir+json'],
    ['APPLICATION/FHIR+JSON', undefined, 'application/fhir+json'],
    ['application/fhir+xml', 'json', 'application/fhir+json'],
    ['text/html', 'application/fhir json', 'application/fhir+json'],
    [undefined, 'text/json', 'text/json'],
  ])('takes Accept %s with _format %s as %s', (accept, format, expected) => {
    const query = format === undefined ? [] : [['_format', format] as const];
    const chosen = answerFormat(accept, query);
    expect(chosen.ok && chosen.value.contentType).toBe(expected + utf8);
  });

  it('repeats the FHIR version that the client names', () => {
    const chosen = answerFormat('application/fhir+json; fhirVersion=4.0', []);
    expect(chosen.ok && chosen.value.contentType).toBe(
      `application/fhir+json${utf8}; fhirVersion=4.0`,
    );
  });

  it.each([
    ['application/fhir+xml', undefined],
    ['text/html', undefined],
    ['application/fhir+json;q=0', undefined],
    ['application/fhir+json; fhirVersion=3.0', undefined],
    ['', undefined],
    ['*/*', 'xml'],
    ['application/fhir+json', 'application/fhir+xml'],
    ['*/*', 'nonsense'],
  ])('answers 406 to Accept %s with _format %s', (accept, format) => {
    const query = format === undefined ? [] : [['_format', format] as const];
    const chosen = answerFormat(accept, query);
    expect(chosen.ok ? undefined : chosen.failure.kind).toBe('not-acceptable');
  });

  it('is pretty when it is asked to be', () => {
    const chosen = answerFormat(undefined, [['_pretty', 'true']]);
    expect(chosen.ok && chosen.value.isPretty).toBe(true);
  });
});

describe('bodyKind', () => {
  it.each([
    ['application/fhir+json', 'resource'],
    ['application/fhir+json; charset=UTF-8', 'resource'],
    ['application/fhir+json; fhirVersion=4.0', 'resource'],
    ['application/json', 'resource'],
    ['text/json;charset="utf-8"', 'resource'],
  ] as const)('takes %s as a %s', (contentType, kind) => {
    expect(bodyKind(contentType, ['resource'])).toEqual({ ok: true, value: kind });
  });

  it.each([
    [undefined, ['resource']],
    ['application/fhir+xml', ['resource']],
    ['text/plain', ['resource']],
    ['application/fhir+json; fhirVersion=5.0', ['resource']],
    ['application/fhir+json; charset=iso-8859-1', ['resource']],
    ['application/fhir+json', ['form']],
    ['application/x-www-form-urlencoded', ['resource']],
  ] as const)('answers 415 to %s where %s are taken', (contentType, allowed) => {
    const kind = bodyKind(contentType, allowed);
    expect(kind.ok ? undefined : kind.failure.kind).toBe('unsupported-media-type');
  });
});
