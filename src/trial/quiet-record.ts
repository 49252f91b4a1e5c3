import { consentSpans } from './consent.ts';
import { storedCode } from './deviation.ts';
import { extensionOf } from './element.ts';
import { dayZero, startedDoses } from './infusion.ts';
import type { RecordNeed } from './load-records.ts';
import { windowOf } from './protocol-plan.ts';
import { timeOf } from './record-time.ts';
import type { RecordKind, SubjectRecords, TrialRecord } from './subject-records.ts';
import type { Trial } from './trial.ts';
import { visitOf } from './visit-attribution.ts';

/** Kinds of which a new record mostly changes no judgement. */
export const quietKinds: ReadonlySet<RecordKind> = new Set([
  'ecog',
  'host-immunity',
  'ie-toxicity',
  'lesion',
  'lesion-measurement',
  'measurement',
  'persistence',
  'pregnancy',
  'response',
  'specimen',
  'study-visit',
  'tcell-subsets',
  'vital-status',
]);

/** What must be read to tell. */
export const quietNeed: RecordNeed = Object.freeze({
  types: ['Consent', 'DetectedIssue', 'MedicationAdministration'],
});

/** Stored ones of these codes may be repaired by any record of their visit. */
const visitCodes: ReadonlySet<string> = new Set([
  'visit-out-of-window',
  'visit-missed',
  'activity-missed',
]);

/**
 * Returns whether a new record of `quietKinds` surely changes no judgement, so that the other records
 * need not be read: it is later than every dose and the consent, it lies in the window of its visit, and
 * no deviation of a visit waits for it.
 */
export function isQuiet(record: TrialRecord, records: SubjectRecords, trial: Trial): boolean {
  const { zone } = trial;
  const time = timeOf(record.resource, zone);
  if (record.resource.resourceType === 'BodyStructure') return true;
  if (time?.date === undefined || hasOpenVisit(records) || isOfEncounter(record)) return false;
  const { date, start } = time;
  const doses = startedDoses(records, zone);
  if (doses.some((dose) => dose.time.end > start)) return false;
  const consents = consentSpans(records, zone);
  if (!consents.some((consent) => consent.start <= start)) return false;
  const day0 = dayZero(records, zone);
  if (day0 === undefined) return true;
  const code = visitOf(record, records, { trial, day0 });
  const visit = trial.plan.visits.find((planned) => planned.code === code);
  if (visit === undefined) return true;
  const window = windowOf(visit, day0);
  return window.start <= date && date <= window.end;
}

function hasOpenVisit(records: SubjectRecords): boolean {
  return records
    .of('deviation')
    .some(
      ({ resource }) =>
        resource['status'] === 'final' && visitCodes.has(storedCode(resource) ?? ''),
    );
}

/** Its visit is that of an Encounter, which was not read. */
function isOfEncounter({ resource }: TrialRecord): boolean {
  const isNamed = extensionOf(resource, 'visit') !== undefined;
  return !isNamed && resource['encounter'] !== undefined;
}
