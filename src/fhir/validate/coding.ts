import { isAbsoluteUri } from './absolute-system.ts';
import type { Compiler } from './compiler.ts';
import { report, type ObjectCheck, type Pass } from './pass.ts';

/**
 * A system is an absolute URI of a code system, and a code is one that the system defines, where the
 * system is shipped whole; its display is then one that the code has there.
 *
 * @see https://hl7.org/fhir/R4/datatypes.html#Coding
 */
export function codingRules(compiler: Compiler): ObjectCheck {
  const faults = new Map<string, string | undefined>();
  return ({ system, code, display }, pass) => {
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
    } else if (typeof code === 'string') {
      if (compiler.terminology.definesCode(system, code) === 'out') {
        report(pass, {
          code: 'code-invalid',
          rule: 'coding-code',
          text: `The code is not one of the code system ${system}.`,
          child: 'code',
        });
      } else if (typeof display === 'string') {
        checkDisplay(compiler.terminology.displays(system, code), display, pass);
      }
    }
  };
}

/**
 * What was sent is left out of the message.
 *
 * @see https://hl7.org/fhir/R4/datatypes-definitions.html#Coding.display
 */
function checkDisplay(displays: readonly string[], display: string, pass: Pass): void {
  const [expected] = displays;
  if (expected === undefined || displays.includes(display)) return;
  const sent = comparable(display);
  if (displays.some((one) => comparable(one) === sent)) return;
  report(pass, {
    severity: 'warning',
    code: 'invalid',
    rule: 'coding-display',
    text: `The display is not one that the code has; "${expected}" is expected.`,
    child: 'display',
  });
}

function comparable(display: string): string {
  return display.trim().replaceAll(/\s+/gu, ' ').toLowerCase();
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
