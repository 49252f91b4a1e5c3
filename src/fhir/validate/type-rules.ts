import { attachmentRules } from './attachment.ts';
import { codingRules } from './coding.ts';
import type { Compiler } from './compiler.ts';
import { extensionRules } from './extension.ts';
import { narrativeFault } from './narrative.ts';
import { report, type ObjectCheck } from './pass.ts';
import { unitRules } from './quantity.ts';
import { referenceShape } from './reference-shape.ts';

/** Returns what is checked in code for each value of a type beyond its definition. */
export function nativeRules(compiler: Compiler, type: string): ObjectCheck | undefined {
  switch (type) {
    case 'Extension':
      return extensionRules(compiler);
    case 'Narrative':
      return narrativeRules;
    case 'Coding':
      return codingRules(compiler);
    case 'Reference':
      return referenceShape;
    case 'Attachment':
      return attachmentRules;
    case 'Quantity':
    case 'Age':
    case 'Count':
    case 'Distance':
    case 'Duration':
      return unitRules;
    default:
      return undefined;
  }
}

const narrativeRules: ObjectCheck = (narrative, pass) => {
  const div = narrative['div'];
  const fault = typeof div === 'string' ? narrativeFault(div) : undefined;
  if (fault !== undefined) {
    report(pass, {
      code: 'invariant',
      rule: fault === 'the XHTML has no text and no image' ? 'txt-2' : 'txt-1',
      text: `In the narrative ${fault}.`,
      child: 'div',
    });
  }
};
