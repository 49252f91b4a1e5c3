import { rule, singleOf, type Call, type Expression, type FunctionTable } from './expression.ts';
import { isExpression, ofTypeExpression, typeArgument } from './type-operator.ts';

/** @see http://hl7.org/fhirpath/N1/#types-1 */
export const typeFunctions: FunctionTable = {
  is: rule(1, 1, ({ input, args, scope, at }) =>
    isExpression(input, typeArgument(args[0], at), scope, at),
  ),
  as: rule(1, 1, as),
};

/** Of one item, as the text has it; the operator is the one that R4 itself applies to many. */
function as({ input, args, scope, at }: Call): Expression {
  const { items, ...rest } = ofTypeExpression(input, typeArgument(args[0], at), scope, at);
  if (!input.isMany) return { ...rest, items };
  return {
    types: rest.types,
    isMany: false,
    items: (frame) => {
      singleOf(input.items(frame));
      return items(frame);
    },
  };
}
