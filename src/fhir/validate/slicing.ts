import type { ValueCheck } from './compiler.ts';
import { compileMatch, type Match } from './discriminator.ts';
import type { ElementNode } from './element-tree.ts';
import { standingAt, type Placed } from './occurrence.ts';
import { report, timesOf, type Pass } from './pass.ts';
import type { ProfileScope } from './profile-scope.ts';

/** Assigns the values of an element to its slices and checks them; the pass stands at their owner. */
export type SlicingCheck = (found: readonly Placed[], pass: Pass) => void;

interface Slice {
  readonly name: string;
  readonly node: ElementNode;
  /** Undefined for `@default`, which takes what no other slice does. */
  readonly matches: Match | undefined;
  readonly check: ValueCheck | undefined;
  readonly nested: SlicingCheck | undefined;
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
  const slices = node.slices.map((slice, position): Slice => {
    const match = compileMatch(scope, { sliced: node, slice, base, position });
    return {
      name: slice.sliceName ?? '',
      node: slice,
      matches: slice.sliceName === '@default' ? undefined : match,
      check: scope.compileValue(scope, slice, base),
      nested: compileSlicing(scope, slice, base),
    };
  });
  const { rules = 'open', ordered = false } = node.definition.slicing ?? {};
  return (found, pass) => {
    const assigned = found.map((placed) => sliceOf(slices, placed, pass));
    checkRest({ node, rules }, { found, assigned }, pass);
    if (ordered) {
      checkOrder(node, { found, assigned }, pass);
    }
    for (const [index, slice] of slices.entries()) {
      checkSlice(
        slice,
        found.filter((_, at) => assigned[at] === index),
        pass,
      );
    }
  };
}

/** Returns the number of the slice that takes a value, -1 when none does. */
function sliceOf(slices: readonly Slice[], placed: Placed, pass: Pass): number {
  let taker = -1;
  standingAt(pass, placed, () => {
    taker = slices.findIndex((slice) => slice.matches?.(placed, pass));
  });
  return taker >= 0 ? taker : slices.findIndex((slice) => slice.matches === undefined);
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
  if (rules === 'open') {
    return;
  }
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
  for (const placed of taken) {
    standingAt(pass, placed, () => {
      check?.(placed, pass);
    });
  }
  nested?.(taken, pass);
}
