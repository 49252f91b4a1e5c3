import type { Definitions } from '../definitions/definitions.ts';
import type { Compiler } from './compiler.ts';
import { report, type ObjectCheck } from './pass.ts';

/**
 * A system is an absolute URI of a code system, and a code is one that the system defines, where the
 * system is shipped whole.
 *
 * @see https://hl7.org/fhir/R4/datatypes.html#Coding
 */
export function codingRules({ definitions, terminology }: Compiler): ObjectCheck {
  return ({ system, code }, pass) => {
    if (typeof system !== 'string') {
      return;
    }
    if (!system.includes(':')) {
      report(pass, {
        code: 'value',
        rule: 'coding-system',
        text: 'The system of the coding is no absolute URI; one begins with a scheme, such as http: or urn:oid:.',
        child: 'system',
      });
      return;
    }
    if (system.includes('/ValueSet/') && definitions.valueSet(system) !== undefined) {
      report(pass, {
        code: 'value',
        rule: 'coding-system',
        text: 'The system of the coding is that of a value set; that of a code system is expected.',
        child: 'system',
      });
      return;
    }
    if (isSupplement(definitions, system)) {
      report(pass, {
        code: 'value',
        rule: 'coding-system',
        text: 'The system of the coding is a supplement; codes belong to the code system that it supplements.',
        child: 'system',
      });
      return;
    }
    if (typeof code === 'string' && terminology.definesCode(system, code) === 'out') {
      report(pass, {
        code: 'code-invalid',
        rule: 'coding-code',
        text: `The code is not one of the code system ${system}.`,
        child: 'code',
      });
    }
  };
}

function isSupplement(definitions: Definitions, system: string): boolean {
  const codeSystem = definitions.codeSystem(system);
  return codeSystem?.content === 'supplement' || codeSystem?.supplements !== undefined;
}
