import type { ValueCheck } from './compiler.ts';
import { compileAssign } from './discriminator.ts';
import type { ElementNode } from './element-tree.ts';
import { standingAt, type Placed } from './occurrence.ts';
import { report, timesOf, type Pass } from './pass.ts';
import type { ProfileScope } from './profile-scope.ts';

/** Assigns the values of an element to its slices and checks them; the pass stands at their owner. */
export type SlicingCheck = (found: readonly Placed[], pass: Pass) => void;

interface Slice {
  readonly name: string;
  readonly node: ElementNode;
  readonly check: ValueCheck | undefined;
  readonly nested: SlicingCheck | undefined;
  /** Whether it says something where no value is in it. */
  readonly isDemanded: boolean;
}

/**
 * Compiles the slices of an element with their own slices in turn; undefined when it has none.
 *
 * @see https://hl7.org/fhir/R4/profiling.html#slicing
 */
export function compileSlicing(
  scope: ProfileScope,
  node: ElementNode,
  base: ElementNode,
): SlicingCheck | undefined {
  if (node.slices.length === 0 && node.definition.slicing?.rules !== 'closed') {
    return undefined;
  }
  const slices = node.slices.map((slice): Slice => {
    const check = scope.compileValue(scope, slice, base);
    const nested = compileSlicing(scope, slice, base);
    return {
      name: slice.sliceName ?? '',
      node: slice,
      check,
      nested,
      isDemanded: slice.min > 0 || nested !== undefined,
    };
  });
  const assign = compileAssign(scope, node, base);
  const { rules = 'open', ordered = false } = node.definition.slicing ?? {};
  return (found, pass) => {
    const assigned = found.length === 0 ? none : found.map((placed) => assign(placed, pass));
    if (rules !== 'open') {
      checkRest({ node, rules }, { found, assigned }, pass);
    }
    if (ordered) {
      checkOrder(node, { found, assigned }, pass);
    }
    const taken = takenBySlice({ found, assigned }, slices.length);
    for (let at = 0; at < slices.length; at += 1) {
      const slice = slices[at];
      if (slice !== undefined && (taken[at] !== undefined || slice.isDemanded)) {
        checkSlice(slice, taken[at] ?? none, pass);
      }
    }
  };
}

const none: readonly never[] = [];

/** Returns the values of each slice; most slices have none. */
function takenBySlice(
  { found, assigned }: Assignment,
  sliceCount: number,
): readonly (readonly Placed[] | undefined)[] {
  if (found.length === 0) {
    return none;
  }
  const taken: (Placed[] | undefined)[] = [];
  for (let slice = 0; slice < sliceCount; slice += 1) {
    taken.push(undefined);
  }
  for (let at = 0; at < found.length; at += 1) {
    const slice = assigned[at] ?? -1;
    const placed = found[at];
    if (slice >= 0 && placed !== undefined) {
      (taken[slice] ??= []).push(placed);
    }
  }
  return taken;
}

interface Assignment {
  readonly found: readonly Placed[];
  readonly assigned: readonly number[];
}

function checkRest(
  { node, rules }: { readonly node: ElementNode; readonly rules: string },
  { found, assigned }: Assignment,
  pass: Pass,
): void {
  const lastTaken = assigned.findLastIndex((slice) => slice >= 0);
  for (const [at, placed] of found.entries()) {
    if ((assigned[at] ?? -1) < 0 && (rules === 'closed' || at < lastTaken)) {
      standingAt(pass, placed, () => {
        report(pass, {
          code: 'structure',
          rule: 'slicing',
          text:
            rules === 'closed'
              ? `The value is in no slice of ${node.path}, and the slicing is closed.`
              : `The value is in no slice of ${node.path}; such values come after all slices.`,
        });
      });
    }
  }
}

function checkOrder(node: ElementNode, { found, assigned }: Assignment, pass: Pass): void {
  let highest = -1;
  for (const [at, placed] of found.entries()) {
    const slice = assigned[at] ?? -1;
    if (slice >= 0 && slice < highest) {
      standingAt(pass, placed, () => {
        report(pass, {
          code: 'structure',
          rule: 'slicing-order',
          text: `The slices of ${node.path} are not in the order of the profile.`,
        });
      });
    }
    highest = Math.max(highest, slice);
  }
}

function checkSlice(
  { name, node, check, nested }: Slice,
  taken: readonly Placed[],
  pass: Pass,
): void {
  const count = taken.length;
  if (count < node.min || count > node.max) {
    reportCount({ name, node }, count, pass);
  }
  if (check !== undefined) {
    for (const placed of taken) {
      standingAt(pass, placed, check);
    }
  }
  nested?.(taken, pass);
}

function reportCount(
  { name, node }: Pick<Slice, 'name' | 'node'>,
  count: number,
  pass: Pass,
): void {
  const title = `The slice ${name} of ${node.path.replace('[x]', '')}`;
  if (count < node.min) {
    report(pass, {
      code: 'required',
      rule: 'cardinality',
      text: `${title} occurs ${timesOf(count)}; at least ${node.min} is required.`,
    });
  } else if (count > node.max) {
    report(pass, {
      code: 'structure',
      rule: 'cardinality',
      text: `${title} occurs ${timesOf(count)}; at most ${node.max} is allowed.`,
    });
  }
}
