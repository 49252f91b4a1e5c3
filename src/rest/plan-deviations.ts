import type { Issue } from '../fhir/operation-outcome.ts';
import { success, type Result } from '../fhir/result.ts';
import type { Precondition } from '../store/resource-store.ts';
import { asOfTime } from '../trial/as-of.ts';
import { deviationChanges } from '../trial/deviation-changes.ts';
import {
  changedSubject,
  loadKnownSubject,
  preconditionsOf,
  type KnownSubject,
  type RecordChange,
} from '../trial/known-subject.ts';
import { trialPreconditions } from '../trial/load-trial.ts';
import { isQuiet } from '../trial/quiet-record.ts';
import { recordCodes, recordDeviations } from '../trial/record-deviations.ts';
import type { SubjectRecords } from '../trial/subject-records.ts';
import type { Trial } from '../trial/trial.ts';
import { derivedDrafts, type DerivedDrafts } from './plan-derived.ts';
import { planEnrolled } from './plan-enrolled.ts';
import { concernOf } from './plan-judged.ts';
import { namingPatients } from './plan-naming.ts';
import { changeOf, plannedWrite, type PlannedWrite, type Stamping } from './planned-write.ts';
import { readTrial } from './read-trial.ts';
import type { RestContext } from './rest.ts';
import { lagIssues } from './status-lag.ts';
import { remarkIssues } from './subject-remarks.ts';

/** What a commit adds because of what its writes make of the subjects of the trial. */
export interface PlannedDeviations {
  readonly planned: readonly PlannedWrite[];
  readonly preconditions: readonly Precondition[];
  readonly touches: readonly string[];
  /** What the client is told, by the key (`Observation/1`) of the draft that it is about. */
  readonly issues: ReadonlyMap<string, readonly Issue[]>;
  /** The subjects as the commit leaves them. */
  readonly subjects: readonly KnownSubject[];
}

/**
 * Judges every subject whose records a commit changes, as they will be, and returns the deviations to be
 * written beside them. That nothing else of these subjects, and nothing of the trial, changed meanwhile is a
 * precondition.
 */
export async function planDeviations(
  context: RestContext,
  written: readonly PlannedWrite[],
  stamping: Stamping,
): Promise<Result<PlannedDeviations>> {
  const group = await planEnrolled(
    context,
    written.map(({ draft }) => draft),
  );
  if (!group.ok) return group;
  const added = group.value.drafts.map((draft) => plannedWrite(context, draft, stamping));
  const all = [...written, ...added];
  const concerned = await concernedBy(context, all);
  if (!concerned.ok) return concerned;
  const plan: PlannedDeviations = {
    planned: added,
    preconditions: concerned.value.preconditions,
    touches: [...concerned.value.touches, ...group.value.touches],
    issues: new Map<string, readonly Issue[]>(),
    subjects: [],
  };
  // A server without the study has nothing to judge by.
  const trial = await readTrial(context);
  return trial.ok && concerned.value.patients.size > 0
    ? judgeAll(context, { ...concerned.value, plan, stamping, trial: trial.value, all })
    : success(plan);
}

interface Concerned {
  readonly touches: ReadonlySet<string>;
  /** Those whose records are known or judged, and whether they are judged. */
  readonly patients: ReadonlyMap<string, boolean>;
  readonly preconditions: readonly Precondition[];
}

/** Only who is a subject, or may be judged one, is looked at; whoever else is concerned is only touched. */
async function concernedBy(
  context: RestContext,
  all: readonly PlannedWrite[],
): Promise<Result<Concerned>> {
  const touches = new Set<string>();
  const patients = new Map<string, boolean>();
  const preconditions: Precondition[] = [];
  for (const { draft } of all) {
    const concern = concernOf(context, draft);
    const naming = await namingPatients(context, draft);
    if (!naming.ok) return naming;
    preconditions.push(...naming.value.preconditions);
    for (const patient of [...concern.patients, ...naming.value.patients]) {
      touches.add(patient);
      if (concern.isJudged || context.subjects.holds(patient)) {
        patients.set(patient, concern.isJudged || patients.get(patient) === true);
      }
    }
    for (const product of concern.products) touches.add(product);
  }
  return success({ touches, patients, preconditions });
}

interface Judgement {
  readonly plan: PlannedDeviations;
  readonly patients: ReadonlyMap<string, boolean>;
  readonly all: readonly PlannedWrite[];
  readonly trial: Trial;
  readonly stamping: Stamping;
}

async function judgeAll(
  context: RestContext,
  { plan, patients, all, trial, stamping }: Judgement,
): Promise<Result<PlannedDeviations>> {
  const changes = all.flatMap((one) => changeOf(one) ?? []);
  const created = new Set(
    all
      .filter(({ draft }) => draft.located.intent.interaction === 'create')
      .map(({ draft: { located } }) => `${located.key.type}/${located.key.id}`),
  );
  const isAnyJudged = [...patients.values()].includes(true);
  let result: PlannedDeviations = {
    ...plan,
    preconditions: [...plan.preconditions, ...(isAnyJudged ? trialPreconditions(trial) : [])],
  };
  for (const [patientKey, isJudged] of patients) {
    const judged = await judgePatient(context, {
      ...{ patientKey, isJudged, changes, created, trial, stamping },
    });
    if (!judged.ok) return judged;
    const { planned, preconditions, issues, subjects } = judged.value;
    result = {
      touches: result.touches,
      planned: [...result.planned, ...planned],
      preconditions: [...result.preconditions, ...preconditions],
      issues: joinedIssues(result.issues, issues),
      subjects: [...result.subjects, ...subjects],
    };
  }
  return success(result);
}

