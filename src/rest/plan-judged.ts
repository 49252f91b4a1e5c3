import { isJsonObject } from '../fhir/json/json-value.ts';
import type { Resource } from '../fhir/resource.ts';
import { profile } from '../trial/canonical.ts';
import { extensionOf, textOf } from '../trial/element.ts';
import { patientOf, trialRecord } from '../trial/load-records.ts';
import { kindOf, referenceKey } from '../trial/subject-records.ts';
import { demandedProfile, isProduct } from '../trial/trial-record.ts';
import { resourceOf, type Draft } from './plan-draft.ts';
import type { RestContext } from './rest.ts';
import type { WriteIntent } from './write-intent.ts';

/**
 * Returns the patients of the trial that an intent is about, as it names them: those who write about one
 * of them take turns, so that they do not plan over and over against each other.
 */
export function patientTurns(context: RestContext, intent: WriteIntent): readonly string[] {
  if (!('document' in intent)) return [];
  const resource = intent.document.value as Resource;
  if (!isJudged(context, resource)) return [];
  return [resource['subject'], resource['patient'], resource['individual']].flatMap((reference) => {
    const text = isJsonObject(reference) ? textOf(reference['reference']) : undefined;
    return text?.startsWith('Patient') === true ? [text] : [];
  });
}

/** The Patients whose judgement a draft may change: by what it was and by what it becomes. */
export function patientsOf(context: RestContext, draft: Draft): readonly string[] {
  return versionsOf(draft).flatMap((resource) => {
    if (!isJudged(context, resource)) return [];
    const donor = extensionOf(resource, 'autologous-donor')?.['valueReference'];
    const patient = patientOf(resource) ?? referenceKey(donor);
    return patient?.startsWith('Patient/') === true ? [patient] : [];
  });
}

function versionsOf(draft: Draft): readonly Resource[] {
  const { current, effect } = draft.located;
  if (effect === 'existing' || effect === 'nothing') return [];
  const before = current === undefined ? undefined : trialRecord(current)?.resource;
  return [before, resourceOf(draft)].filter((resource) => resource !== undefined);
}

/** What the server writes itself is no ground for a judgement. */
const ownKinds: ReadonlySet<string> = new Set([
  'deviation',
  'enrolled-group',
  'subject-schedule',
  'trafficking',
]);

function isJudged({ terminology }: RestContext, resource: Resource): boolean {
  switch (resource.resourceType) {
    case 'ResearchSubject':
      return demandedProfile(resource, terminology) === profile('subject');
    case 'Medication':
      return isProduct(resource);
    case 'MedicationAdministration':
      return true;
    default: {
      const kind = kindOf(resource, terminology, () => undefined);
      return kind !== undefined && !ownKinds.has(kind);
    }
  }
}
