declare const instantBrand: unique symbol;

/**
 * A point in time in UTC with milliseconds, always 24 characters (`2024-03-04T02:00:00.000Z`), so
 * that text order is time order.
 *
 * @see https://hl7.org/fhir/R4/datatypes.html#instant
 */
export type Instant = string & { readonly [instantBrand]: true };

/** Returns the instant of `milliseconds` since the epoch. */
export function instantOf(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString() as Instant;
}

/** Returns `now`, or one millisecond after `previous` when the clock has not passed it. */
export function instantAfter(previous: Instant, now: Instant): Instant {
  return now > previous ? now : instantOf(Date.parse(previous) + 1);
}
