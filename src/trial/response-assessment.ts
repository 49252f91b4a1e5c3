import { isBy } from './as-of.ts';
import { codeSystem } from './canonical.ts';
import type { Question } from './criterion.ts';
import { codesOf, extensionOf, hasCode } from './element.ts';
import type { LocalDate } from './local-time.ts';
import { componentOf, measured, ncit } from './observation-value.ts';
import { recordTime } from './record-time.ts';
import type { TrialRecord } from './subject-records.ts';
import type { TumourResponse } from './tumour-response.ts';
import { unscheduled } from './visit-attribution.ts';

/** What the investigator recorded at a time point. */
export interface RecordedResponse {
  readonly record: TrialRecord;
  readonly date: LocalDate;
  readonly response: TumourResponse;
  /** mm */
  readonly sumOfDiameters: number | undefined;
}

const overall = 'C96613';

const responses: ReadonlyMap<string, TumourResponse> = new Map([
  [`${ncit}|C4870`, 'CR'],
  [`${ncit}|C18058`, 'PR'],
  [`${ncit}|C18213`, 'SD'],
  [`${ncit}|C35571`, 'PD'],
  [`${ncit}|C62222`, 'NE'],
  [`${ncit}|C40413`, 'NED'],
  [`${codeSystem('recist')}|non-cr-non-pd`, 'NON-CR/NON-PD'],
]);

/** Returns the overall responses up to the moment, in the order of their dates. */
export function recordedResponses(question: Question): readonly RecordedResponse[] {
  return responsesOf(question, overall).flatMap(({ record, date }) => {
    const response = responseOf(record);
    if (response === undefined) return [];
    const component = componentOf(record.resource, codeSystem('code'), 'sum-of-diameters');
    const sumOfDiameters = measured(component?.['valueQuantity'])?.value;
    return [{ record, date, response, sumOfDiameters }];
  });
}

/** An Observation of the response of lesions, with its local date. */
export interface DatedRecord {
  readonly record: TrialRecord;
  readonly date: LocalDate;
}

/** Returns the Observations of a test of RECIST up to the moment, in the order of their dates. */
export function responsesOf(
  { trial, records, asOf }: Question,
  code: string,
): readonly DatedRecord[] {
  return records
    .of('response')
    .filter(({ resource }) => hasCode(resource['code'], ncit, code))
    .flatMap((record) => {
      const time = recordTime(record, records, trial.zone);
      return time?.date !== undefined && isBy(time, asOf) ? [{ record, date: time.date }] : [];
    })
    .toSorted((a, b) => (a.date + a.record.key < b.date + b.record.key ? -1 : 1));
}

/** Returns the response that an Observation has as its value. */
export function responseOf({ resource }: TrialRecord): TumourResponse | undefined {
  return codesOf(resource['valueCodeableConcept'])
    .map(({ system, code }) => responses.get(`${system}|${code}`))
    .find((known) => known !== undefined);
}

/** Returns whether two records belong to one time point: the same day, or the same planned visit. */
export function isSameTimePoint(a: DatedRecord, b: DatedRecord): boolean {
  if (a.date === b.date) return true;
  const [visit, other] = [a, b].map(
    ({ record }) => extensionOf(record.resource, 'visit')?.['valueCode'],
  );
  return visit !== undefined && visit !== unscheduled && visit === other;
}
