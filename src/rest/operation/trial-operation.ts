import { failure, type Failure } from '../../fhir/operation-outcome.ts';
import type { Resource } from '../../fhir/resource.ts';
import { failed, success, type Result } from '../../fhir/result.ts';
import type { AsOf } from '../../trial/as-of.ts';
import type { Precondition } from '../../store/resource-store.ts';
import { preconditionsOf } from '../../trial/known-subject.ts';
import { loadSubject, type RecordNeed } from '../../trial/load-records.ts';
import { trialRecord } from '../../trial/record-versions.ts';
import { loadSubjects } from '../../trial/load-subjects.ts';
import { profile } from '../../trial/canonical.ts';
import {
  referenceKey,
  type SubjectRecords,
  type TrialRecord,
} from '../../trial/subject-records.ts';
import { demandedProfile } from '../../trial/trial-record.ts';
import type { Trial } from '../../trial/trial.ts';
import type { OperationRow } from '../operation-row.ts';
import { readTrial } from '../read-trial.ts';
import type { RestContext, RestRequest, RestResponse } from '../rest.ts';
import { asOfInput, readInputs, readMoment, type Inputs, type TrialInput } from './trial-input.ts';

/** What a rule of one subject is asked. */
export interface SubjectQuestion {
  readonly trial: Trial;
  readonly records: SubjectRecords;
  readonly asOf: AsOf;
  readonly inputs: Inputs;
}

/** What a rule of the whole study is asked; the subjects are in the order of their creation. */
export interface StudyQuestion {
  readonly trial: Trial;
  readonly subjects: readonly SubjectRecords[];
  readonly asOf: AsOf;
  readonly inputs: Inputs;
}

/** An operation on one ResearchSubject that changes nothing. `asOf` is always among its inputs. */
export interface SubjectOperation {
  /** The name without `$`. */
  readonly code: string;
  readonly inputs?: readonly TrialInput[];
  /** Why the question makes no sense to this trial; undefined when it does. */
  readonly refuse?: (asked: Asked) => Failure | undefined;
  /** The resource that is the answer. */
  readonly answer: (question: SubjectQuestion) => Resource;
}

/** An operation on the ResearchStudy that changes nothing. `asOf` is always among its inputs. */
export interface StudyOperation {
  readonly code: string;
  readonly inputs?: readonly TrialInput[];
  /** As little as the rule reads, for it is read of every subject. Undefined: no subject is read. */
  readonly need?: RecordNeed;
  readonly answer: (question: StudyQuestion) => Resource;
}

/** Returns the row of the operation table for a question about one subject. */
export function subjectOperation(operation: SubjectOperation): OperationRow {
  return {
    ...rowOf(operation.code, 'ResearchSubject'),
    run: async (context, request) => {
      const asked = await askedOf(context, request, operation.inputs);
      if (!asked.ok) return asked;
      const refusal = operation.refuse?.(asked.value);
      if (refusal !== undefined) return failed(refusal);
      const records = await recordsOf(context, request);
      return records.ok
        ? success(resourceResponse(operation.answer({ ...asked.value, records: records.value })))
        : records;
    },
  };
}

/** Returns the row of the operation table for a question about the whole study. */
export function studyOperation(operation: StudyOperation): OperationRow {
  return {
    ...rowOf(operation.code, 'ResearchStudy'),
    run: async (context, request) => {
      const asked = await askedOf(context, request, operation.inputs);
      if (!asked.ok) return asked;
      const study = checkStudy(request, asked.value.trial);
      if (!study.ok) return study;
      const source = { ...context, access: request.access };
      const subjects =
        operation.need === undefined ? success([]) : await loadSubjects(source, operation.need);
      return subjects.ok
        ? success(resourceResponse(operation.answer({ ...asked.value, subjects: subjects.value })))
        : subjects;
    },
  };
}

