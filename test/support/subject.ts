import { readStudy } from '../../seed/study-bundles.ts';
import type { Terminology } from '../../src/fhir/definitions/terminology.ts';
import type { JsonObject } from '../../src/fhir/json/json-value.ts';
import type { Instant } from '../../src/fhir/instant.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { readAsOf, type AsOf } from '../../src/trial/as-of.ts';
import { codeSystem, profile } from '../../src/trial/canonical.ts';
import { addDays, createZone, type Zone } from '../../src/trial/local-time.ts';
import { readProtocolParameters } from '../../src/trial/protocol-parameters.ts';
import { readProtocolPlan } from '../../src/trial/protocol-plan.ts';
import {
  subjectRecords,
  type SubjectRecords,
  type TrialRecord,
} from '../../src/trial/subject-records.ts';
import type { Trial } from '../../src/trial/trial.ts';

/** The first infusion of every test subject. */
export const infusionStart = '2024-03-04T10:00:00+08:00';

/** Returns the local date of a study day of a test subject. */
export function dateOf(day: number): string {
  return addDays(infusionStart.slice(0, 10), day);
}

/** Knows no value set: what rules ask of one is tested over HTTP. */
const terminology = {
  membership: () => 'out',
  expansion: () => undefined,
} as unknown as Terminology;

/** Returns the trial as it is seeded, in the zone of PP-01 or another. */
export function seededTrial(zoneName?: string): Trial {
  const study = readStudy();
  const find = (type: string, id: string) => {
    const resource = study.find((one) => one.resourceType === type && one.id === id);
    if (resource === undefined) throw new Error(`The seed has no ${type}/${id}.`);
    return recordOf(resource);
  };
  const parametersRecord = find('Basic', 'h2c-protocol-parameters');
  const parameters = readProtocolParameters(parametersRecord.resource);
  const zone = createZone(zoneName ?? parameters.texts('PP-01')[0] ?? '');
  if (zone === undefined) throw new Error('The seed has no time zone.');
  const byUrl = new Map(study.map((resource) => [resource['url'], resource]));
  return {
    study: find('ResearchStudy', 'nct01935843'),
    parameters,
    parametersRecord,
    plan: readProtocolPlan(find('PlanDefinition', 'h2c-protocol-plan').resource, (canonical) =>
      byUrl.get(canonical.split('|')[0] ?? ''),
    ),
    zone,
    terminology,
    holds: () => true,
  };
}

/** Returns a resource as its first version. */
export function recordOf(resource: Resource): TrialRecord {
  return {
    key: `${resource.resourceType}/${resource.id ?? ''}`,
    versionId: 1,
    lastUpdated: '2024-03-04T00:00:00.000Z' as Instant,
    resource,
  };
}

/** Returns a subject of whom this is stored. */
export function subjectWith(resources: readonly Resource[], id = 's1'): SubjectRecords {
  const subject = recordOf({
    resourceType: 'ResearchSubject',
    id,
    study: { reference: 'ResearchStudy/nct01935843' },
  });
  return subjectRecords(
    { subject, patient: undefined, records: resources.map(recordOf) },
    terminology,
  );
}

/** Returns the moment of a text. */
export function momentOf(text: string, zone: Zone): AsOf {
  const asOf = readAsOf(text, zone);
  if (asOf === undefined) throw new Error(`${text} is no moment.`);
  return asOf;
}

/** Returns a CodeableConcept of one coding. */
export function concept(system: string, code: string): JsonObject {
  return { coding: [{ system, code }] };
}

/** Returns a CodeableConcept of the trial's code system `h2c-<name>`. */
export function local(name: string, code: string): JsonObject {
  return concept(codeSystem(name), code);
}

/** Returns an extension `h2c-<name>`. */
export function extension(name: string, content: JsonObject): JsonObject {
  return { url: profile(name), ...content };
}

/** Returns the first dose, completed. */
export function infusion(start = infusionStart): Resource {
  return {
    resourceType: 'MedicationAdministration',
    id: 'dose-1',
    status: 'completed',
    medicationCodeableConcept: local('product', 'cart-her-2'),
    effectivePeriod: { start },
    extension: [
      extension('infusion-detail', { extension: [{ url: 'cycle', valuePositiveInt: 1 }] }),
    ],
  };
}

/** Returns a specimen: of blood, if nothing else is said. */
export function specimen(id: string, collected: string, type = 'BLD'): Resource {
  const code =
    type === 'product-sample'
      ? local('code', type)
      : concept('http://terminology.hl7.org/CodeSystem/v2-0487', type);
  return {
    resourceType: 'Specimen',
    id,
    type: code,
    collection: { collectedDateTime: collected },
    extension: [extension('visit', { valueCode: 'UNS' })],
  };
}

/** Returns a result of a specimen. */
export function resultOf(specimenId: string, code: string, content: JsonObject): Resource {
  return {
    resourceType: 'Observation',
    id: `of-${specimenId}`,
    status: 'final',
    code: local('code', code),
    specimen: { reference: `Specimen/${specimenId}` },
    ...content,
  };
}
