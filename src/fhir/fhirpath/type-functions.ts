import { rule, type FunctionTable } from './expression.ts';
import { isExpression, ofTypeExpression, typeArgument } from './type-operator.ts';

/** @see http://hl7.org/fhirpath/N1/#types-1 */
export const typeFunctions: FunctionTable = {
  is: rule(1, 1, ({ input, args, scope, at }) =>
    isExpression(input, typeArgument(args[0], at), scope, at),
  ),
  as: rule(1, 1, ({ input, args, scope, at }) =>
    ofTypeExpression(input, typeArgument(args[0], at), scope, at),
  ),
};
