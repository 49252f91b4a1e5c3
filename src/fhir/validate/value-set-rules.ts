import type { CodeSystem } from '@medplum/fhirtypes';
import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import { isAbsoluteUri } from './absolute-system.ts';
import type { Compiler } from './compiler.ts';
import { itemsOf } from './json-array.ts';
import { report, type ObjectCheck, type Pass } from './pass.ts';

/**
 * The systems of a ValueSet are absolute URIs, and its filters fit the properties that a shipped code
 * system declares.
 *
 * @see https://hl7.org/fhir/R4/valueset.html#compositions
 */
export function valueSetRules(compiler: Compiler): ObjectCheck {
  return (valueSet, pass) => {
    const { compose } = valueSet;
    if (!isJsonObject(compose)) {
      return;
    }
    for (const part of ['include', 'exclude']) {
      for (const [index, include] of itemsOf(compose[part]).entries()) {
        if (isJsonObject(include)) {
          checkInclude(compiler, include, `compose.${part}[${index}]`, pass);
        }
      }
    }
  };
}

function checkInclude(compiler: Compiler, include: JsonObject, child: string, pass: Pass): void {
  const { system } = include;
  if (typeof system !== 'string') {
    return;
  }
  if (!isAbsoluteUri(system)) {
    report(pass, {
      code: 'value',
      rule: 'value-set-system',
      text: 'The system is no absolute URI; also a contained code system is named by its own URL.',
      child: `${child}.system`,
    });
  }
  const codeSystem = compiler.definitions.codeSystem(system);
  for (const [index, filter] of itemsOf(include['filter']).entries()) {
    const fault =
      isJsonObject(filter) && codeSystem !== undefined
        ? filterFault(compiler, codeSystem, filter)
        : undefined;
    if (fault !== undefined) {
      report(pass, {
        code: 'value',
        rule: 'value-set-filter',
        text: `The value of the filter is not ${fault}.`,
        child: `${child}.filter[${index}].value`,
      });
    }
  }
}

const valueOperations: ReadonlySet<unknown> = new Set(['=', 'in', 'not-in']);

/** Says what the value of a filter on a declared property must be, when it is not. */
function filterFault(
  { terminology }: Compiler,
  codeSystem: CodeSystem,
  filter: JsonObject,
): string | undefined {
  const { property, op, value } = filter;
  const type = codeSystem.property?.find(({ code }) => code === property)?.type;
  if (!valueOperations.has(op) || typeof value !== 'string') {
    return undefined;
  }
  if (type === 'Coding' && !isCodeOf(terminology, value)) {
    return 'a code written as system#code';
  }
  return type === 'boolean' && value !== 'true' && value !== 'false' ? 'true or false' : undefined;
}

function isCodeOf(terminology: Compiler['terminology'], value: string): boolean {
  const [, system = '', code = ''] = /^([^|#]+)(?:\|[^#]*)?#(.+)$/.exec(value) ?? [];
  return system !== '' && terminology.definesCode(system, code) !== 'out';
}
