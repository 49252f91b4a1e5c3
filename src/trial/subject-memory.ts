import { success, type Result } from '../fhir/result.ts';
import type { ResourceStore } from '../store/resource-store.ts';
import { loadKnownSubject, type KnownSubject } from './known-subject.ts';
import type { RecordSource } from './load-records.ts';

/**
 * The parsed records of those subjects that were last read or written. Nothing stale is ever answered:
 * what is kept counts only while no commit, of whatever process, has touched its change keys.
 */
export interface SubjectMemory {
  /** What is stored about a Patient. Sees everything, whoever asks. */
  read(source: Omit<RecordSource, 'access'>, patientKey: string): Promise<Result<KnownSubject>>;
  /** Keeps what a commit that touched the change keys has made of subjects. */
  keep(subjects: readonly KnownSubject[], commit: Touched): void;
  /** Whether a Patient was a subject when they were last read. */
  holds(patientKey: string): boolean;
  /** The Patient of a record that is kept; undefined of one that is not. */
  ownerOf(recordKey: string): string | undefined;
}

/** The change keys that a commit touched, and its sequence. */
export interface Touched {
  readonly touches: readonly string[];
  readonly sequence: number;
}

/** Returns a memory of its own, of one store, for at most `recordsMax` records; those longest not asked for leave. */
export function createSubjectMemory({
  recordsMax,
}: {
  readonly recordsMax: number;
}): SubjectMemory {
  // In the order in which they were last asked for.
  const kept = new Map<string, KnownSubject>();
  let recordsCount = 0;
  const remove = (patientKey: string): void => {
    const known = kept.get(patientKey);
    if (known === undefined) return;
    recordsCount -= sizeOf(known);
    kept.delete(patientKey);
  };
  const put = (known: KnownSubject): void => {
    remove(known.patientKey);
    if (sizeOf(known) > recordsMax) return;
    kept.set(known.patientKey, known);
    recordsCount += sizeOf(known);
    for (const oldest of kept.keys()) {
      if (recordsCount <= recordsMax) break;
      remove(oldest);
    }
  };
  return {
    read: async (source, patientKey) => {
      const known = kept.get(patientKey);
      if (known?.terminology === source.terminology && (await isTrue(source.store, known))) {
        if (kept.get(patientKey) === known) put(known);
        return success(known);
      }
      const loaded = await loadKnownSubject({ ...source, access: {} }, patientKey);
      if (loaded.ok && !isNewer(kept.get(patientKey), loaded.value)) put(loaded.value);
      return loaded;
    },
    keep: (subjects, touched) => {
      for (const known of subjects) {
        if (known.isOrdered) put(advanced(known, touched));
        else remove(known.patientKey);
      }
    },
    holds: (patientKey) => kept.get(patientKey)?.records !== undefined,
    ownerOf: (recordKey) => {
      for (const { patientKey, records } of kept.values()) {
        if (records?.at(recordKey) !== undefined) return patientKey;
      }
      return undefined;
    },
  };
}

/** Records that are kept of a subject: its own, its products, itself, and the Patient. */
function sizeOf({ own, products, records }: KnownSubject): number {
  return own.length + products.length + (records === undefined ? 1 : 2);
}

/** While one was read, a commit may have made another one known. */
function isNewer(kept: KnownSubject | undefined, read: KnownSubject): boolean {
  const sequenceOf = ({ sequences }: KnownSubject) => sequences.get(read.patientKey) ?? 0;
  return kept?.terminology === read.terminology && sequenceOf(kept) > sequenceOf(read);
}

async function isTrue(store: ResourceStore, { sequences }: KnownSubject): Promise<boolean> {
  for (const [changeKey, sequence] of sequences) {
    if ((await store.lastChange(changeKey)) !== sequence) return false;
  }
  return true;
}

function advanced(known: KnownSubject, { touches, sequence }: Touched): KnownSubject {
  const sequences = new Map(known.sequences);
  for (const key of touches) if (sequences.has(key)) sequences.set(key, sequence);
  return { ...known, sequences };
}
