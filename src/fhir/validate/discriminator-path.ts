import { extensionCanonical } from '../definitions/layer.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { resolveInPass } from './bundle-place.ts';
import type { Compiler, Occurrence } from './compiler.ts';
import { childNamed, elementAt, type ElementNode } from './element-tree.ts';
import { itemsOf } from './json-array.ts';
import { compileCollect, type Collect } from './occurrence.ts';
import type { Pass } from './pass.ts';
import type { ProfileScope } from './profile-scope.ts';
import { namedType } from './reference-type.ts';

/** A step of a discriminator's path. */
export type Step =
  | { readonly kind: 'child'; readonly name: string; readonly collect: Collect }
  | { readonly kind: 'extension'; readonly url: string }
  | { readonly kind: 'resolve'; readonly typeOf: (reference: string) => string | undefined }
  | { readonly kind: 'type'; readonly type: string };

/**
 * Compiles the restricted FHIRPath of a discriminator: names, `extension(url)`, `resolve()`, `ofType()`
 * and `$this`. Undefined when it has anything else, or names no element.
 *
 * @see https://hl7.org/fhir/R4/profiling.html#discriminator
 */
export function compileSteps(
  { compiler, base: root }: ProfileScope,
  sliced: ElementNode,
  base: ElementNode,
  path: string,
): readonly Step[] | undefined {
  const steps: Step[] = [];
  const { contentReference } = base;
  const node = contentReference === undefined ? base : elementAt(root, contentReference);
  let at: Definition = { node, types: typesOf(sliced, base) };
  for (const part of partsOf(path)) {
    const step = compileStep(compiler, at, part);
    if (step === undefined) {
      return undefined;
    }
    steps.push(step.step);
    at = step.next;
  }
  return steps;
}

/** An element as the base types define it, and the types that its values may have. */
interface Definition {
  readonly node: ElementNode | undefined;
  readonly types: readonly string[];
}

function typesOf(sliced: ElementNode, base: ElementNode): readonly string[] {
  return [...sliced.types, ...base.types].map(({ code }) => code);
}

/** Splits at dots outside of parentheses and leaves `$this` out. */
function partsOf(path: string): readonly string[] {
  const parts = path.match(/(?:[^.()]|\([^()]*\))+/g) ?? [];
  return parts.filter((part) => part !== '$this');
}

function compileStep(
  compiler: Compiler,
  at: Definition,
  part: string,
): { readonly step: Step; readonly next: Definition } | undefined {
  const [, name = '', argument = ''] = /^(\w+)\(\s*'?([^')]*)'?\s*\)$/.exec(part) ?? [];
  switch (name) {
    case '':
      return childStep(compiler, at, part);
    case 'extension':
      return {
        step: { kind: 'extension', url: argument },
        next: { node: undefined, types: ['Extension'] },
      };
    case 'resolve':
      return {
        step: { kind: 'resolve', typeOf: (reference) => namedType(compiler, reference) },
        next: { node: undefined, types: [] },
      };
    case 'ofType':
      return { step: { kind: 'type', type: argument }, next: { ...at, types: [argument] } };
    default:
      return undefined;
  }
}

function childStep(compiler: Compiler, at: Definition, name: string) {
  const owners = [at.node, ...at.types.map((type) => compiler.tree(type))];
  for (const owner of owners) {
    const child = owner && childNamed(owner, name);
    if (child !== undefined) {
      const types = child.types.map(({ code }) => code);
      const step: Step = { kind: 'child', name, collect: compileCollect(child, child) };
      return { step, next: { node: child, types } };
    }
  }
  // Below resolve() the type is known only when the target is.
  return at.types.length === 0 && /^\w+$/.test(name)
    ? {
        step: { kind: 'child', name, collect: collectPlain(name) } satisfies Step,
        next: { node: undefined, types: [] },
      }
    : undefined;
}

function collectPlain(name: string): Collect {
  return (owner) => {
    const value = owner[name];
    const values: readonly (JsonValue | undefined)[] = Array.isArray(value) ? value : [value];
    return values
      .filter((item) => item !== undefined)
      .map((item) => ({
        value: item,
        sibling: undefined,
        type: '',
        segment: name,
        index: undefined,
      }));
  };
}

/** Returns the values that a path leads to from a value. */
export function valuesAt(
  steps: readonly Step[],
  from: Occurrence,
  pass: Pass,
): readonly Occurrence[] {
  const [first] = steps;
  if (first === undefined) {
    return [from];
  }
  let values = follow(first, from, pass);
  for (let at = 1; at < steps.length; at += 1) {
    const step = steps[at];
    values = step === undefined ? values : values.flatMap((value) => follow(step, value, pass));
  }
  return values;
}

