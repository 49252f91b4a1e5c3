import type { JsonObject } from '../../src/fhir/json/json-value.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { ncit } from '../../src/trial/observation-value.ts';
import {
  subjectRecords,
  type SubjectRecords,
  type TrialRecord,
} from '../../src/trial/subject-records.ts';
import type { Trial } from '../../src/trial/trial.ts';
import { caseRecords } from './case-records.ts';
import { casePatient, given, type CaseRecord } from './case-row.ts';
import { concept, extension } from './subject.ts';

/** A subject of a table of cases: enrolled with order number 1 on 2024-02-05 unless something else is said. */
export interface CaseSubject {
  readonly id?: string;
  readonly status?: string;
  /** null: not enrolled. */
  readonly order?: number | null;
  /** null: enrolled, nobody says when. */
  readonly enrolled?: string | null;
  readonly dispositions?: readonly {
    readonly date: string;
    readonly reason?: string;
    readonly epoch?: string;
  }[];
  readonly with?: JsonObject;
}

/** Returns the records of a subject of a table. */
export function caseSubject(
  trial: Trial,
  subject: CaseSubject = {},
  rows: readonly CaseRecord[] = [],
): SubjectRecords {
  const records = caseRecords(rows);
  const patient = records.find(({ resource }) => resource.resourceType === 'Patient');
  return subjectRecords({ subject: subjectOf(subject), patient, records }, trial.terminology);
}

function subjectOf(subject: CaseSubject): TrialRecord {
  const { id = 's', status = 'on-study', order = 1 } = subject;
  const enrolled = subject.enrolled === undefined ? '2024-02-05T09:00:00+08:00' : subject.enrolled;
  const progress = [
    { url: 'state', valueCode: 'on-study' },
    { url: 'start', valueDateTime: enrolled },
  ];
  const resource = given({
    resourceType: 'ResearchSubject',
    id,
    status,
    study: { reference: 'ResearchStudy/nct01935843' },
    individual: casePatient,
    extension: [
      ...(order === null ? [] : [extension('enrolment-order', { valuePositiveInt: order })]),
      ...(order === null || enrolled === null
        ? []
        : [extension('progress', { extension: progress })]),
      ...(subject.dispositions ?? []).map(({ date, reason = 'C25250', epoch = 'follow-up' }) =>
        extension('disposition', {
          extension: [
            { url: 'reason', valueCodeableConcept: concept(ncit, reason) },
            { url: 'date', valueDate: date },
            { url: 'epoch', valueCode: epoch },
          ],
        }),
      ),
    ],
    ...subject.with,
  }) as Resource;
  return {
    key: `ResearchSubject/${id}`,
    versionId: 1,
    lastUpdated: '2024-01-01T00:00:00.000Z' as TrialRecord['lastUpdated'],
    resource,
  };
}
