/** What is thrown inside this room and never leaves it: compile and evaluate turn it into a failure. */
export interface ExpressionError extends Error {
  readonly code: 'fhirpath';
}

/** Returns the error that stops compiling at an offset of the expression, or evaluating. */
export function expressionError(message: string, at?: number): ExpressionError {
  const text = at === undefined ? message : `${message} at offset ${at}`;
  return Object.assign(new Error(text), { code: 'fhirpath' as const });
}

/** Returns the sentence of an error of this room, or undefined for any other. */
export function expressionErrorText(error: unknown): string | undefined {
  const { code, message } = error as Partial<ExpressionError>;
  return code === 'fhirpath' ? message : undefined;
}
