import { isJsonObject } from '../fhir/json/json-value.ts';
import type { Resource } from '../fhir/resource.ts';
import { profile } from '../trial/canonical.ts';
import { textOf } from '../trial/element.ts';
import { allRecords, patientOf, productKeys } from '../trial/load-records.ts';
import { trialRecord } from '../trial/record-versions.ts';
import { kindOf } from '../trial/subject-records.ts';
import { demandedProfile } from '../trial/trial-record.ts';
import { resourceOf, type Draft } from './plan-draft.ts';
import type { RestContext } from './rest.ts';
import type { WriteIntent } from './write-intent.ts';

/**
 * Returns the patients of the trial that an intent is about, as it names them: those who write about one
 * of them take turns, so that they do not plan over and over against each other.
 */
export function patientTurns(context: RestContext, intent: WriteIntent): readonly string[] {
  if (!('document' in intent)) {
    const owner = context.subjects.ownerOf(`${intent.type}/${intent.id ?? ''}`);
    return owner === undefined ? [] : [owner];
  }
  const resource = intent.document.value as Resource;
  if (!isOfPatient(resource)) return [];
  const isOfTrial = isJudged(context, resource);
  return [resource['subject'], resource['patient'], resource['individual']].flatMap((reference) => {
    const text = isJsonObject(reference) ? textOf(reference['reference']) : undefined;
    if (text?.startsWith('Patient') !== true) return [];
    return isOfTrial || context.subjects.holds(text) ? [text] : [];
  });
}

/** What a draft may change: of which Patients and products, and whether it may change a judgement. */
export interface Concern {
  /** `Patient/1` */
  readonly patients: readonly string[];
  /** `Medication/1` */
  readonly products: readonly string[];
  readonly isJudged: boolean;
}

/**
 * Returns whom a draft concerns, by what it was and by what it becomes. Every commit advances the change
 * keys of these: what is kept in memory of a subject is true only while nobody has.
 */
export function concernOf(context: RestContext, draft: Draft): Concern {
  const versions = versionsOf(draft);
  const { key, current } = draft.located;
  if (versions.length === 0) return nobody;
  switch (key.type) {
    case 'Medication':
      return { patients: [], products: [nameOf(draft)], isJudged: true };
    case 'Patient':
      // A subject cannot be older than its Patient.
      return { patients: [nameOf(draft)], products: [], isJudged: current !== undefined };
    default:
  }
  const own = versions.filter(isOfPatient);
  const patients = own.flatMap((resource) => patientOf(resource) ?? []);
  return {
    patients: [...new Set(patients)],
    products: productKeys(own.map((resource) => ({ resource }))),
    isJudged: own.some((resource) => isJudged(context, resource)),
  };
}

const nobody: Concern = { patients: [], products: [], isJudged: false };

function nameOf({ located: { key } }: Draft): string {
  return `${key.type}/${key.id}`;
}

function versionsOf(draft: Draft): readonly Resource[] {
  const { current, effect } = draft.located;
  if (effect === 'existing' || effect === 'nothing') return [];
  const before = current === undefined ? undefined : trialRecord(current)?.resource;
  return [before, resourceOf(draft)].filter((resource) => resource !== undefined);
}

const ofPatientTypes: ReadonlySet<string> = new Set([...allRecords.types, 'ResearchSubject']);

/** Whether a resource is one of those that are read of a subject. */
function isOfPatient({ resourceType }: Resource): boolean {
  return ofPatientTypes.has(resourceType);
}

/** What the server writes itself is no ground for a judgement. */
const ownKinds: ReadonlySet<string> = new Set(['deviation', 'subject-schedule']);

function isJudged({ terminology }: RestContext, resource: Resource): boolean {
  switch (resource.resourceType) {
    case 'ResearchSubject':
      return demandedProfile(resource, terminology) === profile('subject');
    // Others are dated by these, or belong to their visit, or are of their kind.
    case 'Encounter':
    case 'MedicationAdministration':
    case 'Specimen':
      return true;
    default: {
      const kind = kindOf(resource, terminology, () => undefined);
      return kind !== undefined && !ownKinds.has(kind);
    }
  }
}
