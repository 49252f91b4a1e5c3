import { instantOf } from '../../src/fhir/instant.ts';
import type { JsonObject } from '../../src/fhir/json/json-value.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { codeSystem, sid } from '../../src/trial/canonical.ts';
import { snomed } from '../../src/trial/observation-value.ts';
import type { TrialRecord } from '../../src/trial/subject-records.ts';
import { caseEvent } from './case-event.ts';
import { caseObservations } from './case-observations.ts';
import {
  casePatient,
  caseTime,
  given,
  type CaseBuilder,
  textIn,
  type CaseRecord,
} from './case-row.ts';
import { concept, extension, local } from './subject.ts';

/** Returns the records of a table's rows; a later one replaces an earlier one of the same id. */
export function caseRecords(rows: readonly CaseRecord[]): readonly TrialRecord[] {
  const records = rows.flatMap((row, index) => versionsOf({ id: `${row.is}-${index}`, ...row }));
  return [...new Map(records.map((record) => [record.key, record])).values()];
}

const receivedDefault = '2024-01-01T00:00:00Z';

function versionsOf(row: CaseRecord & { readonly id: string }): readonly TrialRecord[] {
  const { earlier = [], ...current } = row;
  const versions = [
    ...earlier.map((change) => ({ ...current, ...change })),
    { ...current, received: row.received },
  ].map(recordsOf);
  const [latest = []] = versions.slice(-1);
  const older = versions.slice(0, -1).flatMap((version) => version.slice(-1));
  return latest.map((record, index) => {
    if (index < latest.length - 1 || older.length === 0) return record;
    const numbered = older.map((version, place) => ({ ...version, versionId: place + 1 }));
    return { ...record, versionId: older.length + 1, earlier: numbered.toReversed() };
  });
}

function recordsOf(row: CaseRecord & { readonly id: string }): readonly TrialRecord[] {
  const build = { ...builders, ...caseObservations }[row.is];
  if (build === undefined) throw new Error(`No builder makes a ${row.is}.`);
  const built = build(row);
  return built.map((resource, index) =>
    recordOf(index === built.length - 1 ? changed(resource, row.with) : resource, row.received),
  );
}

function changed(resource: Resource, change: CaseRecord['with'] = {}): Resource {
  const entries = Object.entries({ ...resource, ...change }).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as Resource;
}

/** Returns a resource as its first version, received at a time. */
function recordOf(resource: Resource, received = receivedDefault): TrialRecord {
  return {
    key: `${resource.resourceType}/${resource.id ?? ''}`,
    versionId: 1,
    lastUpdated: instantOf(Date.parse(received)),
    resource,
  };
}

const clinical = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
const verification = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';

function tumourType(code: string): JsonObject {
  return { system: code === 'solid-tumour-other' ? codeSystem('code') : snomed, code };
}