function follow(step: Step, occurrence: Occurrence, pass: Pass): readonly Occurrence[] {
  const { value, sibling, type } = occurrence;
  const owner = isJsonObject(value) ? value : sibling;
  switch (step.kind) {
    case 'child':
      return owner === undefined ? [] : step.collect(owner);
    case 'extension':
      return extensionsOf(owner, step.url);
    case 'type':
      return type === step.type || (owner?.['resourceType'] ?? '') === step.type
        ? [occurrence]
        : [];
    case 'resolve':
      return targetOf(step.typeOf, value, pass);
  }
}

function extensionsOf(owner: JsonObject | undefined, url: string): readonly Occurrence[] {
  const extensions = owner?.['extension'];
  return itemsOf(extensions)
    .filter((extension) => isJsonObject(extension) && extension['url'] === url)
    .map((value) => ({ value, sibling: undefined, type: 'Extension' }));
}

/** The target of a reference; outside of the document only the type that the reference names. */
function targetOf(
  typeOf: (reference: string) => string | undefined,
  value: JsonValue | undefined,
  pass: Pass,
): readonly Occurrence[] {
  const reference = isJsonObject(value) ? value['reference'] : value;
  if (typeof reference !== 'string') {
    return [];
  }
  const target = resolveInPass(pass, reference);
  if (target !== undefined) {
    return [{ value: target, sibling: undefined, type: '' }];
  }
  const named = isJsonObject(value) ? value['type'] : undefined;
  const type = typeOf(reference) ?? (typeof named === 'string' ? named : undefined);
  return type === undefined ? [] : [{ value: undefined, sibling: undefined, type }];
}

/** Returns what a profile says of the elements that a path leads to from a slice. */
export function nodesAt(
  { compiler }: ProfileScope,
  slice: ElementNode,
  steps: readonly Step[],
): readonly ElementNode[] {
  let nodes: readonly ElementNode[] = [slice];
  for (const step of steps) {
    if (step.kind === 'child') {
      nodes = nodes.flatMap((node) => childrenOf(compiler, node, step.name));
    } else if (step.kind === 'extension') {
      nodes = nodes.flatMap((node) => extensionNodes(compiler, node, step.url));
    } else if (step.kind === 'type') {
      nodes = nodes.flatMap((node) => typedNodes(node, step.type));
    } else if (step !== steps.at(-1)) {
      nodes = nodes.flatMap((node) => targetNodes(compiler, node));
    }
  }
  return nodes;
}

/** A child as the slice has it, else as the profiles of its types have it, else as its types do. */
function childrenOf(compiler: Compiler, node: ElementNode, name: string): readonly ElementNode[] {
  const own = childNamed(node, name);
  if (own !== undefined) {
    return [own, ...own.slices.filter(({ min }) => min > 0)];
  }
  const profiled = node.types.flatMap(({ code, profiles }) =>
    profiles.map((url) =>
      code === 'Extension' ? extensionTree(compiler, url) : compiler.tree(url),
    ),
  );
  const owners = profiled.length > 0 ? profiled : node.types.map(({ code }) => compiler.tree(code));
  return owners
    .map((tree) => tree && childNamed(tree, name))
    .filter((child) => child !== undefined);
}

/** The tree of an extension, also where a profile of a resource has the same URL. */
function extensionTree(compiler: Compiler, url: string): ElementNode | undefined {
  return compiler.tree(extensionCanonical(url)) ?? compiler.tree(url);
}

function extensionNodes(
  compiler: Compiler,
  node: ElementNode,
  url: string,
): readonly ElementNode[] {
  const extension = childNamed(node, 'extension');
  const slice = extension?.slices.find(({ types }) =>
    types.some(({ profiles }) => profiles.includes(url)),
  );
  const tree = extensionTree(compiler, url);
  return slice === undefined ? (tree === undefined ? [] : [{ ...tree, min: 0 }]) : [slice];
}

/** Below `resolve()` the profiles of the target say what is there. */
function targetNodes(compiler: Compiler, node: ElementNode): readonly ElementNode[] {
  return node.types
    .flatMap(({ targetProfiles }) => targetProfiles)
    .map((canonical) => compiler.tree(canonical))
    .filter((tree) => tree !== undefined);
}

function typedNodes(node: ElementNode, type: string): readonly ElementNode[] {
  const slice = node.slices.find(({ types }) => types.some(({ code }) => code === type));
  return [slice ?? node];
}
