import type { IndexEntry } from './index-entry.ts';
import type { ReferenceTest, SearchExpression } from './plan.ts';
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
  // The table is typed by kind; a union cannot be called through it.
  const test = tests[where.kind] as Test<SearchExpression>;
  return test(where, candidate, population);
}

type Test<Node> = (where: Node, candidate: Candidate, population: Population) => boolean;
type NodeOf<Kind extends SearchExpression['kind']> = Extract<
  SearchExpression,
  { readonly kind: Kind }
>;

const tests: { readonly [Kind in SearchExpression['kind']]: Test<NodeOf<Kind>> } = {
  all: () => true,
  none: () => false,
  and: ({ of }, candidate, population) => of.every((one) => matches(one, candidate, population)),
  or: ({ of }, candidate, population) => of.some((one) => matches(one, candidate, population)),
  not: ({ of }, candidate, population) => !matches(of, candidate, population),
  type: ({ types }, candidate) => types.includes(candidate.type),
  id: ({ ids }, candidate) => ids.includes(candidate.id),
  // A point in time of whole milliseconds.
  lastUpdated: ({ range }, { lastUpdated: low }) => rangeHolds(range, { low, high: low + 1 }),
  present: ({ param }, { entries }) => entries.some((entry) => entry.param === param),
  token: ofEntry('token', (test: NodeOf<'token'>, entry) => tokenHolds(test, entry)),
  'token-text': ofEntry('token', ({ text }, entry) => entry.text?.includes(text) === true),
  string: ofEntry('string', stringHolds),
  uri: ofEntry('uri', uriHolds),
  date: ofEntry('date', ({ range }, entry) => rangeHolds(range, entry)),
  number: ofEntry('number', ({ range }, entry) => rangeHolds(range, entry)),
  quantity: ofEntry('quantity', quantityHolds),
  reference: ofEntry('reference', referenceHolds),
  composite: ofEntry('composite', compositeHolds),
  chain: isChained,
  has: isReferredTo,
  'not-built': () => {
    throw new Error('A node that is not built cannot be matched.');
  },
};

type EntryOf<Kind extends IndexEntry['kind']> = Extract<IndexEntry, { readonly kind: Kind }>;

/** A condition that one entry of the parameter satisfies. */
function ofEntry<Node extends { readonly param: string }, Kind extends IndexEntry['kind']>(
  kind: Kind,
  holds: (test: Node, entry: EntryOf<Kind>) => boolean,
): Test<Node> {
  return (where, { entries }) =>
    entries.some(
      (entry) =>
        entry.kind === kind && entry.param === where.param && holds(where, entry as EntryOf<Kind>),
    );
}

/**
 * Returns the sentence of the first node that is not built, undefined when there is none: such a plan
 * answers 501.
 */
export function findNotBuilt(where: SearchExpression): string | undefined {
  if (where.kind === 'not-built') return where.text;
  if ('where' in where) return findNotBuilt(where.where);
  if ('components' in where) return firstOf(where.components);
  if (!('of' in where)) return undefined;
  return where.kind === 'not' ? findNotBuilt(where.of) : firstOf(where.of);
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

function isChained(
  { param, types, where }: NodeOf<'chain'>,
  candidate: Candidate,
  population: Population,
): boolean {
  return referencesOf(candidate, param).some(({ type, id }) => {
    const target = types.includes(type) ? population.find(type, id) : undefined;
    return target !== undefined && matches(where, target, population);
  });
}

function isReferredTo(where: NodeOf<'has'>, candidate: Candidate, population: Population): boolean {
  for (const other of population.ofType(where.type)) {
    const refers = referencesOf(other, where.param).some(
      ({ type, id }) => type === candidate.type && id === candidate.id,
    );
    if (refers && matches(where.where, other, population)) return true;
  }
  return false;
}

/** Each component is tested on the value in its place, the last one also on its canonical form behind it. */
function compositeHolds({ components }: NodeOf<'composite'>, entry: EntryOf<'composite'>): boolean {
  return components.every((test, index) => {
    const end = index === components.length - 1 ? undefined : index + 1;
    const entries = entry.components.slice(index, end);
    return entries.length > 0 && matches(test, { type: '', id: '', lastUpdated: 0, entries });
  });
}

function tokenHolds(
  test: { readonly system?: string; readonly code?: string },
  entry: { readonly system: string; readonly code: string },
): boolean {
  return (
    (test.system === undefined || test.system === entry.system) &&
    (test.code === undefined || test.code === entry.code)
  );
}

function referenceHolds(test: ReferenceTest, entry: EntryOf<'reference'>): boolean {
  if (test.identifier !== undefined) {
    return entry.identifier !== undefined && tokenHolds(test.identifier, entry.identifier);
  }
  if (test.url !== undefined) return entry.url === test.url;
  return entry.id === test.id && (test.type === undefined || entry.type === test.type);
}

function stringHolds({ match, value }: NodeOf<'string'>, entry: EntryOf<'string'>): boolean {
  if (match === 'exact') return entry.exact === value;
  return match === 'contains' ? entry.folded.includes(value) : entry.folded.startsWith(value);
}

function uriHolds({ match, value }: NodeOf<'uri'>, entry: EntryOf<'uri'>): boolean {
  if (match === 'exact') return entry.value === value;
  return match === 'below' ? entry.value.startsWith(value) : value.startsWith(entry.value);
}

function quantityHolds(test: NodeOf<'quantity'>, entry: EntryOf<'quantity'>): boolean {
  const isSystem = test.system === undefined || test.system === entry.system;
  const isUnit =
    test.code === undefined ||
    test.code === entry.code ||
    (test.system === undefined && test.code === entry.unit);
  return isSystem && isUnit && rangeHolds(test.range, entry);
}
