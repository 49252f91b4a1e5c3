/**
 * Returns the header that names the request in answer and log: the client's id when it is one, else a
 * new one.
 *
 * @see https://hl7.org/fhir/R4/http.html#custom
 */
export function requestIdHeaders(
  sent: string | readonly string[] | undefined,
  newId: () => string,
): Readonly<Record<'X-Request-Id', string>> {
  return {
    'X-Request-Id': typeof sent === 'string' && idPattern.test(sent) ? sent : newId(),
  };
}

/** Nothing that could break a line of a log or name a patient in a sentence. */
const idPattern = /^[A-Za-z0-9._-]{1,64}$/u;
