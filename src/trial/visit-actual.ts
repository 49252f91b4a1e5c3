import type { AsOf } from './as-of.ts';
import { codesOf } from './element.ts';
import type { LocalDate } from './local-time.ts';
import type { PlannedActivity, PlannedVisit } from './protocol-plan.ts';
import { recordTime } from './record-time.ts';
import {
  recordKinds,
  type RecordKind,
  type SubjectRecords,
  type TrialRecord,
} from './subject-records.ts';
import type { Trial } from './trial.ts';
import { visitOf } from './visit-attribution.ts';

/** What happened at a visit. */
export interface ActualVisit {
  /** Its Encounters and the results of its activities, in the order of creation. */
  readonly records: readonly TrialRecord[];
  /** Ids of the required activities with a result, or with a record that it was not done. */
  readonly settled: ReadonlySet<string>;
  /** The record that dates the visit: its Encounter, else the earliest required result. */
  readonly dated: { readonly record: TrialRecord; readonly date: LocalDate } | undefined;
}

/** Records of these kinds are never results of an activity of a visit. */
const apart: ReadonlySet<RecordKind> = new Set([
  'deviation',
  'enrolled-group',
  'product',
  'safety-report',
  'subject-schedule',
]);

interface Placed {
  readonly record: TrialRecord;
  readonly kind: RecordKind;
  readonly date: LocalDate | undefined;
}

/** Returns what happened at each visit until a moment, by visit code. */
export function actualVisits({
  trial,
  records,
  asOf,
  day0,
}: {
  readonly trial: Trial;
  readonly records: SubjectRecords;
  readonly asOf: AsOf;
  readonly day0: LocalDate | undefined;
}): ReadonlyMap<string, ActualVisit> {
  const placed = new Map<string, Placed[]>();
  for (const kind of recordKinds) {
    if (apart.has(kind)) continue;
    for (const record of records.of(kind)) {
      const time = recordTime(record, records, trial.zone);
      if (time !== undefined && time.start > asOf.at) continue;
      const code = visitOf(record, records, { trial, day0 });
      const known = placed.get(code);
      const one = { record, kind, date: time?.date };
      if (known === undefined) placed.set(code, [one]);
      else known.push(one);
    }
  }
  return new Map(
    trial.plan.visits.map((visit) => [visit.code, actualOf(visit, placed.get(visit.code) ?? [])]),
  );
}

const visitHappened: ReadonlySet<unknown> = new Set([
  'arrived',
  'triaged',
  'in-progress',
  'onleave',
  'finished',
]);
const notDone: ReadonlySet<unknown> = new Set(['not-done', 'on-hold', 'not-taken', 'cancelled']);

function actualOf(visit: PlannedVisit, placed: readonly Placed[]): ActualVisit {
  const encounters = placed.filter(
    ({ kind, record }) => kind === 'study-visit' && visitHappened.has(record.resource['status']),
  );
  const results = placed.filter(({ record }) => !notDone.has(record.resource['status']));
  // An optional visit demands nothing: whatever of it was done says that it took place.
  const asked = visit.activities.filter(
    ({ isRequired, isTask }) => isRequired || (visit.isOptional && !isTask),
  );
  const activitiesOf = new Map(
    placed.map((one) => {
      const codes = codesOf(one.record.resource['code']).map(
        ({ system, code }) => `${system}|${code}`,
      );
      return [one, asked.filter((activity) => isResult(activity, one, codes))] as const;
    }),
  );
  const settled = [...activitiesOf.values()].flatMap((activities) => activities);
  const dating = results.filter((one) => (activitiesOf.get(one)?.length ?? 0) > 0);
  return {
    records: placed.map(({ record }) => record),
    settled: new Set(settled.map(({ id }) => id)),
    dated: earliest(encounters) ?? earliest(dating),
  };
}

function earliest(placed: readonly Placed[]): ActualVisit['dated'] {
  const [first] = placed
    .flatMap(({ record, date }) => (date === undefined ? [] : [{ record, date }]))
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return first;
}

/** An activity may leave records of several profiles; their codes tell, as with imaging. */
function isResult(
  activity: PlannedActivity,
  { kind, record }: Placed,
  codes: readonly string[],
): boolean {
  if (activity.codes.size === 0 || !codedKinds.has(record.resource.resourceType)) {
    return activity.kind === kind;
  }
  return codes.some((code) => activity.codes.has(code));
}

/** Of other types the kind decides alone. */
const codedKinds: ReadonlySet<string> = new Set(['Observation', 'Procedure']);
