import type { IndexEntry, SimpleEntry } from './index-entry.ts';
import type { ReferenceTest, SearchExpression, TokenTest } from './plan.ts';
import { rangeHolds } from './range-test.ts';

/** A current resource as a search sees it. */
export interface Candidate {
  readonly type: string;
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly lastUpdated: number;
  readonly entries: readonly IndexEntry[];
}

/** The other current resources, for chains and `_has`. */
export interface Population {
  find(type: string, id: string): Candidate | undefined;
  ofType(type: string): Iterable<Candidate>;
}

/** Nobody else is there. */
export const alone: Population = Object.freeze({ find: () => undefined, ofType: () => [] });

/**
 * Returns whether the resource satisfies the condition: the meaning of a plan, which every store keeps.
 * Throws for a node that is not built, which is the caller's to refuse first (`findNotBuilt`).
 */
export function matches(
  where: SearchExpression,
  candidate: Candidate,
  population: Population = alone,
): boolean {
  switch (where.kind) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'and':
      return where.of.every((one) => matches(one, candidate, population));
    case 'or':
      return where.of.some((one) => matches(one, candidate, population));
    case 'not':
      return !matches(where.of, candidate, population);
    case 'type':
      return where.types.includes(candidate.type);
    case 'id':
      return where.ids.includes(candidate.id);
    case 'lastUpdated':
      return rangeHolds(where.range, instantOf(candidate.lastUpdated));
    case 'chain':
      return referencesOf(candidate, where.param).some(({ type, id }) => {
        const target = where.types.includes(type) ? population.find(type, id) : undefined;
        return target !== undefined && matches(where.where, target, population);
      });
    case 'has':
      return isReferredTo(where, candidate, population);
    case 'not-built':
      throw new Error('A node that is not built cannot be matched.');
    default:
      return candidate.entries.some((entry) => entryHolds(where, entry));
  }
}

/** A point in time of whole milliseconds. */
function instantOf(milliseconds: number) {
  return { low: milliseconds, high: milliseconds + 1 };
}

/**
 * Returns the sentence of the first node that is not built, undefined when there is none: such a plan
 * answers 501.
 */
export function findNotBuilt(where: SearchExpression): string | undefined {
  switch (where.kind) {
    case 'not-built':
      return where.text;
    case 'and':
    case 'or':
      return firstOf(where.of);
    case 'composite':
      return firstOf(where.components);
    case 'not':
      return findNotBuilt(where.of);
    case 'chain':
    case 'has':
      return findNotBuilt(where.where);
    default:
      return undefined;
  }
}

function firstOf(expressions: readonly SearchExpression[]): string | undefined {
  for (const one of expressions) {
    const text = findNotBuilt(one);
    if (text !== undefined) return text;
  }
  return undefined;
}

function referencesOf(candidate: Candidate, param: string) {
  return candidate.entries.flatMap((entry) =>
    entry.kind === 'reference' &&
    entry.param === param &&
    entry.type !== undefined &&
    entry.id !== undefined
      ? [{ type: entry.type, id: entry.id }]
      : [],
  );
}

function isReferredTo(
  where: Extract<SearchExpression, { readonly kind: 'has' }>,
  candidate: Candidate,
  population: Population,
): boolean {
  for (const other of population.ofType(where.type)) {
    const refers = referencesOf(other, where.param).some(
      ({ type, id }) => type === candidate.type && id === candidate.id,
    );
    if (refers && matches(where.where, other, population)) return true;
  }
  return false;
}

/** A condition on one entry of the parameter. */
type EntryTest = Exclude<
  SearchExpression,
  {
    readonly kind:
      | 'all'
      | 'none'
      | 'and'
      | 'or'
      | 'not'
      | 'type'
      | 'id'
      | 'lastUpdated'
      | 'chain'
      | 'has'
      | 'not-built';
  }
>;

function entryHolds(test: EntryTest, entry: IndexEntry): boolean {
  if (entry.param !== test.param) return false;
  switch (test.kind) {
    case 'present':
      return true;
    case 'composite':
      return (
        entry.kind === 'composite' &&
        test.components.every((component, index) => {
          const own = entry.components[index];
          return own !== undefined && componentHolds(component, own);
        })
      );
    case 'token':
      return entry.kind === 'token' && tokenHolds(test, entry);
    case 'token-text':
      return entry.kind === 'token' && entry.text?.includes(test.text) === true;
    case 'reference':
      return entry.kind === 'reference' && referenceHolds(test, entry);
    case 'string':
    case 'uri':
      return textHolds(test, entry);
    default:
      return rangedHolds(test, entry);
  }
}

/** Within a composite the position tells the parameter; alternatives may stand in a component. */
function componentHolds(test: SearchExpression, entry: SimpleEntry): boolean {
  switch (test.kind) {
    case 'or':
      return test.of.some((one) => componentHolds(one, entry));
    case 'and':
      return test.of.every((one) => componentHolds(one, entry));
    default:
      return matches(test, { type: '', id: '', lastUpdated: 0, entries: [entry] });
  }
}

function tokenHolds(
  test: Pick<TokenTest, 'system' | 'code'>,
  entry: { readonly system: string; readonly code: string },
): boolean {
  return (
    (test.system === undefined || test.system === entry.system) &&
    (test.code === undefined || test.code === entry.code)
  );
}

function referenceHolds(
  test: ReferenceTest,
  entry: Extract<IndexEntry, { readonly kind: 'reference' }>,
): boolean {
  if (test.identifier !== undefined) {
    return entry.identifier !== undefined && tokenHolds(test.identifier, entry.identifier);
  }
  if (test.url !== undefined) return entry.url === test.url;
  return entry.id === test.id && (test.type === undefined || entry.type === test.type);
}

function textHolds(
  test: Extract<EntryTest, { readonly kind: 'string' | 'uri' }>,
  entry: IndexEntry,
): boolean {
  const { value } = test;
  switch (test.match) {
    case 'starts-with':
      return entry.kind === 'string' && entry.folded.startsWith(value);
    case 'contains':
      return entry.kind === 'string' && entry.folded.includes(value);
    case 'exact':
      return entry.kind === 'string'
        ? entry.exact === value
        : entry.kind === 'uri' && entry.value === value;
    case 'below':
      return entry.kind === 'uri' && entry.value.startsWith(value);
    case 'above':
      return entry.kind === 'uri' && value.startsWith(entry.value);
  }
}

function rangedHolds(
  test: Extract<EntryTest, { readonly kind: 'date' | 'number' | 'quantity' }>,
  entry: IndexEntry,
): boolean {
  if (entry.kind !== test.kind || !('low' in entry) || !rangeHolds(test.range, entry)) return false;
  if (test.kind !== 'quantity' || entry.kind !== 'quantity') return true;
  const isSystem = test.system === undefined || test.system === entry.system;
  const isUnit =
    test.code === undefined ||
    test.code === entry.code ||
    (test.system === undefined && test.code === entry.unit);
  return isSystem && isUnit;
}
