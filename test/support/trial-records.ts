import { readStudy } from '../../seed/study-bundles.ts';
import { createTerminology } from '../../src/fhir/definitions/create-terminology.ts';
import { instantOf } from '../../src/fhir/instant.ts';
import type { JsonObject } from '../../src/fhir/json/json-value.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { createZone } from '../../src/trial/local-time.ts';
import { measurementUnits } from '../../src/trial/measurement-unit.ts';
import { readProtocolParameters } from '../../src/trial/protocol-parameters.ts';
import { readProtocolPlan } from '../../src/trial/protocol-plan.ts';
import {
  subjectRecords,
  type SubjectRecords,
  type TrialRecord,
} from '../../src/trial/subject-records.ts';
import { createConditions, type Trial } from '../../src/trial/trial.ts';
import { testDefinitions } from './definitions.ts';

const guide = 'https://her2-cart.example.org/fhir';
const ncit = 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl';
const adverse = 'http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/';
const interpretation = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation';
const loinc = 'http://loinc.org';

/** Returns the trial as the seed says it; `edit` changes a resource before it is read. */
export function testTrial(edit: (resource: Resource) => Resource = (resource) => resource): Trial {
  const resources = readStudy().map(edit);
  const byId = new Map(resources.map((one) => [`${one.resourceType}/${one.id ?? ''}`, one]));
  const byUrl = new Map(resources.map((one) => [one['url'], one]));
  const found = (key: string) => {
    const resource = byId.get(key);
    if (resource === undefined) throw new Error(`The seed has no ${key}.`);
    return resource;
  };
  const definitions = testDefinitions();
  const terminology = createTerminology(definitions);
  const basic = found('Basic/h2c-protocol-parameters');
  const parameters = readProtocolParameters(basic);
  const zone = createZone(parameters.texts('PP-01')[0] ?? '');
  if (zone === undefined) throw new Error('PP-01 is no zone.');
  const plan = found('PlanDefinition/h2c-protocol-plan');
  return {
    study: record(found('ResearchStudy/nct01935843')),
    parameters,
    parametersRecord: record(basic),
    plan: readProtocolPlan(plan, (canonical) => byUrl.get(canonical.split('|')[0])),
    zone,
    terminology,
    holds: createConditions({ definitions, terminology }),
  };
}

/** Returns a resource as its first version, received at a time. */
export function record(resource: Resource, received = '2024-01-01T00:00:00Z'): TrialRecord {
  return {
    key: `${resource.resourceType}/${resource.id ?? ''}`,
    versionId: 1,
    lastUpdated: instantOf(Date.parse(received)),
    resource,
  };
}

/** Returns the records of a subject. */
export function recordsOf(
  trial: Trial,
  subject: TrialRecord,
  records: readonly TrialRecord[],
): SubjectRecords {
  const patient = records.find(({ resource }) => resource.resourceType === 'Patient');
  return subjectRecords({ subject, patient, records }, trial.terminology);
}

const coding = (system: string, code: string) => ({ coding: [{ system, code }] });
const patient = { reference: 'Patient/p' };

/** Returns a subject enrolled on a date with order number 1; `change` replaces elements. */
export function enrolledSubject(date = '2024-02-05T09:00:00+08:00', change: JsonObject = {}) {
  return record({
    resourceType: 'ResearchSubject',
    id: 's',
    extension: [
      { url: `${guide}/StructureDefinition/h2c-enrolment-order`, valuePositiveInt: 1 },
      {
        url: `${guide}/StructureDefinition/h2c-progress`,
        extension: [
          { url: 'state', valueCode: 'on-study' },
          { url: 'start', valueDateTime: date },
        ],
      },
    ],
    status: 'on-study',
    study: { reference: 'ResearchStudy/nct01935843' },
    individual: patient,
    consent: { reference: 'Consent/c' },
    ...change,
  });
}

/** Returns an active consent of a date. */
export function consent(dateTime = '2024-01-29T10:30:00+08:00', change: JsonObject = {}) {
  return record({
    resourceType: 'Consent',
    id: 'c',
    status: 'active',
    patient,
    dateTime,
    policy: [{ uri: 'urn:h2c:icf:2.0' }],
    ...change,
  });
}

/** Returns a dose of a planned day. */
export function infusion(day: number, start: string, change: JsonObject = {}): TrialRecord {
  return record({
    resourceType: 'MedicationAdministration',
    id: `dose-${day}`,
    extension: [
      {
        url: `${guide}/StructureDefinition/h2c-infusion-detail`,
        extension: [
          { url: 'cycle', valuePositiveInt: 1 },
          { url: 'infusionNumber', valuePositiveInt: day + 1 },
          { url: 'plannedDay', valueInteger: day },
        ],
      },
    ],
    status: 'completed',
    medicationReference: { reference: 'Medication/lot' },
    subject: patient,
    effectivePeriod: { start },
    ...change,
  });
}

