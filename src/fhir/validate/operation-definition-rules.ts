import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import type { Compiler } from './compiler.ts';
import { childNamed, choiceValue, type ElementNode } from './element-tree.ts';
import { itemsOf } from './json-array.ts';
import { report, type ObjectCheck, type Pass } from './pass.ts';

/**
 * The profiles of an operation's Parameters and its own list of parameters say the same cardinality.
 *
 * @see https://hl7.org/fhir/R4/operationdefinition-definitions.html#OperationDefinition.inputProfile
 */
export function operationDefinitionRules(compiler: Compiler): ObjectCheck {
  return (operation, pass) => {
    checkUse({ compiler, operation, use: 'in', name: 'inputProfile' }, pass);
    checkUse({ compiler, operation, use: 'out', name: 'outputProfile' }, pass);
  };
}

interface Use {
  readonly compiler: Compiler;
  readonly operation: JsonObject;
  readonly use: string;
  readonly name: string;
}

function checkUse({ compiler, operation, use, name }: Use, pass: Pass): void {
  const canonical = operation[name];
  const tree = typeof canonical === 'string' ? compiler.tree(canonical) : undefined;
  const slices = (tree && childNamed(tree, 'parameter')?.slices) ?? [];
  for (const [index, parameter] of itemsOf(operation['parameter']).entries()) {
    if (!isJsonObject(parameter) || parameter['use'] !== use) {
      continue;
    }
    const slice = slices.find((candidate) => sliceNameOf(candidate) === parameter['name']);
    if (slice !== undefined && !isSameCardinality(slice, parameter)) {
      report(pass, {
        code: 'business-rule',
        rule: 'operation-profile',
        text: `The cardinality differs from the one in the ${name} of the operation.`,
        child: `parameter[${index}]`,
      });
    }
  }
}

function sliceNameOf(slice: ElementNode): unknown {
  const name = childNamed(slice, 'name');
  return name && choiceValue(name.definition, 'fixed')?.value;
}

function isSameCardinality(slice: ElementNode, parameter: JsonObject): boolean {
  const max = slice.max === Infinity ? '*' : String(slice.max);
  return parameter['min'] === slice.min && (parameter['max'] === max || parameter['max'] === '*');
}
