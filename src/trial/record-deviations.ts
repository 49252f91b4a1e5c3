import { adverseEvent } from './adverse-event.ts';
import { readAsOf, type AsOf } from './as-of.ts';
import { consentSpans } from './consent.ts';
import type { Deviation, DeviationCode } from './deviation.ts';
import { storedCode, storedKey, deviationKey } from './deviation.ts';
import { doseDeviations, type Judged } from './dose-deviations.ts';
import { requiredCriteria } from './eligibility.ts';
import { extensionOf, textOf } from './element.ts';
import { enrolmentDate, orderOf } from './enrolment.ts';
import { doseOf } from './infusion.ts';
import { readTime } from './local-time.ts';
import { recordTime } from './record-time.ts';
import { responseConflicts } from './response-conflict.ts';
import { scheduleOf, visitsOf } from './schedule.ts';
import { timeDeviations, windowDeviations } from './schedule-deviations.ts';
import { referenceKey, type RecordKind, type TrialRecord } from './subject-records.ts';

/** The codes that the records of a subject decide; the others are written by operations. */
export const recordCodes: ReadonlySet<DeviationCode> = new Set([
  'dose-despite-toxicity',
  'dose-without-enrolment',
  'dose-wrong-product',
  'dose-out-of-window',
  'unplanned-dose',
  'safety-assessment-missing',
  'activity-before-consent',
  'visit-out-of-window',
  'visit-missed',
  'activity-missed',
  'eligibility-lost',
  'sae-late-report',
  'data-conflict',
]);

/**
 * Returns every deviation that the records of a subject show at a moment. Those that time alone makes
 * are among them only where they are stored already: a record can repair them, not make them.
 */
export function recordDeviations(judged: Judged & { readonly now: AsOf }): readonly Deviation[] {
  return [
    ...doseDeviations(judged),
    ...consentDeviations(judged),
    ...visitDeviations(judged),
    ...lateVisits(judged),
    ...lostEligibility(judged),
    ...lateReports(judged),
    ...conflicts(judged),
  ];
}

function about(
  { records }: Judged,
  focal: TrialRecord,
  finding: Pick<Deviation, 'code' | 'rules' | 'severity' | 'detail'>,
): Deviation {
  const { key, resource } = records.subject;
  return {
    ...finding,
    subject: key,
    patient: referenceKey(resource['individual']) ?? '',
    implicated: [focal.key],
    about: focal.key,
    discovery: 'prospective',
  };
}

/** The investigator's value stands; the conflict is said. */
function conflicts(judged: Judged & { readonly now: AsOf }): readonly Deviation[] {
  return responseConflicts({ ...judged, asOf: judged.now }).map(
    ({ record, recorded, recomputed }) =>
      about(judged, record, {
        code: 'data-conflict',
        rules: ['R6/recomputed'],
        severity: 'low',
        detail: `The response is recorded as ${recorded}; its measurements give ${recomputed}.`,
      }),
  );
}

/** What is done to a subject of the study, not what is told of their history. */
const activityKinds: readonly RecordKind[] = [
  'ecog',
  'her2-status',
  'host-immunity',
  'ie-toxicity',
  'infusion',
  'lesion-measurement',
  'lymphodepletion',
  'measurement',
  'persistence',
  'procedure',
  'rcl',
  'response',
  'study-visit',
  'tcell-subsets',
  'vital-status',
];

/** Of these also plain Observations are read, which are no activities of the study. */
const plainKinds: ReadonlySet<RecordKind> = new Set(['ecog', 'measurement']);
const notDone: ReadonlySet<unknown> = new Set(['not-done', 'cancelled', 'planned']);

