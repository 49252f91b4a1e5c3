import { failure } from '../operation-outcome.ts';
import { failed, success, type Result } from '../result.ts';
import { createCompiler } from './compile-syntax.ts';
import { elementRuleExpression } from './element-rule.ts';
import { expressionErrorText } from './expression-error.ts';
import { truthOf, type Expression, type Frame, type Scope } from './expression.ts';
import type {
  CompiledFhirPath,
  CompileFhirPath,
  FhirPathEnvironment,
  FhirPathFocus,
  TypedValue,
} from './fhirpath.ts';
import { none, type Item } from './item.ts';
import { modelOf, type Model } from './model.ts';
import { parseFhirPath } from './parser.ts';
import { actualType } from './path.ts';
import type { Type } from './type.ts';

/** How many items one evaluation may make. */
const budgetMax = 1_000_000;

/**
 * Returns `expression` compiled for a context: a type (`Observation`, `Period`, `code`), an element
 * (`Observation.referenceRange`), or the canonical of a profile.
 * Fails `invalid-request` with the offset in the expression. A path that starts with another resource
 * type is empty as one of several alternatives (`Patient.name | Person.name`), else a failure.
 *
 * @see http://hl7.org/fhirpath/N1/
 */
export const compileFhirPath: CompileFhirPath = (expression, contextType, environment) => {
  try {
    return success(compiled(expression, contextType, environment));
  } catch (error) {
    return failed(failure('invalid-request', `FHIRPath: ${reasonOf(error)}.`));
  }
};

/** Anything but our own error comes from content that no rule foresaw, and says nothing of it. */
function reasonOf(error: unknown): string {
  return expressionErrorText(error) ?? 'The expression cannot be evaluated';
}

function compiled(
  text: string,
  contextType: string,
  environment: FhirPathEnvironment,
): CompiledFhirPath {
  const model = modelOf(environment.definitions);
  const types = model.typesAt(contextType);
  const syntax = parseFhirPath(text);
  const compile = createCompiler({
    context: types.length === 0 ? undefined : types,
    resource: resourceTypes(contextType, model),
  });
  const self = { types: types.length === 0 ? undefined : types };
  const scope: Scope = { model, environment, self, isAlternative: false, compile };
  const expression = elementRuleExpression(text) ?? compile(syntax, scope);
  return evaluatorOf(expression, model, types.length === 1 ? types[0] : undefined);
}

function resourceTypes(contextType: string, model: Model): readonly Type[] | undefined {
  const root = model.type(
    contextType.includes('://') ? contextType : contextType.replace(/\..*/, ''),
  );
  return root?.isResource === true && !root.isOpen ? [root] : undefined;
}

function evaluatorOf(
  expression: Expression,
  model: Model,
  type: Type | undefined,
): CompiledFhirPath {
  const truth = truthOf(expression);
  return {
    evaluate: (focus): Result<readonly TypedValue[]> => {
      try {
        return success(expression.items(frameOf(focus, model, type)).flatMap(typedValue));
      } catch (error) {
        return failed(failure('invalid-request', `FHIRPath: ${reasonOf(error)}.`));
      }
    },
    holds: (focus) => {
      try {
        return truth(frameOf(focus, model, type)) === true;
      } catch {
        // What cannot be evaluated does not hold; the caller reports the rule by its key.
        return false;
      }
    },
  };
}

function frameOf(focus: FhirPathFocus, model: Model, known: Type | undefined): Frame {
  const { value, sibling } = focus;
  const type = actualType(known ?? model.resource, value);
  const start: Item = {
    type,
    value: value ?? undefined,
    sibling,
    parent: undefined,
    name: undefined,
    text: undefined,
  };
  return { focus, model, start, self: start, index: 0, total: none, budget: budgetMax };
}

function typedValue(item: Item): TypedValue[] {
  const { type, value, parent, name } = item;
  if (value === undefined) return [];
  return [
    {
      type: type.name,
      value,
      ...(parent === undefined ? {} : { parent }),
      ...(name === undefined ? {} : { name }),
    },
  ];
}