/** Returns the subject's own lot and its release test. */
export function lot(change: JsonObject = {}, verdict = 'released'): readonly TrialRecord[] {
  return [
    record({
      resourceType: 'Medication',
      id: 'lot',
      extension: [
        {
          url: `${guide}/StructureDefinition/h2c-autologous-donor`,
          valueReference: patient,
        },
      ],
      code: coding(`${guide}/CodeSystem/h2c-product`, 'cart-her-2'),
      status: 'active',
      batch: { lotNumber: 'HC-1', expirationDate: '2024-08-12' },
      ...change,
    }),
    record({
      resourceType: 'Observation',
      id: 'release',
      status: 'final',
      code: coding(`${guide}/CodeSystem/h2c-code`, 'product-release'),
      subject: patient,
      focus: [{ reference: 'Medication/lot' }],
      effectiveDateTime: '2024-02-25T15:00:00+08:00',
      valueCodeableConcept: coding(`${guide}/CodeSystem/h2c-release`, verdict),
    }),
  ];
}

/** What differs between adverse events of a table. */
export interface EventRow {
  readonly id?: string;
  readonly code: string;
  readonly local?: string;
  readonly grade: 1 | 2 | 3 | 4 | 5;
  readonly onset: string;
  readonly resolved?: string;
  /** NCIt code; null: no suspect at all. Default: related to the first dose. */
  readonly relatedness?: string | null;
  readonly suspect?: string;
  readonly dlt?: boolean;
  readonly recorded?: string;
  readonly more?: JsonObject;
  readonly extension?: readonly JsonObject[];
}

const grades = ['C41338', 'C41339', 'C41340', 'C41337', 'C48275'];

/** Returns the adverse event of a row. */
export function adverseEventOf(row: EventRow): TrialRecord {
  const { code, local, grade, onset, resolved, relatedness = 'C53260', dlt, recorded } = row;
  const event = [
    { system: ncit, code },
    ...(local === undefined ? [] : [{ system: `${guide}/CodeSystem/h2c-ae-term`, code: local }]),
  ];
  const suspect = {
    url: `${adverse}suspect-entity`,
    extension: [
      {
        url: 'instance',
        valueReference: { reference: row.suspect ?? 'MedicationAdministration/dose-0' },
      },
      {
        url: 'causality',
        extension: [
          {
            url: 'entityRelatedness',
            valueCodeableConcept: coding(ncit, relatedness ?? ''),
          },
        ],
      },
    ],
  };
  return record({
    resourceType: 'AdverseEvent',
    id: row.id ?? `ae-${code}-${grade}`,
    extension: [
      {
        url: `${adverse}ae-grade`,
        valueCodeableConcept: coding(ncit, grades[grade - 1] ?? ''),
      },
      ...(relatedness === null ? [] : [suspect]),
      ...(resolved === undefined
        ? []
        : [{ url: `${adverse}resolve-date`, valueDateTime: resolved }]),
      ...(dlt === undefined
        ? []
        : [{ url: `${guide}/StructureDefinition/h2c-dlt`, valueBoolean: dlt }]),
      ...(row.extension ?? []),
    ],
    actuality: 'actual',
    event: { coding: event },
    subject: patient,
    date: onset,
    recordedDate: recorded ?? onset,
    study: [{ reference: 'ResearchStudy/nct01935843' }],
    ...row.more,
  });
}

/** What differs between Observations of a table; `code` is local or, with digits, of LOINC. */
export interface ObservationRow {
  readonly id?: string;
  readonly code: string;
  readonly at: string;
  /** A number with `unit` (that of the code), or a code of `system`. */
  readonly value?: number | string;
  readonly unit?: string;
  readonly system?: 'astct' | 'interpretation';
  readonly more?: JsonObject;
}

/** Returns the final Observation of a row. */
export function observationOf(row: ObservationRow): TrialRecord {
  const { code, at, value, system = 'astct', more = {} } = row;
  const unit = row.unit ?? measurementUnits.get(code)?.[0] ?? '%';
  const isLoinc = /^\d+-\d$/u.test(code);
  const valueSystem = system === 'astct' ? `${guide}/CodeSystem/h2c-astct` : interpretation;
  const measured = {
    valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
  };
  const coded = { valueCodeableConcept: coding(valueSystem, String(value)) };
  return record({
    resourceType: 'Observation',
    id: row.id ?? `${code}-${at.slice(0, 16).replaceAll(':', '')}`,
    status: 'final',
    code: coding(isLoinc ? loinc : `${guide}/CodeSystem/h2c-code`, code),
    subject: patient,
    effectiveDateTime: at,
    ...(value === undefined ? {} : typeof value === 'number' ? measured : coded),
    ...more,
  });
}
