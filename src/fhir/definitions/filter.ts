import type { CodeSystemConcept, ValueSetComposeIncludeFilter } from '@medplum/fhirtypes';
import { RE2JS } from 're2js';
import type { CodeIndex } from './code-index.ts';
import type { Coding } from './terminology.ts';
import type { Contents } from './value-set.ts';

type Filter = ValueSetComposeIncludeFilter;
type Test = (concept: CodeSystemConcept) => boolean;

/**
 * Returns the codes of a code system that satisfy every filter; undefined when one of them needs what is
 * not shipped. Regular expressions run in linear time.
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
  return index.all().filter(({ code }) => {
    const concept = index.concept(code);
    return concept !== undefined && tests.every((test) => test(concept));
  });
}

function testOf(index: CodeIndex, filter: Filter, contents: Contents): Test | undefined {
  const { op, value } = filter;
  switch (op) {
    case 'is-a':
      return among(index.below(value));
    case 'descendent-of':
      return among(index.below(value).filter((code) => code !== value));
    case 'is-not-a':
      return not(among(index.below(value)));
    case 'generalizes':
      return (concept) => index.below(concept.code).includes(value);
    case '=':
      return equals(index, filter);
    case 'in':
    case 'not-in':
      return setTest(filter, op === 'in', contents);
    case 'exists':
      return (concept) => (valueOf(concept, filter.property) !== undefined) === (value === 'true');
    case 'regex':
      return matches(filter);
    default:
      return undefined;
  }
}

function among(codes: readonly string[]): Test {
  const set = new Set(codes);
  return (concept) => set.has(concept.code);
}

function not(test: Test): Test {
  return (concept) => !test(concept);
}

/** `concept = x` and `parent = x` are said of the hierarchy, everything else of a property. */
function equals(index: CodeIndex, { property, value }: Filter): Test {
  if (property === 'parent') {
    const children = index.concept(value)?.concept?.map(({ code }) => code) ?? [];
    return (concept) => children.includes(concept.code) || valueOf(concept, 'parent') === value;
  }
  return (concept) => valueOf(concept, property) === value;
}

function setTest(
  { property, value }: Filter,
  wanted: boolean,
  contents: Contents,
): Test | undefined {
  if (value.includes('/') || value.startsWith('urn:')) {
    const set = contents.valueSetOf(value);
    return set === undefined
      ? undefined
      : (concept) => (set.membership(undefined, concept.code) === 'in') === wanted;
  }
  const values = new Set(value.split(',').map((part) => part.trim()));
  return (concept) => values.has(valueOf(concept, property) ?? '') === wanted;
}

function matches({ property, value }: Filter): Test {
  const pattern = RE2JS.compile(value);
  return (concept) => pattern.matches(valueOf(concept, property) ?? '');
}

function valueOf(concept: CodeSystemConcept, property: string): string | undefined {
  if (property === 'code' || property === 'concept') return concept.code;
  if (property === 'display') return concept.display;
  const found = concept.property?.find(({ code }) => code === property);
  const values = Object.entries(found ?? {}).filter(([name]) => name.startsWith('value'));
  const value: unknown = values[0]?.[1];
  if (typeof value === 'object' && value !== null) return (value as { code?: string }).code;
  return value === undefined ? undefined : `${value as string | number}`;
}
