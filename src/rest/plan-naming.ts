import { success, type Result } from '../fhir/result.ts';
import type { Precondition } from '../store/resource-store.ts';
import { patientOf, searchAll } from '../trial/load-records.ts';
import type { Draft } from './plan-draft.ts';
import type { RestContext } from './rest.ts';

/** Whose records name a product, and that no more of them come until the commit. */
export interface NamingPatients {
  readonly patients: readonly string[];
  readonly preconditions: readonly Precondition[];
}

const none: NamingPatients = { patients: [], preconditions: [] };

/** The searches by which a product is found in the records that name it. */
const namedBy = [
  ['MedicationAdministration', 'medication'],
  ['Observation', 'focus'],
] as const;

/**
 * Returns the Patients whose records name the Medication that a draft changes: their doses are judged by
 * it. What is new with an id of the server nobody can have named, unless in the same request.
 */
export async function namingPatients(
  context: RestContext,
  { located }: Draft,
): Promise<Result<NamingPatients>> {
  const { key, intent, effect } = located;
  const isWritten = effect !== 'existing' && effect !== 'nothing';
  if (key.type !== 'Medication' || intent.interaction === 'create' || !isWritten) {
    return success(none);
  }
  const changeKey = `${key.type}/${key.id}`;
  const sequence = await context.store.lastChange(changeKey);
  const patients: string[] = [];
  for (const [type, param] of namedBy) {
    const where = { kind: 'reference', param, ...key } as const;
    const found = await searchAll(context.store, { types: [type], where, sort: [] }, {});
    if (!found.ok) return found;
    patients.push(...found.value.flatMap(({ resource }) => patientOf(resource) ?? []));
  }
  return success({
    patients: [...new Set(patients)],
    preconditions: [{ kind: 'unchangedSince', changeKey, sequence }],
  });
}