function consentDeviations(judged: Judged): readonly Deviation[] {
  const { records, trial } = judged;
  const consents = consentSpans(records, trial.zone);
  const first = Math.min(...consents.map(({ start }) => start));
  return activityKinds.flatMap((kind) =>
    records.of(kind).flatMap((record) => {
      const isPlain = plainKinds.has(kind) && extensionOf(record.resource, 'visit') === undefined;
      const isOpen = kind === 'infusion' && !doseOf(record, trial.zone).isStarted;
      if (isPlain || isOpen || notDone.has(record.resource['status'])) return [];
      const time = recordTime(record, records, trial.zone);
      if (time === undefined || time.end > first) return [];
      const detail =
        consents.length === 0
          ? 'An activity of the study without any consent.'
          : 'An activity of the study before the consent.';
      return [
        about(judged, record, {
          code: 'activity-before-consent',
          rules: ['R4/consent'],
          severity: 'high',
          detail,
        }),
      ];
    }),
  );
}

/** Only Day 0 fixes the windows; a planned one does not. */
function visitDeviations(judged: Judged & { readonly now: AsOf }): readonly Deviation[] {
  const question = { ...judged, asOf: judged.now };
  const schedule = visitsOf(question);
  return schedule.isInfused ? windowDeviations(question, schedule) : [];
}

function lateVisits(judged: Judged & { readonly now: AsOf }): readonly Deviation[] {
  const stored = new Set(
    judged.records
      .of('deviation')
      .filter(({ resource }) => resource['status'] === 'final')
      .filter(({ resource }) =>
        ['visit-missed', 'activity-missed'].includes(storedCode(resource) ?? ''),
      )
      .map(({ resource }) => storedKey(resource)),
  );
  if (stored.size === 0) return [];
  const question = { ...judged, asOf: judged.now };
  return timeDeviations(question, scheduleOf(question)).filter((deviation) =>
    stored.has(deviationKey(deviation)),
  );
}

/** As of the enrolment, with what is known today. An override has said so at the enrolment already. */
function lostEligibility(judged: Judged): readonly Deviation[] {
  const { records, trial } = judged;
  const date = enrolmentDate(records.subject);
  const asOf = date === undefined ? undefined : readAsOf(date, trial.zone);
  const isOverridden = records
    .of('deviation')
    .some(({ resource }) => storedCode(resource) === 'eligibility-override');
  if (orderOf(records.subject) === undefined || asOf === undefined || isOverridden) return [];
  const lost = requiredCriteria({ trial, records, asOf }).filter(({ state }) => state === 'unmet');
  if (lost.length === 0) return [];
  const deviation = about(judged, records.subject, {
    code: 'eligibility-lost',
    rules: lost.map(({ id }) => `R2/${id}`),
    severity: 'moderate',
    detail: `As of the enrolment unmet: ${lost.map(({ id }) => id).join(', ')}.`,
  });
  const evidence = lost.flatMap((criterion) => criterion.evidence.map(({ key }) => key));
  return [
    {
      ...deviation,
      implicated: [...new Set([...deviation.implicated, ...evidence])],
      discovery: 'retrospective',
    },
  ];
}

const hourMs = 3_600_000;

/** PP-16: hours from when the site knew to when the sponsor did. */
function lateReports(judged: Judged): readonly Deviation[] {
  const { records, trial } = judged;
  const hours = trial.parameters.number('PP-16', 2);
  return records.of('adverse-event').flatMap((record) => {
    const { resource, earlier = [], lastUpdated } = record;
    const detected = readTime(textOf(resource['detected']), trial.zone);
    if (detected === undefined || !adverseEvent(record, trial.zone).isSerious) return [];
    const serious = [record, ...earlier].filter(
      (version) => adverseEvent(version, trial.zone).isSerious,
    );
    const received = Date.parse(serious.at(-1)?.lastUpdated ?? lastUpdated);
    const aware = readTime(
      textOf(extensionOf(resource, 'sponsor-awareness')?.['valueDateTime']),
      trial.zone,
    );
    const known = Math.min(received, aware?.start ?? received);
    const since = detected.hasTime ? detected.start : detected.end;
    if (known - since <= hours * hourMs) return [];
    const detail = `The serious adverse event was reported more than ${hours} h after it was detected.`;
    return [
      about(judged, record, {
        code: 'sae-late-report',
        rules: ['R11/site'],
        severity: 'moderate',
        detail,
      }),
    ];
  });
}
