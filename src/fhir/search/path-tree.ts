import { choiceType } from '../choice-type.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import type { PathStep } from './element-path.ts';
import type { IndexEntry } from './index-entry.ts';
import { targetOf } from './param/reference.ts';

/** Adds the entries of one value. `type` is told only where the path leaves it open. */
export type Sink = (value: JsonValue, entries: IndexEntry[], type: string | undefined) => void;

/**
 * The paths of many parameters as one tree, so that a resource is walked once and what it has not
 * costs nothing.
 */
export interface PathTree {
  readonly sinks: readonly Sink[];
  readonly members: ReadonlyMap<string, PathTree>;
  readonly others: readonly Branch[];
}

interface Branch {
  readonly step: Exclude<PathStep, { readonly kind: 'member' }>;
  readonly tree: PathTree;
}

/** A path and what becomes of the values at its end. */
export interface SunkPath {
  readonly steps: readonly PathStep[];
  readonly sink: Sink;
}

/** Returns the tree of the paths. */
export function pathTree(paths: readonly SunkPath[]): PathTree {
  const byStep = new Map<string, { step: PathStep; paths: SunkPath[] }>();
  const sinks: Sink[] = [];
  for (const { steps, sink } of paths) {
    const [step, ...rest] = steps;
    if (step === undefined) {
      sinks.push(sink);
      continue;
    }
    const key = JSON.stringify(step);
    const group = byStep.get(key) ?? { step, paths: [] };
    group.paths.push({ steps: rest, sink });
    byStep.set(key, group);
  }
  const members = new Map<string, PathTree>();
  const others: Branch[] = [];
  for (const { step, paths: below } of byStep.values()) {
    const tree = pathTree(below);
    if (step.kind === 'member') members.set(step.name, tree);
    else others.push({ step, tree });
  }
  return { sinks, members, others };
}

/** Walks the tree over a value, arrays item by item; `entries` receives what is found. */
export function walk(tree: PathTree, value: JsonValue, entries: IndexEntry[], type?: string): void {
  if (Array.isArray(value)) {
    walkItems(tree, value as readonly JsonValue[], entries, type);
    return;
  }
  if (value === null) return;
  for (const sink of tree.sinks) sink(value, entries, type);
  if (!isJsonObject(value)) return;
  if (tree.members.size > 0) {
    // A resource has fewer members than its type has parameters.
    for (const name in value) {
      const below = tree.members.get(name);
      if (below !== undefined) walk(below, value[name] ?? null, entries);
    }
  }
  for (const { step, tree: below } of tree.others) {
    follow(step, value, (next, nextType) => {
      walk(below, next, entries, nextType);
    });
  }
}

function walkItems(
  tree: PathTree,
  items: readonly JsonValue[],
  entries: IndexEntry[],
  type: string | undefined,
): void {
  for (const { step, tree: below } of tree.others) {
    const item = step.kind === 'item' ? items[step.index] : undefined;
    if (item !== undefined) walk(below, item, entries);
  }
  for (const item of items) walk(tree, item, entries, type);
}

/** Calls `visit` with what a step leads to. */
function follow(step: Branch['step'], value: JsonObject, visit: Visit): void {
  switch (step.kind) {
    case 'where':
      if (value[step.name] === step.equals) visit(value);
      return;
    case 'resolves':
      if (refersTo(value, step.type)) visit(value);
      return;
    case 'extension':
      followExtension(step, value, visit);
      return;
    case 'has-extension':
      if (hasExtension(value, step.url)) visit(value);
      return;
    case 'value':
      followValue(value, visit);
      return;
    case 'item':
      return;
  }
}

/** Told the type only where the step leaves it open. */
type Visit = (next: JsonValue, type?: string) => void;

function followExtension(
  step: Extract<PathStep, { readonly kind: 'extension' }>,
  value: JsonObject,
  visit: Visit,
): void {
  for (const extension of arrayOf(value[step.member])) {
    if (isJsonObject(extension) && extension['url'] === step.url) visit(extension);
  }
}

function hasExtension({ extension }: JsonObject, url: string): boolean {
  return arrayOf(extension).some((one) => isJsonObject(one) && one['url'] === url);
}

function followValue(value: JsonObject, visit: Visit): void {
  for (const [name, member] of Object.entries(value)) {
    if (name.startsWith('value') && member !== undefined)
      visit(member, choiceType(name.slice('value'.length)));
  }
}

function arrayOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

/** The type of a reference's target: by its text, else by `Reference.type`. */
function refersTo(value: JsonObject, type: string): boolean {
  const { reference, type: declared } = value;
  if (typeof reference === 'string') {
    const target = targetOf(reference, undefined);
    if (target !== undefined && 'type' in target) return target.type === type;
    const segments = reference.split('/');
    if (/^https?:/u.test(reference) && segments.at(-2) === type) return true;
  }
  return declared === type;
}
