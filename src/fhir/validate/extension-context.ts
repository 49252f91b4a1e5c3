import type { Compiler } from './compiler.ts';
import { childNamed, elementAt } from './element-tree.ts';
import type { Pass } from './pass.ts';

/**
 * Returns the names of the place that an extension stands in, as extension contexts write them: the
 * path of the element in each definition around, its types and their ancestors.
 *
 * @see https://hl7.org/fhir/R4/defining-extensions.html#context
 */
export function contextsAt(compiler: Compiler, pass: Pass): ReadonlySet<string> {
  const names = new Set<string>();
  const ownerDepth = pass.depth - 2;
  const owner = pass.definitionAt[ownerDepth] ?? '';
  names.add(owner);
  addAncestors(compiler, owner, names);
  const segmentAt = typeof pass.path[ownerDepth - 1] === 'number' ? ownerDepth - 2 : ownerDepth - 1;
  const segment = pass.path[segmentAt];
  const around = pass.definitionAt[segmentAt];
  if (typeof segment === 'string' && around !== undefined && segmentAt > 0) {
    addElement(compiler, { around, segment }, names);
  }
  return names;
}

function addAncestors(compiler: Compiler, owner: string, names: Set<string>): void {
  if (owner.includes('.')) {
    names.add('BackboneElement');
  } else if (compiler.definitions.isResourceType(owner)) {
    names.add('Resource').add('DomainResource').add('CanonicalResource').add('MetadataResource');
  }
  const base = compiler.definitions.structureDefinition(owner)?.baseDefinition;
  if (base !== undefined) {
    names.add(base.slice(base.lastIndexOf('/') + 1));
  }
}

interface Place {
  readonly around: string;
  readonly segment: string;
}

function addElement(compiler: Compiler, { around, segment }: Place, names: Set<string>): void {
  const name = segment.split('.')[0] ?? segment;
  const root = compiler.tree(around.split('.')[0] ?? '');
  const node = root && elementAt(root, around);
  const child = node && childNamed(node, name);
  names.add(`${around}.${name}`);
  if (child === undefined) {
    return;
  }
  names.add(child.path);
  const written = /ofType\((\w+)\)/.exec(segment)?.[1];
  for (const { code } of child.types) {
    if (written === undefined || written === code) {
      names.add(code);
    }
  }
}