const builders: Readonly<Record<string, CaseBuilder>> = {
  patient: ({ birth = '1961-05-17', gender = 'female', deceased }) => [
    given({
      resourceType: 'Patient',
      id: 'p',
      birthDate: birth,
      gender,
      deceasedDateTime: deceased,
    }) as Resource,
  ],
  consent: ({ id, at, status = 'active', refused = [] }) => [
    given({
      resourceType: 'Consent',
      id,
      status,
      patient: casePatient,
      dateTime: at === undefined ? '2024-01-29T10:30:00+08:00' : caseTime(at),
      policy: [{ uri: 'urn:h2c:icf:2.0' }],
      provision: {
        type: 'permit',
        provision: (refused as string[]).map((item) => ({
          type: 'deny',
          code: [local('consent-item', item)],
        })),
      },
    }) as Resource,
  ],
  disease: (row) => [
    given({
      resourceType: 'Condition',
      id: row.id,
      clinicalStatus: concept(clinical, textIn(row, 'clinical', 'active')),
      verificationStatus: concept(verification, textIn(row, 'verification', 'confirmed')),
      code: {
        coding: [tumourType(textIn(row, 'code', '363349007'))],
      },
      subject: casePatient,
      recordedDate: row.at === null ? undefined : caseTime(row.at ?? '2024-01-10'),
      extension: [extension('extent', { valueCode: textIn(row, 'extent', 'metastatic') })],
    }) as Resource,
  ],
  therapy: ({ id, from = '2023-01-01', class: kind, refractory = true, status = 'completed' }) => [
    {
      resourceType: 'MedicationStatement',
      id,
      status: status as string,
      subject: casePatient,
      effectivePeriod: { start: from as string },
      extension: [
        extension('prior-therapy', {
          extension: [
            { url: 'therapyClass', valueCode: kind as string },
            { url: 'refractory', valueBoolean: refractory as boolean },
          ],
        }),
      ],
    },
  ],
  'other-therapy': ({ id, from, category, status = 'active' }) => [
    {
      resourceType: 'MedicationStatement',
      id,
      status: status as string,
      subject: casePatient,
      category: local('therapy-class', category as string),
      effectiveDateTime: from as string,
    },
  ],
  dose: ({ id, day = 0, at, cycle = 1, status = 'completed', reason, ...row }) => [
    given({
      resourceType: 'MedicationAdministration',
      id: id.startsWith('dose-') ? `dose-${Number(day)}` : id,
      status,
      ...(reason === undefined ? {} : { statusReason: [local('not-done', reason as string)] }),
      ...(status === 'not-done'
        ? { medicationCodeableConcept: local('product', 'cart-her-2') }
        : { medicationReference: { reference: `Medication/${textIn(row, 'lot', 'lot')}` } }),
      subject: casePatient,
      effectivePeriod: { start: caseTime(at ?? Number(day)) },
      extension: [
        extension('infusion-detail', {
          extension: [
            { url: 'cycle', valuePositiveInt: cycle as number },
            { url: 'infusionNumber', valuePositiveInt: Number(day) + 1 },
            { url: 'plannedDay', valueInteger: Number(day) },
          ],
        }),
      ],
    }) as Resource,
  ],
  conditioning: ({ id, at = -4, status = 'completed' }) => [
    {
      resourceType: 'MedicationAdministration',
      id,
      status: status as string,
      medicationCodeableConcept: concept('http://www.nlm.nih.gov/research/umls/rxnorm', '3002'),
      subject: casePatient,
      effectiveDateTime: caseTime(at),
      extension: [extension('visit', { valueCode: 'LD' })],
    },
  ],
  lot: ({ id, donor = 'Patient/p', status = 'active', expires = '2024-08-12', apheresis }) => [
    {
      resourceType: 'Medication',
      id: id.startsWith('lot-') ? 'lot' : id,
      code: local('product', 'cart-her-2'),
      status: status as string,
      batch: { lotNumber: 'HC-1', expirationDate: expires as string },
      extension: [
        extension('autologous-donor', { valueReference: { reference: donor as string } }),
        ...(apheresis === undefined
          ? []
          : [
              extension('source-apheresis', {
                valueReference: { reference: `Procedure/${apheresis as string}` },
              }),
            ]),
      ],
    },
  ],
  procedure: ({ id, at = -21, code = 'leukapheresis', status = 'completed' }) => [
    {
      resourceType: 'Procedure',
      id,
      status: status as string,
      code: local('code', code as string),
      subject: casePatient,
      performedDateTime: caseTime(at),
    },
  ],
  visit: ({ id, at, visit, status = 'finished' }) => [
    {
      resourceType: 'Encounter',
      id,
      status: status as string,
      type: [local('visit', visit as string)],
      subject: casePatient,
      period: { start: caseTime(at) },
    },
  ],
  event: (row) => [caseEvent(row)],
  report: ({ id, about, sent, status = 'completed' }) => [
    given({
      resourceType: 'Communication',
      id,
      status,
      category: [local('code', 'safety-report')],
      subject: casePatient,
      about: [{ reference: `AdverseEvent/${about as string}` }],
      sent,
    }) as Resource,
  ],
  deviation: ({ id, code, about, status = 'final', rule = 'R4/missed' }) => [
    {
      resourceType: 'DetectedIssue',
      id,
      status: status as string,
      identifier: [{ system: sid('deviation'), value: `${code as string}:s:${about as string}` }],
      code: local('deviation', code as string),
      severity: 'low',
      patient: casePatient,
      identifiedDateTime: '2024-03-01T00:00:00Z',
      implicated: [{ reference: 'ResearchSubject/s' }],
      detail: 'x',
      extension: [
        extension('rule', { valueString: rule as string }),
        extension('discovery', { valueCode: 'prospective' }),
      ],
    },
  ],
};
