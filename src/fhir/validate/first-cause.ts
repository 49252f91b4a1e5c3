import type { Issue } from '../operation-outcome.ts';

/** Where the JSON has another shape than the type, nothing else can be said of the value or below it. */
const shapeRules: ReadonlySet<string | undefined> = new Set([
  'json-type',
  'json-array',
  'primitive',
]);

/** What each of these hides at its own place, when it is of another profile. */
const hides: ReadonlyMap<string | undefined, ReadonlySet<string | undefined>> = new Map([
  ['ext-1', new Set(['cardinality'])],
  ['choice', new Set(['cardinality'])],
]);

/** A base type and its profiles say the same of one value; the last of them is the narrowest. */
const narrowed: ReadonlySet<string | undefined> = new Set(['reference-type', 'binding', 'type']);

/**
 * Returns the issues without those that another one explains, so that one mistake is one issue: what
 * follows from a wrong shape, from an empty element (`ele-1`), or from a type that the profile does not
 * allow, and what base and profile both say.
 *
 * @see https://hl7.org/fhir/R4/validation.html
 */
export function firstCauses(issues: readonly Issue[]): readonly Issue[] {
  if (issues.length < 2) {
    return issues;
  }
  const byPlace = Map.groupBy(issues, placeOf);
  const seen = new Set<string>();
  return issues.filter((issue) => {
    const place = placeOf(issue);
    const key = `${place} ${issue.text}`;
    const isNew = !seen.has(key);
    seen.add(key);
    const same = byPlace.get(place) ?? [];
    return (
      isNew &&
      !same.some((other) => other !== issue && explains(other, issue)) &&
      !isBelowFault(issue, place, byPlace) &&
      !isWidened(issue, same)
    );
  });
}

function placeOf({ expression = [] }: Issue): string {
  return expression.join();
}

function explains(cause: Issue, issue: Issue): boolean {
  const { rule } = cause;
  return (
    (isFault(cause) && !isFault(issue)) ||
    (rule === 'ele-1' && issue.rule !== 'ele-1') ||
    (rule === 'type' && issue.rule !== 'type' && cause.profile === issue.profile) ||
    (hides.get(rule)?.has(issue.rule) === true && cause.profile !== issue.profile)
  );
}

function isFault({ rule, severity }: Issue): boolean {
  return severity === 'error' && shapeRules.has(rule);
}

function isBelowFault(
  issue: Issue,
  place: string,
  byPlace: ReadonlyMap<string, readonly Issue[]>,
): boolean {
  for (let at = place.length - 1; at > 0; at -= 1) {
    const char = place[at];
    if ((char === '.' || char === '[') && hasFault(byPlace.get(place.slice(0, at)), issue)) {
      return true;
    }
  }
  return false;
}

function hasFault(above: readonly Issue[] | undefined, issue: Issue): boolean {
  return (
    above?.some(
      (cause) => isFault(cause) || (cause.rule === 'type' && cause.profile === issue.profile),
    ) === true
  );
}

function isWidened(issue: Issue, same: readonly Issue[]): boolean {
  return (
    narrowed.has(issue.rule) &&
    same
      .slice(same.indexOf(issue) + 1)
      .some(
        ({ rule, profile, severity }) =>
          rule === issue.rule && profile !== issue.profile && severity === 'error',
      )
  );
}
