import type { CodeSystemConcept, ValueSetComposeIncludeFilter } from '@medplum/fhirtypes';
import { RE2JS } from 're2js';
import type { CodeIndex } from './code-index.ts';
import type { Contents } from './compiled-value-set.ts';
import type { Coding } from './terminology.ts';

type Filter = ValueSetComposeIncludeFilter;
type Test = (concept: CodeSystemConcept) => boolean;

/**
 * Returns the codes of a code system that may be used and satisfy every filter; undefined when one of
 * them needs what is not shipped, or is no filter. Regular expressions run in linear time.
 *
 * @see https://hl7.org/fhir/R4/valueset-filter-operator.html
 */
export function filterCodes(
  index: CodeIndex,
  filters: readonly Filter[],
  contents: Contents,
): readonly Coding[] | undefined {
  const tests: Test[] = [];
  for (const filter of filters) {
    const test = testOf(index, filter, contents);
    if (test === undefined) return undefined;
    tests.push(test);
  }
  return index
    .concepts()
    .filter((concept) => !index.isAbstract(concept) && tests.every((test) => test(concept)))
    .map(({ code, display }) => ({
      system: index.system,
      code,
      ...(display !== undefined ? { display } : {}),
    }));
}

function testOf(index: CodeIndex, filter: Filter, contents: Contents): Test | undefined {
  const { op, value } = filter;
  switch (op) {
    case 'is-a':
      return among(index.below(value));
    case 'descendent-of':
      return among(index.below(value).slice(1));
    case 'is-not-a':
      return not(among(index.below(value)));
    case 'generalizes':
      return ({ code }) => index.below(code).includes(value);
    case '=':
      return filter.property === 'parent' ? among(index.children(value)) : equals(filter);
    case 'in':
    case 'not-in':
      return setTest(filter, contents);
    case 'exists':
      return (concept) => valuesOf(concept, filter.property).length > 0 === (value === 'true');
    case 'regex':
      return matches(filter);
    default:
      return undefined;
  }
}

function among(codes: readonly string[]): Test {
  const set = new Set(codes);
  return ({ code }) => set.has(code);
}

function not(test: Test): Test {
  return (concept) => !test(concept);
}

function equals({ property, value }: Filter): Test {
  return (concept) => valuesOf(concept, property).includes(value);
}

/** The value is a list of codes, or the canonical of a value set. */
function setTest({ op, property, value }: Filter, contents: Contents): Test | undefined {
  const wanted = op === 'in';
  if (value.includes('/') || value.startsWith('urn:')) {
    const set = contents.valueSetOf(value);
    return set === undefined
      ? undefined
      : (concept) =>
          valuesOf(concept, property).some((code) => set.membership(undefined, code) === 'in') ===
          wanted;
  }
  const values = new Set(value.split(',').map((part) => part.trim()));
  return (concept) => valuesOf(concept, property).some((code) => values.has(code)) === wanted;
}

function matches({ property, value }: Filter): Test | undefined {
  const pattern = compiledOrUndefined(value);
  return (
    pattern && ((concept) => valuesOf(concept, property).some((text) => pattern.matches(text)))
  );
}

/** Undefined for what is no regular expression, or none that runs in linear time. */
function compiledOrUndefined(expression: string): RE2JS | undefined {
  try {
    return RE2JS.compile(expression);
  } catch {
    return undefined;
  }
}

function valuesOf(concept: CodeSystemConcept, property: string): readonly string[] {
  if (property === 'code' || property === 'concept') return [concept.code];
  if (property === 'display') return concept.display === undefined ? [] : [concept.display];
  return (concept.property ?? []).filter(({ code }) => code === property).flatMap(valueOf);
}

function valueOf(property: object): readonly string[] {
  return Object.entries(property)
    .filter(([name]) => name.startsWith('value'))
    .map(([, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null
        ? ((value as { readonly code?: string }).code ?? '')
        : String(value),
    );
}
