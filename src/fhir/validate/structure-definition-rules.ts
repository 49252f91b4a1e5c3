import type { StructureDefinition } from '@medplum/fhirtypes';
import type { JsonObject } from '../json/json-value.ts';
import type { Compiler } from './compiler.ts';
import { report, type ObjectCheck, type Pass } from './pass.ts';
import { compileProfile } from './profile-check.ts';

/**
 * A profile compiles: its differential names elements that its base has, its slices can be told apart,
 * its invariants parse. So a profile that the server takes is one that it can check.
 *
 * @see https://hl7.org/fhir/R4/profiling.html
 */
export function structureDefinitionRules(compiler: Compiler): ObjectCheck {
  return (structure, pass) => {
    if (!isCompilable(compiler, structure)) {
      return;
    }
    const candidate = structure as unknown as StructureDefinition;
    const compiled = compileProfile(compiler.with(candidate), candidate.url);
    if (compiled === undefined) {
      reportProblem(pass, 'No snapshot can be made of the differential and the base definition.');
    }
    for (const problem of new Set(compiled?.problems)) {
      reportProblem(pass, problem);
    }
  };
}

function isCompilable({ definitions }: Compiler, structure: JsonObject): boolean {
  const { derivation, type, url, baseDefinition, differential, snapshot } = structure;
  return (
    derivation === 'constraint' &&
    typeof url === 'string' &&
    typeof type === 'string' &&
    typeof baseDefinition === 'string' &&
    (differential !== undefined || snapshot !== undefined) &&
    definitions.structureDefinition(baseDefinition) !== undefined
  );
}

function reportProblem(pass: Pass, text: string): void {
  report(pass, { code: 'business-rule', rule: 'profile-compiles', text });
}
