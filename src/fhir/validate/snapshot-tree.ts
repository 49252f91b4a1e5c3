import type { ElementDefinition } from '@medplum/fhirtypes';

/** An element while a snapshot is made; only the maker holds it, so it may change. */
export interface SnapshotNode {
  readonly name: string;
  element: ElementDefinition;
  readonly children: SnapshotNode[];
  readonly slices: SnapshotNode[];
}

/** One segment of an element's id below the root: `component:ratio`. */
export interface Step {
  readonly name: string;
  readonly slice: string | undefined;
}

/** Returns the tree of a snapshot; undefined when it has no elements. */
export function snapshotTree(elements: readonly ElementDefinition[]): SnapshotNode | undefined {
  const [first, ...rest] = elements;
  if (first === undefined) {
    return undefined;
  }
  const root = leaf(first, first.path);
  for (const element of rest) {
    const steps = stepsOf(element);
    const last = steps.at(-1);
    const parent = steps.slice(0, -1).reduce<SnapshotNode | undefined>(childAt, root);
    if (parent === undefined || last === undefined) {
      continue;
    }
    if (last.slice === undefined) {
      parent.children.push(leaf(element, last.name));
    } else {
      parent.children.find(({ name }) => name === last.name)?.slices.push(leaf(element, last.name));
    }
  }
  return root;
}

function leaf(element: ElementDefinition, name: string): SnapshotNode {
  return { name, element: { ...element }, children: [], slices: [] };
}

function childAt(node: SnapshotNode | undefined, { name, slice }: Step): SnapshotNode | undefined {
  const child = node?.children.find((candidate) => candidate.name === name);
  return slice === undefined
    ? child
    : child?.slices.find(({ element }) => element.sliceName === slice);
}

/** Returns the segments of an element's id below its root. */
export function stepsOf({ id, path, sliceName }: ElementDefinition): readonly Step[] {
  const source = id ?? (sliceName === undefined ? path : `${path}:${sliceName}`);
  return source
    .split('.')
    .slice(1)
    .map((segment) => {
      const colon = segment.indexOf(':');
      return colon < 0
        ? { name: segment, slice: undefined }
        : { name: segment.slice(0, colon), slice: segment.slice(colon + 1) };
    });
}

/** Returns the node with that id (`Questionnaire.item`). */
export function nodeOf(root: SnapshotNode, id: string): SnapshotNode | undefined {
  return id
    .split('.')
    .slice(1)
    .reduce<SnapshotNode | undefined>(
      (node, name) => childAt(node, { name, slice: undefined }),
      root,
    );
}

/** Returns a copy of an element with all below it and without its slices. */
export function copyOf(node: SnapshotNode): SnapshotNode {
  return {
    name: node.name,
    element: { ...node.element },
    children: node.children.map(copyWithSlices),
    slices: [],
  };
}

function copyWithSlices(node: SnapshotNode): SnapshotNode {
  return { ...copyOf(node), slices: node.slices.map(copyWithSlices) };
}

/** Returns the elements in the order of a snapshot, with ids and paths of where they stand. */
export function flattened(root: SnapshotNode): ElementDefinition[] {
  const elements: ElementDefinition[] = [];
  const add = (node: SnapshotNode, path: string, id: string) => {
    elements.push({ ...node.element, path, id });
    for (const child of node.children) {
      addElement(child, path, id);
    }
  };
  const addElement = (node: SnapshotNode, path: string, id: string) => {
    add(node, `${path}.${node.name}`, `${id}.${node.name}`);
    for (const slice of node.slices) {
      const sliceId = `${id}.${node.name}:${slice.element.sliceName ?? ''}`;
      add(slice, `${path}.${node.name}`, sliceId);
    }
  };
  add(root, root.name, root.name);
  return elements;
}
