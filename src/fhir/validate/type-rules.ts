import { absoluteSystem } from './absolute-system.ts';
import { attachmentRules } from './attachment.ts';
import { capabilityStatementRules } from './capability-statement-rules.ts';
import { codeSystemRules } from './code-system-rules.ts';
import { codingRules } from './coding.ts';
import { conceptMapRules } from './concept-map-rules.ts';
import { hasLostLink } from './narrative-link.ts';
import { operationDefinitionRules } from './operation-definition-rules.ts';
import { questionnaireRules } from './questionnaire-rules.ts';
import { searchParameterRules } from './search-parameter-rules.ts';
import { structureDefinitionRules } from './structure-definition-rules.ts';
import { valueSetRules } from './value-set-rules.ts';
import type { Compiler } from './compiler.ts';
import { extensionRules } from './extension.ts';
import { narrativeFault } from './narrative.ts';
import { report, type ObjectCheck } from './pass.ts';
import { unitRules } from './quantity.ts';
import { referenceShape } from './reference-shape.ts';

/** Returns what is checked in code for each value of a type beyond its definition. */
export function nativeRules(compiler: Compiler, type: string): ObjectCheck | undefined {
  return rulesOf.get(type)?.(compiler);
}

const narrativeRules: ObjectCheck = (narrative, pass) => {
  const div = narrative['div'];
  if (typeof div !== 'string') {
    return;
  }
  const fault = narrativeFault(div);
  if (fault !== undefined) {
    report(pass, {
      code: 'invariant',
      rule: fault === 'the XHTML has no text and no image' ? 'txt-2' : 'txt-1',
      text: `In the narrative ${fault}.`,
      child: 'div',
    });
  }
  if (fault === undefined && hasLostLink(div, pass)) {
    report(pass, {
      code: 'value',
      rule: 'narrative-link',
      text: 'A link inside the narrative names an anchor that the resource does not have.',
      child: 'div',
    });
  }
};

const rulesOf: ReadonlyMap<string, (compiler: Compiler) => ObjectCheck> = new Map([
  ['Extension', extensionRules],
  ['Narrative', () => narrativeRules],
  ['Coding', codingRules],
  ['Identifier', () => absoluteSystem],
  ['Reference', referenceShape],
  ['Attachment', () => attachmentRules],
  ['Quantity', unitRules],
  ['Age', unitRules],
  ['Count', unitRules],
  ['Distance', unitRules],
  ['Duration', unitRules],
  ['ValueSet', valueSetRules],
  ['CodeSystem', () => codeSystemRules],
  ['ConceptMap', conceptMapRules],
  ['OperationDefinition', operationDefinitionRules],
  ['StructureDefinition', structureDefinitionRules],
  ['CapabilityStatement', capabilityStatementRules],
  ['SearchParameter', searchParameterRules],
  ['Questionnaire', () => questionnaireRules],
]);
