import type { JsonValue } from '../fhir/json/json-value.ts';
import { codeSystem } from './canonical.ts';
import type { Question } from './criterion.ts';
import { dosingGate } from './dosing-gate.ts';
import { extensionOf, hasCode, objectsOf } from './element.ts';
import { daysBetween, type LocalDate } from './local-time.ts';
import { interpretation, ncit } from './observation-value.ts';
import type { PlannedVisit } from './protocol-plan.ts';
import { recordTime } from './record-time.ts';
import type { TrialRecord } from './subject-records.ts';

/** The schedule's `pcr-blood`: days between the two results that end the samples of later visits. */
const notDetectedDays = 28;

/**
 * Returns the variables of the plan's conditions as they were on the date of a visit: `gate`,
 * `progressed`, `newTherapy`, `persistenceLost`.
 */
export function conditionVariables(
  question: Question & { readonly day0: LocalDate },
  visit: PlannedVisit,
  date: LocalDate,
): ReadonlyMap<string, JsonValue> {
  const { trial, day0 } = question;
  const limit = date < question.asOf.date ? date : question.asOf.date;
  const { zone } = trial;
  const asOf = { at: zone.startOf(limit) + 86_399_999, date: limit, text: limit };
  const isBy = (record: TrialRecord) => {
    const on = recordTime(record, question.records, zone)?.date;
    return on !== undefined && on <= limit;
  };
  const day = visit.offset?.target ?? 0;
  const isDose = visit.activities.some(({ kind }) => kind === 'infusion');
  return new Map<string, JsonValue>([
    ['gate', isDose ? dosingGate({ ...question, asOf, day, cycle: 1 }).decision : 'proceed'],
    ['progressed', hasProgressed(question, isBy)],
    ['newTherapy', hasNewTherapy(question, day0, isBy)],
    ['persistenceLost', isPersistenceLost(question, isBy)],
  ]);
}

type Filter = (record: TrialRecord) => boolean;

function hasProgressed({ records }: Question, isBy: Filter): boolean {
  return records
    .of('response')
    .filter(isBy)
    .some(
      ({ resource }) =>
        hasCode(resource['code'], ncit, 'C96613') &&
        hasCode(resource['valueCodeableConcept'], ncit, 'C35571'),
    );
}

function hasNewTherapy({ records, trial }: Question, day0: LocalDate, isBy: Filter): boolean {
  const isNew = (record: TrialRecord) =>
    (recordTime(record, records, trial.zone)?.date ?? '') > day0;
  return [...records.of('prior-therapy'), ...records.of('other-therapy')]
    .filter(isBy)
    .some((record) => isNew(record) && isAnticancer(record));
}

function isAnticancer({ resource }: TrialRecord): boolean {
  return (
    extensionOf(resource, 'prior-therapy') !== undefined ||
    hasCode(resource['category'], codeSystem('therapy-class'))
  );
}

/** Two results in a row say not detected, far enough from each other. */
function isPersistenceLost({ records, trial }: Question, isBy: Filter): boolean {
  const series = records
    .of('persistence')
    .filter(isBy)
    .filter(({ resource }) => hasCode(resource['code'], codeSystem('code'), 'persist-tcrz-cd137'))
    .flatMap((record) => {
      const date = recordTime(record, records, trial.zone)?.date;
      const isNot = objectsOf(record.resource['interpretation']).some((concept) =>
        hasCode(concept, interpretation, 'ND'),
      );
      return date === undefined ? [] : [{ date, isNot }];
    })
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return series.some((result, index) => {
    const next = series[index + 1];
    return (
      result.isNot && next?.isNot === true && daysBetween(result.date, next.date) >= notDetectedDays
    );
  });
}
