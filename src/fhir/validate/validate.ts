import type { Definitions } from '../definitions/definitions.ts';
import type { Terminology } from '../definitions/terminology.ts';
import type { CompileFhirPath } from '../fhirpath/fhirpath.ts';
import type { JsonDocument } from '../json/json-document.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { Compiler, ProfileCheck } from './compiler.ts';
import { elementTree, type ElementNode } from './element-tree.ts';
import { firstCauses } from './first-cause.ts';
import { judgeEntries } from './judge-entries.ts';
import { passOver, type ObjectCheck } from './pass.ts';
import { compileProfile } from './profile-check.ts';
import { profileProblems } from './profile-problems.ts';
import { checkResource, nestedResource } from './resource-check.ts';
import { createSnapshot } from './snapshot.ts';
import { compileType } from './type-check.ts';
import type { Validation, Validator } from './validator.ts';

/**
 * Returns a validator for one set of definitions. Nothing is compiled until a resource needs it; what
 * was compiled is kept as long as the validator.
 *
 * @see https://hl7.org/fhir/R4/validation.html
 */
export function createValidator(
  definitions: Definitions,
  terminology: Terminology,
  compileFhirPath: CompileFhirPath,
): Validator {
  const compiler = createCompiler(definitions, terminology, compileFhirPath);
  const validate = (
    { value, numberTexts }: Pick<JsonDocument, 'value' | 'numberTexts'>,
    demanded: readonly string[],
    judged?: ReadonlyMap<JsonObject, Validation>,
  ): Validation => {
    const type = value['resourceType'];
    const pass = passOver(value, typeof type === 'string' ? type : 'Resource', numberTexts);
    pass.judged = judged;
    checkResource(compiler, value, pass, demanded);
    return { issues: firstCauses(pass.issues), references: pass.references };
  };
  return {
    validate: (document, demanded = []) => validate(document, demanded),
    validatePaced: async (document, pace, demanded = []) =>
      document.value['resourceType'] === 'Bundle'
        ? validate(document, demanded, await judgeEntries(compiler, document, pace))
        : validate(document, demanded),
    validateTree: (value, demanded = []) => validate({ value, numberTexts: new Map() }, demanded),
    profileProblems: (canonical) => profileProblems(compiler, canonical),
  };
}

/** Returns what checks are compiled with; each type and profile is compiled on first use and kept. */
export function createCompiler(
  definitions: Definitions,
  terminology: Terminology,
  compileFhirPath: CompileFhirPath,
): Compiler {
  const trees = new Map<string, ElementNode>();
  const types = new Map<string, ObjectCheck>();
  const profiles = new Map<string, ProfileCheck>();
  const compiler: Compiler = {
    definitions,
    terminology,
    compileFhirPath,
    tree: (name) => kept(trees, name, () => treeOf(definitions, name)),
    with: (structure) =>
      createCompiler(definitions.with([structure]), terminology, compileFhirPath),
    typeCheck: (type) =>
      kept(types, type, () =>
        type === 'Resource' ? nestedResource(compiler) : compileType(compiler, type),
      ),
    profileCheck: (canonical) =>
      kept(profiles, canonical, () => compileProfile(compiler, canonical)),
  };
  return compiler;
}

function treeOf(definitions: Definitions, name: string): ElementNode | undefined {
  const structure = definitions.structureDefinition(name);
  if (structure === undefined || structure.snapshot !== undefined) {
    return structure && elementTree(structure);
  }
  const made = createSnapshot(definitions, structure);
  return made.ok ? elementTree(made.value) : undefined;
}

/** What is unknown is not kept: its names come from resources, without limit. */
function kept<Value>(
  map: Map<string, Value>,
  key: string,
  make: () => Value | undefined,
): Value | undefined {
  const known = map.get(key);
  if (known !== undefined) {
    return known;
  }
  const made = make();
  if (made !== undefined) {
    map.set(key, made);
  }
  return made;
}
