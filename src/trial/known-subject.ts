import type { Terminology } from '../fhir/definitions/terminology.ts';
import { success, type Result } from '../fhir/result.ts';
import type { Precondition } from '../store/resource-store.ts';
import { profile } from './canonical.ts';
import {
  allRecords,
  ownRecords,
  productKeys,
  readKeys,
  subjectOfPatient,
  type RecordSource,
} from './load-records.ts';
import { earlierVersions } from './record-versions.ts';
import {
  changedRecords,
  subjectRecords,
  type ReadRecords,
  type RecordStep,
  type SortedRecords,
  type TrialRecord,
} from './subject-records.ts';
import { demandedProfile } from './trial-record.ts';

/** What is stored about one Patient as far as rules may read it, at one moment. */
export interface KnownSubject {
  /** `Patient/1` */
  readonly patientKey: string;
  /** It is true while none of these change keys has advanced: that of the Patient, and of each product named. */
  readonly sequences: ReadonlyMap<string, number>;
  /** Which codes make a record a measurement is a matter of terminology. */
  readonly terminology: Terminology;
  /** The records about the Patient, in the order of creation. */
  readonly own: readonly TrialRecord[];
  /** The products that these name. */
  readonly products: readonly TrialRecord[];
  /** Undefined: the Patient is no subject of the study. */
  readonly records: SortedRecords | undefined;
  /** Whether the records are in the order of creation, which is not known of one that came back. */
  readonly isOrdered: boolean;
}

/** A record that a commit writes. */
export interface RecordChange {
  /** `Observation/1` */
  readonly key: string;
  /** Undefined: it is deleted. */
  readonly after: TrialRecord | undefined;
  /** The Patients by whom a search will find it. */
  readonly patients: ReadonlySet<string>;
}

/**
 * Reads what is stored about a Patient; `planned` is their ResearchSubject when it is not stored yet.
 * The sequences are read before the records, so that what comes in between is noticed.
 */
export async function loadKnownSubject(
  source: RecordSource,
  patientKey: string,
  planned?: TrialRecord,
): Promise<Result<KnownSubject>> {
  const sequences = new Map([[patientKey, await source.store.lastChange(patientKey)]]);
  const id = patientKey.slice('Patient/'.length);
  const stored = planned === undefined ? await subjectOfPatient(source, id) : success(planned);
  if (!stored.ok) return stored;
  const { terminology } = source;
  const base = { patientKey, sequences, terminology, isOrdered: true };
  const { value: subject } = stored;
  if (subject === undefined) {
    return success({ ...base, own: [], products: [], records: undefined });
  }
  const own = await ownRecords(source, id);
  if (!own.ok) return own;
  const products = await readProducts(source, productKeys(own.value), sequences);
  const [patient] = await readKeys(source, [patientKey]);
  const read = { subject, patient, own: own.value, products };
  return success({ ...base, own: own.value, products, records: sort(read, terminology) });
}

interface Parts {
  readonly subject: TrialRecord;
  readonly patient: TrialRecord | undefined;
  readonly own: readonly TrialRecord[];
  readonly products: readonly TrialRecord[];
}

function sort({ subject, patient, own, products }: Parts, terminology: Terminology): SortedRecords {
  const read: ReadRecords = { subject, patient, records: [...own, ...products] };
  return subjectRecords(read, terminology);
}

/** Reads products, and notes in `sequences` as of when. */
async function readProducts(
  source: RecordSource,
  keys: readonly string[],
  sequences: Map<string, number>,
): Promise<readonly TrialRecord[]> {
  for (const key of keys) sequences.set(key, await source.store.lastChange(key));
  return readKeys(source, keys);
}

/** Returns what must hold of a commit that was planned by what is known. */
export function preconditionsOf({ sequences }: KnownSubject): readonly Precondition[] {
  return [...sequences].map(([changeKey, sequence]) => ({
    kind: 'unchangedSince',
    changeKey,
    sequence,
  }));
}

/**
 * Returns what is known once a commit has made its changes, without reading again what it did not
 * change. Undefined when the Patient is no subject any more.
 */
