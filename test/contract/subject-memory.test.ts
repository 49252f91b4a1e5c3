import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { value } from '../support/store-value.ts';
import { seededTrial } from '../support/subject.ts';
import { instantOf } from '../../src/fhir/instant.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { IndexEntry } from '../../src/fhir/search/index-entry.ts';
import type { Write } from '../../src/store/resource-store.ts';
import { openSqliteStore, type SqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import {
  changedSubject,
  loadKnownSubject,
  type RecordChange,
} from '../../src/trial/known-subject.ts';
import { recordKinds } from '../../src/trial/subject-records.ts';
import { createSubjectMemory, type SubjectMemory } from '../../src/trial/subject-memory.ts';

const { terminology } = seededTrial();
let directory: string;
let store: SqliteStore;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'cart-her2-memory-'));
  store = await openSqliteStore({ directory });
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

const reference = (param: string, key: string): IndexEntry => {
  const [type = '', id = ''] = key.split('/');
  return { kind: 'reference', param, type, id };
};

function writeOf(content: Resource, entries: readonly IndexEntry[], versionId = 1): Write {
  const { resourceType: type, id = '' } = content;
  const lastUpdated = instantOf(Date.UTC(2024, 2, 4) + versionId);
  const text = JSON.stringify({ ...content, meta: { versionId: String(versionId), lastUpdated } });
  const method = versionId === 1 ? 'POST' : 'PUT';
  return { type, id, versionId, lastUpdated, method, text, entries };
}

function subjectOf(name: string): Write {
  const [study, patient] = ['ResearchStudy/nct01935843', `Patient/${name}`];
  return writeOf(
    {
      resourceType: 'ResearchSubject',
      id: name,
      study: { reference: study },
      individual: { reference: patient },
    },
    [reference('study', study), reference('individual', patient)],
  );
}

function crsGrade(id: string, patient: string, status = 'final', versionId = 1): Write {
  const system = 'https://her2-cart.example.org/fhir/CodeSystem/h2c-code';
  const subject = { reference: patient };
  const code = { coding: [{ system, code: 'crs-grade' }] };
  const content = { resourceType: 'Observation', id, status, code, subject };
  return writeOf(content, [reference('patient', patient)], versionId);
}

async function commit(to: SqliteStore, writes: readonly Write[], touches: readonly string[]) {
  const outcome = value(await to.commit({ writes, preconditions: [], touches }));
  return outcome.kind === 'committed' ? (outcome.sequences.at(-1) ?? 0) : -1;
}

async function keysIn(memory: SubjectMemory, from: SqliteStore, patient: string) {
  const known = value(await memory.read({ store: from, terminology }, patient));
  return known.records?.of('ie-toxicity').map(({ key }) => key);
}

describe('the memory of subjects', () => {
  /** A subject counts itself, the Patient, and one record. */
  const recordsOfSubject = 3;

  it.each([
    ['at the limit', 2 * recordsOfSubject, [true, true]],
    ['one beyond it', 2 * recordsOfSubject - 1, [false, true]],
    ['of a subject alone one beyond it', recordsOfSubject - 1, [false, false]],
  ])('%s keeps those who were last asked for', async (_, recordsMax, kept) => {
    const memory = createSubjectMemory({ recordsMax });
    for (const name of ['a', 'b']) {
      await commit(
        store,
        [subjectOf(name), crsGrade(name, `Patient/${name}`)],
        [`Patient/${name}`],
      );
      await memory.read({ store, terminology }, `Patient/${name}`);
    }
    expect([memory.holds('Patient/a'), memory.holds('Patient/b')]).toEqual(kept);
  });

  it('never answers what another process has changed', async () => {
    const other = await openSqliteStore({ directory });
    const [mine, theirs] = [0, 0].map(() => createSubjectMemory({ recordsMax: 100 }));
    if (mine === undefined || theirs === undefined) throw new Error('There are two memories.');
    const patient = 'Patient/a';
    await commit(store, [subjectOf('a')], [patient]);
    const expected: string[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      const id = `o${turn}`;
      await commit(turn % 2 === 0 ? store : other, [crsGrade(id, patient)], [patient]);
      expected.push(`Observation/${id}`);
      expect(await keysIn(mine, store, patient)).toEqual(expected);
      expect(await keysIn(theirs, other, patient)).toEqual(expected);
    }
    await other.close();
  });
});

describe('what is known of a subject', () => {
  const step = fc.record({
    id: fc.constantFrom('o1', 'o2', 'o3', 'o4'),
    status: fc.constantFrom('final', 'preliminary', 'corrected', 'deleted'),
    patient: fc.constantFrom('Patient/a', 'Patient/a', 'Patient/b'),
  });

  it('is after each commit what would be read of it', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        run += 1;
        const name = (text: string) => `${text}-${run}`;
        const patientKey = name('Patient/a');
        await commit(store, [subjectOf(name('a'))], [patientKey]);
        const memory = createSubjectMemory({ recordsMax: 1_000 });
        const source = { store, terminology, access: {} };
        const versions = new Map<string, number>();
        for (const { id, status, patient } of steps) {
          const key = name(id);
          const versionId = (versions.get(key) ?? 0) + 1;
          versions.set(key, versionId);
          const written = crsGrade(key, name(patient), status, versionId);
          const { text, ...deletion } = written;
          const isDeleted = status === 'deleted' && versionId > 1;
          const write: Write = isDeleted ? { ...deletion, method: 'DELETE', entries: [] } : written;
          const known = value(await memory.read(source, patientKey));
          const next = value(
            await changedSubject(source, known, [changeOf(write, isDeleted ? undefined : text)]),
          );
          const touches = [patientKey, name('Patient/b')];
          const sequence = await commit(store, [write], touches);
          if (next !== undefined) memory.keep([next], { touches, sequence });
          const kept = value(await memory.read(source, patientKey));
          const read = value(await loadKnownSubject(source, patientKey));
          expect(kept.own).toEqual(read.own);
          expect([...kept.sequences]).toEqual([...read.sequences]);
          for (const kind of recordKinds) {
            expect(kept.records?.of(kind)).toEqual(read.records?.of(kind));
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

function changeOf(
  { type, id, versionId, lastUpdated, entries }: Write,
  text?: string,
): RecordChange {
  const key = `${type}/${id}`;
  const resource = text === undefined ? undefined : (JSON.parse(text) as Resource);
  return {
    key,
    after: resource === undefined ? undefined : { key, versionId, lastUpdated, resource },
    patients: new Set(
      entries.flatMap((entry) => (entry.kind === 'reference' ? `Patient/${entry.id ?? ''}` : [])),
    ),
  };
}
