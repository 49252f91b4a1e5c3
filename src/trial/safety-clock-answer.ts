import type { Resource } from '../fhir/resource.ts';
import { adverseEventsOf } from './adverse-event.ts';
import type { AsOf } from './as-of.ts';
import { isReportable, saeClock } from './sae-clock.ts';
import type { SubjectRecords } from './subject-records.ts';
import type { Trial } from './trial.ts';
import { answerParameters, out, outParts } from './trial-parameters.ts';

/** Returns the answer of `$safety-clock`: the clocks, then the serious events without one. */
export function safetyClockAnswer({
  trial,
  subjects,
  asOf,
}: {
  readonly trial: Trial;
  readonly subjects: readonly SubjectRecords[];
  readonly asOf: AsOf;
}): Resource {
  const judged = subjects.flatMap((records) =>
    adverseEventsOf(records, trial.zone).map((event) => ({
      event,
      records,
      clock: saeClock(event.record, { trial, records, asOf }),
    })),
  );
  const cases = judged.flatMap(({ clock, records }) =>
    clock === undefined
      ? []
      : [
          outParts('case', [
            out('event', 'Reference', { reference: clock.event.key }),
            out('subject', 'Reference', { reference: records.subject.key }),
            out('clockStart', 'Date', clock.start),
            out('days', 'Integer', clock.days),
            out('due', 'Date', clock.due),
            out('completeDue', 'Date', clock.completeDue),
            out('state', 'Code', clock.state),
            out('query', 'Boolean', clock.isQueried),
          ]),
        ],
  );
  const periodic = judged
    .filter(({ clock, event }) => clock === undefined && event.isSerious)
    .filter(({ event }) => !isReportable(event.record, trial))
    .filter(({ event }) => (event.onset?.start ?? Infinity) <= asOf.at)
    .map(({ event }) => out('periodic', 'Reference', { reference: event.record.key }));
  return answerParameters({ name: 'study', record: trial.study, asOf }, [...cases, ...periodic]);
}
