/**
 * What a client's write makes of the status of a subject: nothing new, a step of the protocol, steps
 * forward of which some were left out, or what the protocol does not know.
 */
export type StatusChange = 'kept' | 'step' | 'skip' | 'refused';

const leaving = ['off-study', 'withdrawn'];
const screened = ['ineligible', 'withdrawn'];

/** From each status, where a client may bring a subject in one step. The step onto the study is `$enrol`'s. */
const steps: Readonly<Record<string, readonly string[]>> = {
  'potential-candidate': ['screening', ...screened],
  candidate: ['screening', ...screened],
  screening: ['eligible', 'pending-on-study', ...screened],
  eligible: screened,
  'pending-on-study': screened,
  'on-study': ['on-study-intervention', ...leaving],
  'on-study-intervention': ['on-study-observation', ...leaving],
  'on-study-observation': ['follow-up', ...leaving],
  'follow-up': leaving,
  // Who is off study may withdraw the consent to what was collected.
  'off-study': ['withdrawn'],
};

/** The two ways forward: to the enrolment, and from it. Between them is `$enrol` alone. */
const ways: readonly (readonly string[])[] = [
  ['potential-candidate', 'candidate', 'screening', 'eligible', 'pending-on-study'],
  ['on-study', 'on-study-intervention', 'on-study-observation', 'follow-up'],
];

/** Where a subject may be when it is created: anywhere but where only an enrolment leads. */
const beginnings: ReadonlySet<string> = new Set([
  'potential-candidate',
  'candidate',
  'screening',
  'eligible',
  'pending-on-study',
  'ineligible',
  'not-registered',
  'withdrawn',
]);

/**
 * Returns what a write makes of a status; `before` is undefined when it creates the subject. A status that
 * R4 does not know is for the validator to refuse.
 */
export function statusChange(before: string | undefined, next: string): StatusChange {
  if (!beginnings.has(next) && steps[next] === undefined) return 'kept';
  if (before === undefined) return beginnings.has(next) ? 'step' : 'refused';
  if (before === next) return 'kept';
  if (steps[before]?.includes(next) === true) return 'step';
  return ways.some((way) => isForward(way, before, next)) ? 'skip' : 'refused';
}

function isForward(way: readonly string[], before: string, next: string): boolean {
  return way.includes(before) && way.indexOf(before) < way.indexOf(next);
}

/** Returns whether a status lies ahead of another on the way from the enrolment. */
export function isAhead(status: string, of: string): boolean {
  return ways.some((way) => isForward(way, of, status));
}