export async function changedSubject(
  source: RecordSource,
  known: KnownSubject,
  changes: readonly RecordChange[],
): Promise<Result<KnownSubject | undefined>> {
  if (known.records === undefined) return success(known);
  const draft = draftOf(known, known.records);
  for (const change of changes) {
    const changed = await apply(source, draft, change);
    if (!changed.ok) return changed;
  }
  if (draft.subject === undefined) return success(undefined);
  if (draft.namesProducts) await renewProducts(source, draft, changes);
  const parts = { ...draft, subject: draft.subject };
  const { terminology } = known;
  const next = draft.isSteps ? changedRecords(known.records, draft.steps, terminology) : undefined;
  return success({
    ...known,
    own: draft.own,
    products: draft.products,
    sequences: draft.sequences,
    isOrdered: draft.isOrdered,
    records: next ?? sort(parts, terminology),
  });
}

/** What becomes of a known subject, change by change. */
interface SubjectDraft {
  readonly known: KnownSubject;
  readonly before: SortedRecords;
  subject: TrialRecord | undefined;
  patient: TrialRecord | undefined;
  own: readonly TrialRecord[];
  products: readonly TrialRecord[];
  sequences: ReadonlyMap<string, number>;
  readonly steps: RecordStep[];
  /** Whether the steps are all that changes. */
  isSteps: boolean;
  namesProducts: boolean;
  isOrdered: boolean;
}

function draftOf(known: KnownSubject, before: SortedRecords): SubjectDraft {
  const { own, products, sequences, isOrdered } = known;
  const { subject, patient } = before;
  return {
    ...{ known, before, subject, patient, own, products, sequences, isOrdered },
    ...{ steps: [], isSteps: true, namesProducts: false },
  };
}

const ownTypes: ReadonlySet<string> = new Set(allRecords.types);

async function apply(
  source: RecordSource,
  draft: SubjectDraft,
  change: RecordChange,
): Promise<Result<undefined>> {
  const { key, after } = change;
  const { patientKey, products } = draft.known;
  if (key === draft.subject?.key) {
    draft.subject = isSubjectOf(change, draft.known) ? after : undefined;
    draft.isSteps = false;
  } else if (key === patientKey) {
    draft.patient = after;
    draft.isSteps = false;
  } else if (products.some((product) => product.key === key)) {
    draft.namesProducts = true;
  } else if (ownTypes.has(key.slice(0, key.indexOf('/')))) {
    return applyOwn(source, draft, change);
  }
  return success(undefined);
}

function isSubjectOf({ after, patients }: RecordChange, known: KnownSubject): boolean {
  return (
    after !== undefined &&
    patients.has(known.patientKey) &&
    demandedProfile(after.resource, known.terminology) === profile('subject')
  );
}

async function applyOwn(
  source: RecordSource,
  draft: SubjectDraft,
  { key, after, patients }: RecordChange,
): Promise<Result<undefined>> {
  const before = draft.before.at(key);
  const isOwn = after !== undefined && patients.has(draft.known.patientKey);
  if (before === undefined && !isOwn) return success(undefined);
  const changed = [before, after].filter((record) => record !== undefined);
  draft.namesProducts ||= productKeys(changed).length > 0;
  if (!isOwn) {
    draft.own = draft.own.filter((record) => record !== before);
    draft.isSteps = false;
    return success(undefined);
  }
  const complete = await earlierVersions(source, after, before);
  if (!complete.ok) return complete;
  if (before === undefined) {
    draft.own = [...draft.own, complete.value];
    draft.steps.push({ after: complete.value });
    // A version that is not the first belongs where the first one was.
    draft.isOrdered &&= after.versionId === 1;
  } else {
    draft.own = draft.own.with(draft.own.indexOf(before), complete.value);
    draft.steps.push({ before, after: complete.value });
  }
  return success(undefined);
}

/** The products that the records name now: as the commit writes them, as they are known, or read. */
async function renewProducts(
  source: RecordSource,
  draft: SubjectDraft,
  changes: readonly RecordChange[],
): Promise<void> {
  const keys = productKeys(draft.own);
  const written = new Map(changes.map((change) => [change.key, change.after]));
  const known = new Map(draft.known.products.map((product) => [product.key, product]));
  const sequences = new Map(
    [...draft.sequences].filter(([key]) => key === draft.known.patientKey || keys.includes(key)),
  );
  const missing = keys.filter((key) => !sequences.has(key));
  const read = await readProducts(source, missing, sequences);
  for (const product of read) known.set(product.key, product);
  const products = keys.flatMap(
    (key) => (written.has(key) ? written.get(key) : known.get(key)) ?? [],
  );
  const isSame =
    products.length === draft.products.length &&
    products.every((product, index) => product === draft.products[index]);
  draft.sequences = sequences;
  draft.isSteps &&= isSame;
  draft.products = products;
}
