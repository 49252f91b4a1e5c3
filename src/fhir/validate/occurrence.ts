import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import type { Occurrence } from './compiler.ts';
import { jsonNames, type ElementNode } from './element-tree.ts';
import type { Pass } from './pass.ts';
import { itemsOf } from './json-array.ts';
import { primitiveCheck } from './primitive.ts';

/** An occurrence and how an expression says where it is in its owner. */
export interface Placed extends Occurrence {
  readonly segment: string;
  readonly index: number | undefined;
}

/** Returns every value of an element in an object. */
export type Collect = (owner: JsonObject) => readonly Placed[];

/**
 * Compiles where the values of an element lie. `base` is the element as the base type has it, which
 * decides the JSON names; a profile may call one of a choice by its own name (`valueQuantity`).
 */
export function compileCollect(node: ElementNode, base: ElementNode): Collect {
  const isChoice = base.name.endsWith('[x]');
  const isNarrowed = isChoice && !node.name.endsWith('[x]');
  const names = jsonNames(base).filter(([json]) => !isNarrowed || json === node.name);
  const stem = base.name.slice(0, -3);
  const sources = names.map(([name, type]) => ({
    name,
    type,
    segment: isChoice ? `${stem}.ofType(${type})` : name,
    sibling: primitiveCheck(type) === undefined ? undefined : `_${name}`,
  }));
  const [only] = sources;
  return only !== undefined && sources.length === 1
    ? (owner) => collectOne(owner, only)
    : collectChoice(sources);
}

interface Source {
  readonly name: string;
  readonly type: string;
  readonly segment: string;
  /** Of a primitive. */
  readonly sibling: string | undefined;
}

function collectOne(owner: JsonObject, source: Source): readonly Placed[] {
  const value = owner[source.name];
  const sibling = source.sibling === undefined ? undefined : owner[source.sibling];
  if (value === undefined && sibling === undefined) {
    return none;
  }
  const found: Placed[] = [];
  addAll(found, source, value, sibling);
  return found;
}

/** A choice has up to fifty names and an object few, so the object's names are looked up. */
function collectChoice(sources: readonly Source[]): Collect {
  const byName = new Map(
    sources.flatMap((source) => [
      [source.name, source] as const,
      [`_${source.name}`, source] as const,
    ]),
  );
  return (owner) => {
    let found: readonly Placed[] = none;
    for (const name in owner) {
      const source = byName.get(name);
      if (source !== undefined && (name === source.name || owner[source.name] === undefined)) {
        found =
          found === none ? collectOne(owner, source) : [...found, ...collectOne(owner, source)];
      }
    }
    return found;
  };
}

const none: readonly Placed[] = [];

function addAll(
  found: Placed[],
  { type, segment }: Source,
  value: JsonValue | undefined,
  sibling: JsonValue | undefined,
): void {
  if (!Array.isArray(value) && !Array.isArray(sibling)) {
    found.push({
      value: value ?? undefined,
      sibling: objectOrNone(sibling),
      type,
      segment,
      index: undefined,
    });
    return;
  }
  const values = itemsOf(value);
  const siblings = itemsOf(sibling);
  const count = Math.max(values.length, siblings.length);
  for (let index = 0; index < count; index += 1) {
    found.push({
      value: values[index] ?? undefined,
      sibling: objectOrNone(siblings[index]),
      type,
      segment,
      index,
    });
  }
}

function objectOrNone(value: JsonValue | undefined): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

/** Runs `check` with the pass standing at the occurrence. */
export function standingAt(
  pass: Pass,
  placed: Placed,
  check: (placed: Placed, pass: Pass) => void,
): void {
  const { depth } = pass;
  pass.path[depth] = placed.segment;
  pass.depth = depth + 1;
  if (placed.index !== undefined) {
    pass.path[depth + 1] = placed.index;
    pass.depth = depth + 2;
  }
  check(placed, pass);
  pass.depth = depth;
}
