import type { Compiler } from './compiler.ts';
import { createSnapshot } from './snapshot.ts';

/**
 * Returns in words what keeps resources from being held to a profile that the server has, whole or in
 * part; nothing when they can be.
 */
export function profileProblems(compiler: Compiler, canonical: string): readonly string[] {
  const { definitions } = compiler;
  const structure = definitions.structureDefinition(canonical);
  if (structure === undefined) {
    return [`The profile ${canonical} is not known to this server.`];
  }
  const compiled = compiler.profileCheck(canonical);
  if (compiled !== undefined) {
    return [...new Set(compiled.problems)];
  }
  if (compiler.tree(structure.type) === undefined) {
    return [`Its type ${structure.type} is not known to this server.`];
  }
  const made =
    structure.snapshot === undefined ? createSnapshot(definitions, structure) : undefined;
  return made?.ok === false
    ? made.failure.issues.map(({ text }) => text)
    : ['Its snapshot has no root element.'];
}
