import type { Compiler } from './compiler.ts';
import { itemsOf } from './json-array.ts';
import { report, type ObjectCheck } from './pass.ts';

/**
 * The expression of a search parameter compiles for one of the types that it is for.
 *
 * @see https://hl7.org/fhir/R4/searchparameter-definitions.html#SearchParameter.expression
 */
export function searchParameterRules(compiler: Compiler): ObjectCheck {
  const { compileFhirPath, definitions } = compiler;
  return ({ expression, base }, pass) => {
    const types = itemsOf(base).filter(
      (type) => typeof type === 'string' && definitions.structureDefinition(type) !== undefined,
    ) as readonly string[];
    if (typeof expression !== 'string' || expression === '' || types.length === 0) {
      return;
    }
    const results = types.map((type) => compileFhirPath(expression, type, compiler));
    if (results.every(({ ok }) => !ok)) {
      report(pass, {
        code: 'business-rule',
        rule: 'search-expression',
        text: 'The expression is no FHIRPath, or names what the types of the search parameter do not have.',
        child: 'expression',
      });
    }
  };
}
