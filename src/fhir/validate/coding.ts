import { isAbsoluteUri } from './absolute-system.ts';
import type { Compiler } from './compiler.ts';
import { report, type ObjectCheck } from './pass.ts';

/**
 * A system is an absolute URI of a code system, and a code is one that the system defines, where the
 * system is shipped whole.
 *
 * @see https://hl7.org/fhir/R4/datatypes.html#Coding
 */
export function codingRules(compiler: Compiler): ObjectCheck {
  const faults = new Map<string, string | undefined>();
  return ({ system, code }, pass) => {
    if (typeof system !== 'string') {
      return;
    }
    let fault = faults.get(system);
    if (fault === undefined && !faults.has(system)) {
      fault = systemFault(compiler, system);
      if (faults.size < systemsMax) {
        faults.set(system, fault);
      }
    }
    if (fault !== undefined) {
      report(pass, { code: 'value', rule: 'coding-system', text: fault, child: 'system' });
    } else if (
      typeof code === 'string' &&
      compiler.terminology.definesCode(system, code) === 'out'
    ) {
      report(pass, {
        code: 'code-invalid',
        rule: 'coding-code',
        text: `The code is not one of the code system ${system}.`,
        child: 'code',
      });
    }
  };
}

/** Systems repeat; the answers are kept, up to a limit. */
const systemsMax = 1_000;

function systemFault({ definitions }: Compiler, system: string): string | undefined {
  if (!isAbsoluteUri(system)) {
    return 'The system of the coding is no absolute URI; one begins with a scheme, such as http: or urn:oid:.';
  }
  if (system.includes('/ValueSet/') && definitions.valueSet(system) !== undefined) {
    return 'The system of the coding is that of a value set; that of a code system is expected.';
  }
  const codeSystem = definitions.codeSystem(system);
  return codeSystem?.content === 'supplement' || codeSystem?.supplements !== undefined
    ? 'The system of the coding is a supplement; codes belong to the code system that it supplements.'
    : undefined;
}
