import type { Terminology } from '../fhir/definitions/terminology.ts';
import type { Instant } from '../fhir/instant.ts';
import { isJsonObject, type JsonValue } from '../fhir/json/json-value.ts';
import type { Resource } from '../fhir/resource.ts';
import { codeSystem, profile, valueSet } from './canonical.ts';
import { codesOf, hasCode, objectsOf, stringsOf, textOf } from './element.ts';
import { isInListedUnit } from './measurement-unit.ts';
import { demandedProfile, isProduct } from './trial-record.ts';

/** A stored version of a record. */
export interface TrialRecord {
  /** `Observation/1` */
  readonly key: string;
  readonly versionId: number;
  readonly lastUpdated: Instant;
  readonly resource: Resource;
  /** The versions before this one, newest first, where a rule asks for them. */
  readonly earlier?: readonly TrialRecord[];
}

/** What the rules read of one subject: final records, none entered in error. */
export interface SubjectRecords {
  /** The ResearchSubject. */
  readonly subject: TrialRecord;
  readonly patient: TrialRecord | undefined;
  /** The records whose profile is `h2c-<kind>`, in the order of creation. */
  of(kind: RecordKind): readonly TrialRecord[];
  /** The record that a Reference element names, whatever its kind; undefined when it was not read. */
  referred(reference: JsonValue | undefined): TrialRecord | undefined;
}

/** The profiles of records that belong to a subject, without `h2c-`. */
export type RecordKind = (typeof recordKinds)[number];

/** Every `RecordKind`. */
export const recordKinds = [
  'adverse-event',
  'consent',
  'deviation',
  'disease',
  'ecog',
  'enrolled-group',
  'her2-status',
  'host-immunity',
  'ie-toxicity',
  'infusion',
  'lesion',
  'lesion-measurement',
  'lymphodepletion',
  'measurement',
  'other-therapy',
  'persistence',
  'pregnancy',
  'prior-therapy',
  'procedure',
  'product',
  'product-release',
  'rcl',
  'response',
  'safety-report',
  'specimen',
  'study-visit',
  'subject-schedule',
  'tcell-subsets',
  'trafficking',
  'vital-status',
] as const;

/** What was read of one subject. */
export interface ReadRecords {
  readonly subject: TrialRecord;
  readonly patient: TrialRecord | undefined;
  readonly records: readonly TrialRecord[];
}

/** Records that are sorted into their kinds, as `changedRecords` goes on with them. */
export interface SortedRecords extends SubjectRecords {
  readonly kinds: ReadonlyMap<RecordKind, readonly TrialRecord[]>;
  readonly byKey: KeyedRecords;
  /** Returns the record of a key (`Observation/1`), whatever its kind. */
  at(key: string): TrialRecord | undefined;
}

/** Records by key; the few of `recent` count before those of `base`, so that one more copies little. */
interface KeyedRecords {
  readonly base: ReadonlyMap<string, TrialRecord>;
  readonly recent: ReadonlyMap<string, TrialRecord>;
}

/** Records that are copied with each one more. */
const recentMax = 64;

/** Returns the records of one subject, sorted into their kinds. */
export function subjectRecords(read: ReadRecords, terminology: Terminology): SortedRecords {
  const { subject, patient } = read;
  const base = new Map(read.records.map((record) => [record.key, record]));
  base.set(subject.key, subject);
  if (patient !== undefined) base.set(patient.key, patient);
  const byKey = { base, recent: new Map<string, TrialRecord>() };
  const kinds = new Map<RecordKind, TrialRecord[]>();
  for (const record of read.records) {
    const kind = readKind(record, byKey, terminology);
    if (kind === undefined) continue;
    const known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, [record]);
    else known.push(record);
  }
  return sorted(subject, patient, { kinds, byKey });
}

/** A record that is new, or that takes the place of `before`. */
export interface RecordStep {
  readonly before?: TrialRecord;
  readonly after: TrialRecord;
}

/**
 * Returns the sorted records after some steps, without sorting the others anew; undefined when a step
 * changes the kind of a record, so that its place among those of its kind is not known.
 */
export function changedRecords(
  { subject, patient, ...known }: SortedRecords,
  steps: readonly RecordStep[],
  terminology: Terminology,
): SortedRecords | undefined {
  const byKey = withRecent(
    known.byKey,
    steps.map(({ after }) => after),
  );
  const kinds = new Map(known.kinds);
  for (const { before, after } of steps) {
    const kind = readKind(after, byKey, terminology);
    const others = kind === undefined ? [] : (kinds.get(kind) ?? []);
    if (before === undefined) {
      if (kind !== undefined) kinds.set(kind, [...others, after]);
      continue;
    }
    if (kind !== readKind(before, known.byKey, terminology)) return undefined;
    if (kind !== undefined) kinds.set(kind, others.with(others.indexOf(before), after));
  }
  return sorted(subject, patient, { kinds, byKey });
}

function withRecent({ base, recent }: KeyedRecords, records: readonly TrialRecord[]): KeyedRecords {
  const next = [...recent.values(), ...records].map((record) => [record.key, record] as const);
  return next.length > recentMax
    ? { base: new Map([...base, ...next]), recent: new Map() }
    : { base, recent: new Map(next) };
}