interface PatientChanges {
  readonly patientKey: string;
  readonly isJudged: boolean;
  readonly changes: readonly RecordChange[];
  /** Keys of what nobody can have named before. */
  readonly created: ReadonlySet<string>;
  readonly trial: Trial;
  readonly stamping: Stamping;
}

type JudgedPatient = Omit<PlannedDeviations, 'touches'>;

async function judgePatient(
  context: RestContext,
  asked: PatientChanges,
): Promise<Result<JudgedPatient>> {
  const { patientKey, changes } = asked;
  const source = { ...context, access: {} };
  const known = await knownSubject(context, asked);
  if (!known.ok) return known;
  const next = await changedSubject(source, known.value, changes);
  if (!next.ok) return next;
  const base: JudgedPatient = {
    planned: [],
    preconditions: preconditionsOf(next.value ?? known.value),
    issues: new Map<string, readonly Issue[]>(),
    subjects: next.value === undefined ? [] : [next.value],
  };
  const records = next.value?.records;
  if (next.value === undefined || records === undefined || !asked.isJudged) return success(base);
  const before = known.value.records;
  const own = changes.filter(
    ({ key, patients }) => patients.has(patientKey) || before?.at(key) !== undefined,
  );
  const told = { ...base, issues: remarksOf(asked, own, records) };
  return areQuiet(asked, own, records)
    ? success(told)
    : withDeviations(context, asked, { told, known: next.value, records });
}

interface Told {
  readonly told: JudgedPatient;
  readonly known: KnownSubject;
  readonly records: SubjectRecords;
}

async function withDeviations(
  context: RestContext,
  asked: PatientChanges,
  { told, known, records }: Told,
): Promise<Result<JudgedPatient>> {
  const derived = derivedOf(context, asked, records);
  if (!derived.ok) return derived;
  const { drafts, issues } = derived.value;
  const planned = drafts.map((draft) => plannedWrite(context, draft, asked.stamping));
  const changes = planned.flatMap((one) => changeOf(one) ?? []);
  const after = await changedSubject({ ...context, access: {} }, known, changes);
  if (!after.ok) return after;
  return success({
    ...told,
    planned,
    issues: joinedIssues(issues, told.issues),
    subjects: after.value === undefined ? [] : [after.value],
  });
}

/** The subject as it is stored, or as the same request makes it one. */
async function knownSubject(
  context: RestContext,
  { patientKey, changes }: PatientChanges,
): Promise<Result<KnownSubject>> {
  const known = await context.subjects.read(context, patientKey);
  if (!known.ok || known.value.records !== undefined) return known;
  const subject = changes.find(
    ({ key, patients }) => key.startsWith('ResearchSubject/') && patients.has(patientKey),
  );
  return subject?.after === undefined
    ? known
    : loadKnownSubject({ ...context, access: {} }, patientKey, subject.after);
}

/** What is said of the written records beside their deviations. */
function remarksOf(
  { trial, stamping }: PatientChanges,
  own: readonly RecordChange[],
  records: SubjectRecords,
): PlannedDeviations['issues'] {
  const question = { trial, records, asOf: asOfTime(Date.parse(stamping.now), trial.zone) };
  const written = own.flatMap(({ after }) => after ?? []);
  return joinedIssues(remarkIssues(question, written), lagIssues(question, written));
}

function joinedIssues(
  one: PlannedDeviations['issues'],
  other: PlannedDeviations['issues'],
): PlannedDeviations['issues'] {
  const joined = new Map(one);
  for (const [key, issues] of other) joined.set(key, [...(joined.get(key) ?? []), ...issues]);
  return joined;
}

function areQuiet(
  { created, trial, stamping }: PatientChanges,
  own: readonly RecordChange[],
  records: SubjectRecords,
): boolean {
  const question = { trial, records, asOf: asOfTime(Date.parse(stamping.now), trial.zone) };
  return own.every(
    ({ key, after }) => after !== undefined && created.has(key) && isQuiet(after, question),
  );
}

function derivedOf(
  context: RestContext,
  { changes, trial, stamping }: PatientChanges,
  records: SubjectRecords,
): Result<DerivedDrafts> {
  const now = asOfTime(Date.parse(stamping.now), trial.zone);
  const found = recordDeviations({ trial, records, now });
  const deviations = deviationChanges(records.of('deviation'), found, {
    codes: recordCodes,
    identified: stamping.now,
  });
  return derivedDrafts(context, deviations, new Set(changes.map(({ key }) => key)));
}