/** Returns what all rows of trial operations share. */
export function rowOf(code: string, type: string): Omit<OperationRow, 'run'> {
  return {
    code,
    definition: `https://her2-cart.example.org/fhir/OperationDefinition/h2c-${code}`,
    levels: ['instance'],
    types: [type],
    methods: ['GET', 'POST'],
  };
}

/** What a call asks, before any record is read. */
export interface Asked {
  readonly trial: Trial;
  readonly inputs: Inputs;
  readonly asOf: AsOf;
}

/** Reads the trial and the inputs of a call, `asOf` among them. Fails as `readInputs` and the trial. */
export async function askedOf(
  context: RestContext,
  request: RestRequest,
  inputs: readonly TrialInput[] = [],
): Promise<Result<Asked>> {
  const given = readInputs(context, request, [asOfInput, ...inputs]);
  if (!given.ok) return given;
  const trial = await readTrial(context);
  if (!trial.ok) return trial;
  const asOf = readMoment(context, given.value, trial.value.zone);
  return asOf.ok ? success({ trial: trial.value, inputs: given.value, asOf: asOf.value }) : asOf;
}

/** Reads what is stored about the subject in the URL. Fails `not-found` and `gone`. */
export async function recordsOf(
  context: RestContext,
  request: RestRequest,
): Promise<Result<SubjectRecords>> {
  const known = await knownRecords(context, request);
  return known.ok ? success(known.value.records) : known;
}

/** The records of a subject, and what must not have changed when something is written because of them. */
export interface KnownRecords {
  readonly records: SubjectRecords;
  readonly preconditions: readonly Precondition[];
}

/** As `recordsOf`, for an operation that writes by what it reads. */
export async function knownRecords(
  context: RestContext,
  request: RestRequest,
): Promise<Result<KnownRecords>> {
  const subject = await subjectOf(context, request);
  if (!subject.ok) return subject;
  const patientKey = referenceKey(subject.value.resource['individual']) ?? '';
  const source = { ...context, access: request.access };
  if (request.access.site === undefined) {
    const known = await context.subjects.read(context, patientKey);
    if (!known.ok) return known;
    const { records } = known.value;
    if (records?.subject.key === subject.value.key) {
      return success({ records, preconditions: preconditionsOf(known.value) });
    }
  }
  // What one site may not see is not in memory, nor is a second participation.
  const sequence = await context.store.lastChange(patientKey);
  const records = await loadSubject(source, subject.value);
  return records.ok
    ? success({
        records: records.value,
        preconditions: [{ kind: 'unchangedSince', changeKey: patientKey, sequence }],
      })
    : records;
}

/** Reads the ResearchSubject in the URL. Fails `not-found` when it is none of this study, and `gone`. */
export async function subjectOf(
  context: RestContext,
  request: RestRequest,
): Promise<Result<TrialRecord>> {
  const [, id = ''] = request.path;
  const version = await context.store.read({ type: 'ResearchSubject', id }, request.access);
  const absent = failure('not-found', `ResearchSubject/${id} is no subject of this study.`);
  if (version === undefined) return failed(absent);
  const subject = trialRecord(version);
  if (subject === undefined) {
    return failed(failure('gone', `ResearchSubject/${id} was deleted.`));
  }
  return demandedProfile(subject.resource, context.terminology) === profile('subject')
    ? success(subject)
    : failed(absent);
}

/** Checks that the URL is that of the one study. Fails `not-found`. */
export function checkStudy(request: RestRequest, trial: Trial): Result<TrialRecord> {
  const [, id = ''] = request.path;
  return trial.study.key === `ResearchStudy/${id}`
    ? success(trial.study)
    : failed(failure('not-found', `ResearchStudy/${id} is not the study of this server.`));
}

/** Returns the answer that carries a resource. */
export function resourceResponse(resource: Resource): RestResponse {
  return { status: 200, headers: {}, body: JSON.stringify(resource) };
}