function sorted(
  subject: TrialRecord,
  patient: TrialRecord | undefined,
  { kinds, byKey }: Pick<SortedRecords, 'kinds' | 'byKey'>,
): SortedRecords {
  return {
    subject,
    patient,
    kinds,
    byKey,
    at: (key) => recordAt(byKey, key),
    referred: (reference) => referredIn(byKey, reference),
    of: (kind) => kinds.get(kind) ?? [],
  };
}

function recordAt({ base, recent }: KeyedRecords, key: string): TrialRecord | undefined {
  return recent.get(key) ?? base.get(key);
}

function referredIn(
  byKey: KeyedRecords,
  reference: JsonValue | undefined,
): TrialRecord | undefined {
  if (reference === undefined) return undefined;
  const key = referenceKey(reference);
  return key === undefined ? undefined : recordAt(byKey, key);
}

/** The kind as which the rules read a record; undefined for one that they do not read. */
function readKind(
  record: TrialRecord,
  byKey: KeyedRecords,
  terminology: Terminology,
): RecordKind | undefined {
  return isRead(record.resource)
    ? kindOf(record.resource, terminology, (reference) => referredIn(byKey, reference))
    : undefined;
}

/** Returns the kind of a record; undefined for a resource that no rule reads. */
export function kindOf(
  resource: Resource,
  terminology: Terminology,
  referred: (reference: JsonValue | undefined) => TrialRecord | undefined,
): RecordKind | undefined {
  const demanded = demandedProfile(resource, terminology)?.slice(profile('').length);
  if (demanded !== undefined) return recordKinds.find((kind) => kind === demanded);
  const claimed = claimedKind(resource);
  if (claimed !== undefined) return claimed;
  switch (resource.resourceType) {
    case 'MedicationAdministration': {
      const medication = referred(resource['medicationReference']);
      return medication !== undefined && isProduct(medication.resource) ? 'infusion' : undefined;
    }
    case 'MedicationStatement':
      return codesOf(resource['category']).length > 0 ? 'other-therapy' : undefined;
    case 'Communication':
      return isSafetyReport(resource) ? 'safety-report' : undefined;
    case 'Observation':
      return plainObservation(resource, terminology);
    default:
      return undefined;
  }
}

/** What claims a profile of the trial is a record of it, and was held to the profile when it was written. */
function claimedKind(resource: Resource): RecordKind | undefined {
  const claims = stringsOf(resource.meta?.profile).map((canonical) => canonical.split('|')[0]);
  return recordKinds.find((kind) => claims.includes(profile(kind)));
}

const loinc = 'http://loinc.org';

/** A safety report that was sent. */
function isSafetyReport(resource: Resource): boolean {
  return (
    resource['status'] === 'completed' &&
    objectsOf(resource['category']).some((category) =>
      hasCode(category, codeSystem('code'), 'safety-report'),
    )
  );
}

/** Of ECOG and measurements also plain Observations are read, these in a unit that is listed for the code. */
function plainObservation(resource: Resource, terminology: Terminology): RecordKind | undefined {
  const { code } = resource;
  if (hasCode(code, loinc, '89247-1')) return 'ecog';
  if (hasCode(code, loinc, '82810-3') || hasCode(code, loinc, '2106-3')) return 'pregnancy';
  const listed = codesOf(code).filter(
    (coding) =>
      terminology.membership(valueSet('measurement-vs'), coding.system, coding.code) === 'in',
  );
  const isMeasured = listed.some((coding) => isInListedUnit(resource, coding.code));
  return isMeasured ? 'measurement' : undefined;
}

/** A record in error is never read, an Observation only when it is final. */
function isRead(resource: Resource): boolean {
  if (isInError(resource)) return false;
  return resource.resourceType !== 'Observation' || finals.has(textOf(resource['status']) ?? '');
}

const finals: ReadonlySet<string> = new Set(['final', 'amended', 'corrected']);

const adverseEventStatus =
  'http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/status';

/** Returns whether a record was entered in error, wherever its type says so. */
export function isInError(resource: Resource): boolean {
  switch (resource.resourceType) {
    case 'AdverseEvent':
      return objectsOf(resource['modifierExtension']).some(
        ({ url, valueCode }) => url === adverseEventStatus && valueCode === 'entered-in-error',
      );
    case 'Condition':
      return objectsOf(
        isJsonObject(resource['verificationStatus'])
          ? resource['verificationStatus']['coding']
          : undefined,
      ).some(({ code }) => code === 'entered-in-error');
    case 'BodyStructure':
      return resource['active'] === false;
    default:
      return resource['status'] === 'entered-in-error';
  }
}

/** Returns the `Type/id` that a Reference element names, absolute and versioned ones too. */
export function referenceKey(reference: JsonValue | undefined): string | undefined {
  const text = isJsonObject(reference) ? textOf(reference['reference']) : undefined;
  const [path = ''] = text?.split('/_history/') ?? [];
  const found = /([A-Za-z]+\/[A-Za-z0-9\-.]{1,64})$/u.exec(path);
  return found?.[1];
}

/** Returns a versioned Reference to a record. */
export function versionedReference(record: TrialRecord): { readonly reference: string } {
  return { reference: `${record.key}/_history/${record.versionId}` };
}
