import { failed, success, type Result } from '../../result.ts';
import { failure } from '../../operation-outcome.ts';
import { malformedValue } from '../failures.ts';
import type { Parameter, SearchSettings } from '../parameter.ts';
import type { SearchExpression } from '../plan.ts';
import { splitEscaped } from '../query-text.ts';

/** Parses one component's value as its own parameter would. */
export type ComponentParser = (parameter: Parameter, value: string) => Result<SearchExpression>;

/**
 * Returns the test of values joined by `$`, each read as the parameter of its component.
 * Fails `invalid-parameter` when their number differs from that of the components.
 *
 * @see https://hl7.org/fhir/R4/search.html#composite
 */
export function parseComposite(
  parameter: Parameter,
  value: string,
  { definitions }: SearchSettings,
  parse: ComponentParser,
): Result<SearchExpression> {
  const components = parameter.definition.component ?? [];
  const values = splitEscaped(value, '$');
  if (values.length !== components.length) {
    return malformedValue(
      parameter.code,
      `${components.length} values joined by $, one for each component`,
    );
  }
  const tests: SearchExpression[] = [];
  for (const [index, component] of components.entries()) {
    const definition = definitions.searchParameter(component.definition);
    if (definition === undefined) {
      return failed(
        failure('not-supported', `A component of ${parameter.code} is not known to this server.`),
      );
    }
    const own: Parameter = {
      code: definition.code,
      type: definition.type,
      definition,
      types: parameter.types.filter((type) => definition.base.includes(type as never)),
      targets: definition.target ?? [],
    };
    const test = parse(own, values[index] ?? '');
    if (!test.ok) return test;
    tests.push(test.value);
  }
  return success({ kind: 'composite', param: parameter.code, components: tests });
}
