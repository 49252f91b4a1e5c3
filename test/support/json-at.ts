/**
 * Returns the value at a dotted path of a JSON body (`entry.0.response.status`), undefined when there is
 * none. `*` stands for every item of an array.
 */
export function at(body: unknown, path: string): unknown {
  return stepInto(body, path.split('.'));
}

/** Returns the string at a path; throws when there is none, for a test that goes on with it. */
export function textAt(body: unknown, path: string): string {
  const value = at(body, path);
  if (typeof value !== 'string') throw new Error(`There is no string at ${path}.`);
  return value;
}

function stepInto(value: unknown, steps: readonly string[]): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (step === '*') {
    return Array.isArray(value) ? value.map((item: unknown) => stepInto(item, rest)) : undefined;
  }
  return typeof value === 'object' && value !== null
    ? stepInto((value as Record<string, unknown>)[step], rest)
    : undefined;
}
