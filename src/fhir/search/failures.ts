import { failure } from '../operation-outcome.ts';
import { failed } from '../result.ts';

/** Returns the failure of a value that has not the form of its parameter; the value is not repeated. */
export function malformedValue(name: string, form: string): ReturnType<typeof failed> {
  return failed(failure('invalid-parameter', `A value of ${name} is not ${form}.`));
}

/**
 * Returns the failure of a modifier that the parameter does not allow.
 *
 * @see https://hl7.org/fhir/R4/search.html#modifiers
 */
export function refusedModifier(name: string, modifier: string): ReturnType<typeof failed> {
  return failed(
    failure('invalid-parameter', `The modifier :${modifier} is not supported for ${name}.`),
  );
}

/** Returns the failure of a name that is no search parameter of the searched types. */
export function unknownParameter(
  name: string,
  types: readonly string[],
): ReturnType<typeof failed> {
  const where = types.length === 1 ? (types[0] ?? '') : 'all searched types';
  return failed(failure('unknown-parameter', `${name} is not a search parameter of ${where}.`));
}
