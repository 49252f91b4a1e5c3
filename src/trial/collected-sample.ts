import { isBy } from './as-of.ts';
import type { Question } from './criterion.ts';
import type { Infused } from './infused.ts';
import type { LocalDate, TimePoint } from './local-time.ts';
import { recordTime } from './record-time.ts';
import type { RecordKind, TrialRecord } from './subject-records.ts';

/** When the sample of a result was collected. */
export interface CollectedSample {
  readonly record: TrialRecord;
  readonly collected: TimePoint;
  /** Local date of the collection. */
  readonly date: LocalDate;
  /** Days from the start of the first infusion. */
  readonly time: number;
}

/** Returns what the results of a kind say that had been collected by the moment, in time order. */
export function collectedSamples<T>(
  { trial, records, asOf }: Question,
  infused: Infused,
  kind: RecordKind,
  read: (sample: CollectedSample) => T | undefined,
): readonly (T & CollectedSample)[] {
  return records
    .of(kind)
    .flatMap((record) => {
      const collected = recordTime(record, records, trial.zone);
      const time = collected === undefined ? undefined : infused.daysTo(collected);
      if (collected?.date === undefined || time === undefined || !isBy(collected, asOf)) return [];
      const sample = { record, collected, date: collected.date, time };
      const found = read(sample);
      return found === undefined ? [] : [{ ...found, ...sample }];
    })
    .toSorted((a, b) => a.time - b.time || (a.record.key < b.record.key ? -1 : 1));
}
