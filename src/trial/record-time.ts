import { isJsonObject, type JsonObject } from '../fhir/json/json-value.ts';
import type { Resource } from '../fhir/resource.ts';
import { textOf } from './element.ts';
import { readTime, type TimePoint, type Zone } from './local-time.ts';
import type { SubjectRecords, TrialRecord } from './subject-records.ts';

/**
 * Returns when a record happened: of a period its start, of a result of a specimen the collection.
 * Undefined when the record does not say.
 */
export function recordTime(
  record: TrialRecord,
  records: Pick<SubjectRecords, 'referred'>,
  zone: Zone,
): TimePoint | undefined {
  const { resource } = record;
  const specimen =
    resource.resourceType === 'Observation' ? records.referred(resource['specimen']) : undefined;
  const collected = specimen === undefined ? undefined : timeOf(specimen.resource, zone);
  return collected ?? timeOf(resource, zone);
}

/** Returns when a resource alone says that it happened. */
export function timeOf(resource: Resource, zone: Zone): TimePoint | undefined {
  return readTime(timeText(resource), zone);
}

function timeText(resource: Resource): string | undefined {
  switch (resource.resourceType) {
    case 'Observation':
    case 'MedicationAdministration':
    case 'MedicationStatement':
      return choice(resource, 'effective');
    case 'Procedure':
      return choice(resource, 'performed');
    case 'Specimen':
      return isJsonObject(resource['collection'])
        ? choice(resource['collection'], 'collected')
        : undefined;
    case 'AdverseEvent':
      return textOf(resource['date']);
    case 'Consent':
      return textOf(resource['dateTime']);
    case 'Condition':
      return textOf(resource['recordedDate']);
    case 'Encounter':
      return periodStart(resource['period']);
    default:
      return undefined;
  }
}

function choice(element: JsonObject, name: string): string | undefined {
  return (
    textOf(element[`${name}DateTime`]) ??
    textOf(element[`${name}Instant`]) ??
    periodStart(element[`${name}Period`])
  );
}

function periodStart(period: unknown): string | undefined {
  return isJsonObject(period) ? textOf(period['start']) : undefined;
}
