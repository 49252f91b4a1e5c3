import { boundaryFunctions } from './boundary.ts';
import { combiningFunctions } from './combining.ts';
import { conversionFunctions } from './conversion.ts';
import { dateTimeFunctions } from './date-time-functions.ts';
import { existenceFunctions } from './existence.ts';
import { expressionError } from './expression-error.ts';
import type { Call, Expression, FunctionTable } from './expression.ts';
import { fhirFunctions } from './fhir-functions.ts';
import { filteringFunctions } from './filtering.ts';
import { mathFunctions } from './math.ts';
import { stringFunctions } from './string-functions.ts';
import { subsettingFunctions } from './subsetting.ts';
import { terminologyFunctions } from './terminology-functions.ts';
import { treeFunctions } from './tree-navigation.ts';
import { typeFunctions } from './type-functions.ts';
import { utilityFunctions } from './utility.ts';

/** Every function by its name, chapter by chapter. */
const functions: FunctionTable = Object.freeze({
  ...existenceFunctions,
  ...filteringFunctions,
  ...subsettingFunctions,
  ...combiningFunctions,
  ...conversionFunctions,
  ...stringFunctions,
  ...mathFunctions,
  ...treeFunctions,
  ...utilityFunctions,
  ...typeFunctions,
  ...fhirFunctions,
  ...terminologyFunctions,
  ...boundaryFunctions,
  ...dateTimeFunctions,
});

/** Returns a call compiled; throws for an unknown function or a wrong number of arguments. */
export function compileCall(call: Call): Expression {
  const { name, args, at } = call;
  const found = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (found === undefined) throw expressionError(`Unknown function ${name}()`, at);
  if (args.length < found.argsMin || args.length > found.argsMax) {
    throw expressionError(`${name}() does not take ${args.length} arguments`, at);
  }
  return found.compile(call);
}
