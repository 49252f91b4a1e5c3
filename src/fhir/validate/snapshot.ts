import type { ElementDefinition, StructureDefinition } from '@medplum/fhirtypes';
import type { Definitions } from '../definitions/definitions.ts';
import { failure } from '../operation-outcome.ts';
import { failed, success, type Result } from '../result.ts';
import { mergedElement } from './snapshot-merge.ts';
import {
  copyOf,
  flattened,
  nodeOf,
  snapshotTree,
  stepsOf,
  type SnapshotNode,
  type Step,
} from './snapshot-tree.ts';

/**
 * Returns the definition with a snapshot made of its base and its differential. Fails
 * `invalid-request` when the base is unknown or the differential names an element that cannot be.
 *
 * @see https://hl7.org/fhir/R4/profiling.html#snapshot
 */
export function createSnapshot(
  definitions: Definitions,
  structure: StructureDefinition,
): Result<StructureDefinition> {
  return snapshotOf(definitions, structure, []);
}

function snapshotOf(
  definitions: Definitions,
  structure: StructureDefinition,
  below: readonly string[],
): Result<StructureDefinition> {
  const base = baseOf(definitions, structure, below);
  if (!base.ok) {
    return base;
  }
  const root = snapshotTree(base.value.snapshot?.element ?? []);
  if (root === undefined) {
    return refused(`The base definition of ${structure.url} has no elements.`);
  }
  const untouched = copyOf(root);
  for (const element of structure.differential?.element ?? []) {
    const problem = applyElement(
      { definitions, untouched, below: [...below, structure.url] },
      root,
      element,
    );
    if (problem !== undefined) {
      return refused(
        problem,
        `StructureDefinition.differential.element.where(id = '${element.id ?? ''}')`,
      );
    }
  }
  return success({ ...structure, snapshot: { element: flattened(root) } });
}

/** Returns the base definition with a snapshot, made when it has none. */
function baseOf(
  definitions: Definitions,
  { url, baseDefinition }: StructureDefinition,
  below: readonly string[],
): Result<StructureDefinition> {
  const base =
    baseDefinition === undefined || below.includes(url)
      ? undefined
      : definitions.structureDefinition(baseDefinition);
  if (base === undefined) {
    return refused(`The base definition of ${url} is not known or is circular.`);
  }
  return base.snapshot === undefined
    ? snapshotOf(definitions, base, [...below, url])
    : success(base);
}

function refused(text: string, ...expression: string[]) {
  return failed(failure('invalid-request', text, ...expression));
}

/** Merges one element of the differential into the tree; returns what hinders it. */
function applyElement(
  source: Source,
  root: SnapshotNode,
  element: ElementDefinition,
): string | undefined {
  let node: SnapshotNode = root;
  for (const step of stepsOf(element)) {
    const next = descend({ ...source, node }, step, element);
    if (next === undefined) {
      return `The differential names ${element.path}, which its base does not have.`;
    }
    node = next;
  }
  node.element = mergedElement(node.element, element);
  return undefined;
}

interface Source {
  readonly definitions: Definitions;
  /** The elements of the base, before anything was merged into them. */
  readonly untouched: SnapshotNode;
  /** The definitions whose snapshots are being made, which none of their parts may need. */
  readonly below: readonly string[];
}

interface Place extends Source {
  readonly node: SnapshotNode;
}

function descend(place: Place, step: Step, element: ElementDefinition): SnapshotNode | undefined {
  const { node } = place;
  if (node.children.length === 0) {
    expand(place);
  }
  const child = node.children.find(({ name }) => name === step.name);
  if (child !== undefined) {
    return step.slice === undefined ? child : sliceOf(child, step.slice, element);
  }
  const choice = node.children.find(
    ({ name }) => name.endsWith('[x]') && step.name.startsWith(name.slice(0, -3)),
  );
  return choice && typeSlice(choice, step.name, element);
}

/** Gives an element the children of its type, its type's profile, or what it refers to. */
function expand({ node, untouched, ...source }: Place): void {
  const { contentReference, type = [] } = node.element;
  if (contentReference !== undefined) {
    const id = contentReference.slice(contentReference.indexOf('#') + 1);
    node.children.push(...(nodeOf(untouched, id)?.children ?? []).map(copyOf));
  } else if (type.length === 1) {
    node.children.push(...childrenOfType(source, type[0]));
  }
}

function childrenOfType(
  { definitions, below }: Pick<Source, 'definitions' | 'below'>,
  type: NonNullable<ElementDefinition['type']>[number] | undefined,
): readonly SnapshotNode[] {
  const profile = type?.profile?.length === 1 ? type.profile[0] : undefined;
  const structure = definitions.structureDefinition(profile ?? type?.code ?? '');
  if (structure === undefined || below.includes(structure.url)) return [];
  return snapshotTree(elementsOf(definitions, structure, below))?.children ?? [];
}

/** The elements of a snapshot, which is made when there is none. */
function elementsOf(
  definitions: Definitions,
  structure: StructureDefinition,
  below: readonly string[],
): readonly ElementDefinition[] {
  if (structure.snapshot !== undefined) return structure.snapshot.element;
  const made = snapshotOf(definitions, structure, below);
  return made.ok ? (made.value.snapshot?.element ?? []) : [];
}

function sliceOf(sliced: SnapshotNode, name: string, element: ElementDefinition): SnapshotNode {
  const known = sliced.slices.find((slice) => slice.element.sliceName === name);
  if (known !== undefined) {
    return known;
  }
  const parentName = name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : undefined;
  const parent =
    parentName === undefined
      ? sliced
      : (sliced.slices.find((slice) => slice.element.sliceName === parentName) ?? sliced);
  const copied = { ...parent.element };
  delete copied.slicing;
  const made: SnapshotNode = {
    ...copyOf(parent),
    element: {
      ...copied,
      sliceName: name,
      min: element.path === parent.element.path ? 0 : (copied.min ?? 0),
    },
    slices: [],
  };
  sliced.slices.push(made);
  return made;
}

/** `valueQuantity` in a differential is short for the slice of that type. */
function typeSlice(
  choice: SnapshotNode,
  name: string,
  element: ElementDefinition,
): SnapshotNode | undefined {
  const wanted = name.slice(choice.name.length - 3).toLowerCase();
  const type = choice.element.type?.filter(({ code }) => code.toLowerCase() === wanted) ?? [];
  if (type.length === 0) {
    return undefined;
  }
  choice.element = {
    ...choice.element,
    slicing: choice.element.slicing ?? {
      discriminator: [{ type: 'type', path: '$this' }],
      rules: 'open',
    },
  };
  const slice = sliceOf(choice, name, element);
  slice.element = { ...slice.element, type };
  return slice;
}
