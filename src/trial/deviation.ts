import type { JsonObject, JsonValue } from '../fhir/json/json-value.ts';
import type { Resource } from '../fhir/resource.ts';
import { codeSystem, profile, sid } from './canonical.ts';
import { codesOf, objectsOf } from './element.ts';

/** One deviation from the protocol, as it was found; the rules that hold for one code and focal record are one. */
export interface Deviation {
  readonly code: DeviationCode;
  /** `R3/UT-1` */
  readonly rules: readonly string[];
  readonly severity: 'high' | 'moderate' | 'low';
  /** `ResearchSubject/1` */
  readonly subject: string;
  /** `Patient/1` */
  readonly patient: string;
  /** References without version, unless the rule says otherwise; the focal record first. */
  readonly implicated: readonly string[];
  /** What distinguishes those of one code and subject: the focal record, or a visit code. */
  readonly about: string;
  readonly detail: string;
  readonly discovery: 'prospective' | 'retrospective';
}

/** The codes of the code system `h2c-deviation`. */
export type DeviationCode =
  | 'dose-despite-toxicity'
  | 'dose-without-enrolment'
  | 'dose-wrong-product'
  | 'dose-out-of-window'
  | 'unplanned-dose'
  | 'activity-before-consent'
  | 'eligibility-override'
  | 'eligibility-lost'
  | 'visit-out-of-window'
  | 'visit-missed'
  | 'activity-missed'
  | 'safety-assessment-missing'
  | 'sae-late-report'
  | 'order-gap'
  | 'data-conflict';

/** Returns the identifier value of a deviation, by which a later judgement finds it again. */
export function deviationKey(deviation: Pick<Deviation, 'code' | 'subject' | 'about'>): string {
  const id = deviation.subject.slice('ResearchSubject/'.length);
  return `${deviation.code}:${id}:${deviation.about}`;
}

/** Returns the identifier value of a stored deviation; undefined for another DetectedIssue. */
export function storedKey(issue: Resource): string | undefined {
  const value = objectsOf(issue['identifier']).find(({ system }) => system === sid('deviation'))?.[
    'value'
  ];
  return typeof value === 'string' ? value : undefined;
}

/** Returns the deviation code of a stored DetectedIssue. */
export function storedCode(issue: Resource): string | undefined {
  return codesOf(issue['code']).find(({ system }) => system === codeSystem('deviation'))?.code;
}

/** Returns the DetectedIssue of a deviation, without id; `identified` is the dateTime of its discovery. */
export function deviationResource(deviation: Deviation, identified: string): Resource {
  return {
    resourceType: 'DetectedIssue',
    meta: { profile: [profile('deviation')] },
    extension: [
      ...deviation.rules.map((rule) => ({ url: profile('rule'), valueString: rule })),
      { url: profile('discovery'), valueCode: deviation.discovery },
    ],
    identifier: [{ system: sid('deviation'), value: deviationKey(deviation) }],
    status: 'final',
    code: { coding: [{ system: codeSystem('deviation'), code: deviation.code }] },
    severity: deviation.severity,
    patient: { reference: deviation.patient },
    identifiedDateTime: identified,
    implicated: deviation.implicated.map((reference) => ({ reference })),
    detail: deviation.detail,
  };
}

/**
 * Returns what a stored DetectedIssue becomes now that the deviation is found again (`found`), or is not
 * any more (undefined); undefined when it stays as it is. Its discovery and date stay as they were.
 */
export function rejudged(stored: Resource, found: Resource | undefined): Resource | undefined {
  if (found === undefined) {
    return stored['status'] === 'cancelled' ? undefined : { ...stored, status: 'cancelled' };
  }
  const kept = ['id', 'meta', 'mitigation', 'identifiedDateTime'].flatMap((name) =>
    stored[name] === undefined ? [] : [[name, stored[name]] as const],
  );
  const next: Resource = { ...found, ...keptDiscovery(stored, found), ...Object.fromEntries(kept) };
  return content(next) === content(stored) ? undefined : next;
}

function keptDiscovery(stored: Resource, found: Resource): JsonObject {
  if (stored['status'] === 'cancelled') return {};
  const before = objectsOf(stored['extension']).find(({ url }) => url === profile('discovery'));
  const others = objectsOf(found['extension']).filter(({ url }) => url !== profile('discovery'));
  return before === undefined ? {} : { extension: [...others, before] };
}

/** Everything but id, meta and what clients add, in an order of its own. */
function content(issue: Resource): string {
  const names = ['status', 'code', 'severity', 'patient', 'implicated', 'detail', 'extension'];
  const values: readonly (JsonValue | undefined)[] = names.map((name) => issue[name]);
  return JSON.stringify(values);
}
