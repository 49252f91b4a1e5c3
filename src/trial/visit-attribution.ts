import type { Resource } from '../fhir/resource.ts';
import { codeSystem } from './canonical.ts';
import { codesOf, extensionOf, objectsOf, textOf } from './element.ts';
import type { LocalDate } from './local-time.ts';
import { recordTime } from './record-time.ts';
import type { SubjectRecords, TrialRecord } from './subject-records.ts';
import type { Trial } from './trial.ts';

/** The visit code of what belongs to no visit. */
export const unscheduled = 'UNS';

/**
 * Returns the visit that a record belongs to: the one that it names, that of its Encounter, the one
 * whose window holds its date, else `UNS`.
 */
export function visitOf(
  record: TrialRecord,
  records: SubjectRecords,
  { trial, day0 }: { readonly trial: Trial; readonly day0: LocalDate | undefined },
): string {
  const named = namedVisit(record.resource) ?? encounterVisit(record.resource, records);
  if (named !== undefined) return named;
  const date = recordTime(record, records, trial.zone)?.date;
  if (date === undefined || day0 === undefined) return unscheduled;
  const index = trial.plan
    .windowsAt(day0)
    .findIndex(({ start, end }) => start <= date && date <= end);
  return trial.plan.visits[index]?.code ?? unscheduled;
}

function namedVisit(resource: Resource): string | undefined {
  if (resource.resourceType === 'Encounter') return visitType(resource);
  return textOf(extensionOf(resource, 'visit')?.['valueCode']);
}

function encounterVisit(resource: Resource, records: SubjectRecords): string | undefined {
  const encounter =
    records.referred(resource['encounter']) ?? records.referred(resource['context']);
  return encounter?.resource.resourceType === 'Encounter'
    ? visitType(encounter.resource)
    : undefined;
}

/** Returns the visit code in the types of an Encounter. */
export function visitType(encounter: Resource): string | undefined {
  return objectsOf(encounter['type'])
    .flatMap((type) => codesOf(type))
    .find(({ system }) => system === codeSystem('visit'))?.code;
}
