import { adverseEvent } from './adverse-event.ts';
import type { Deviation } from './deviation.ts';
import { dosingGate, plannedDays } from './dosing-gate.ts';
import { textOf } from './element.ts';
import { startedDoses, type StartedDose } from './infusion.ts';
import { daysBetween, readTime } from './local-time.ts';
import { referenceKey, type SubjectRecords, type TrialRecord } from './subject-records.ts';
import type { GateReason } from './toxicity.ts';
import type { Trial } from './trial.ts';

/** What is judged of a subject. */
export interface Judged {
  readonly trial: Trial;
  readonly records: SubjectRecords;
}

/** Returns the deviations of all doses that were started. */
export function doseDeviations(judged: Judged): readonly Deviation[] {
  const doses = startedDoses(judged.records, judged.trial.zone);
  return doses.flatMap((dose) => [
    ...planDeviations(judged, dose, doses),
    ...gateDeviations(judged, dose),
  ]);
}

interface Finding extends Pick<Deviation, 'code' | 'rules' | 'severity' | 'detail'> {
  readonly others?: readonly string[];
  readonly discovery?: Deviation['discovery'];
}

function ofDose({ records }: Judged, dose: StartedDose, finding: Finding): Deviation {
  const { others = [], discovery = 'prospective', ...rest } = finding;
  const { key, resource } = records.subject;
  return {
    ...rest,
    subject: key,
    patient: referenceKey(resource['individual']) ?? '',
    implicated: [...new Set([dose.record.key, ...others])],
    about: dose.record.key,
    discovery,
  };
}

/** A dose on a day that is not planned, twice on one day, or on another date than planned. */
function planDeviations(
  judged: Judged,
  dose: StartedDose,
  doses: readonly StartedDose[],
): readonly Deviation[] {
  const cycle = doses.filter((other) => other.cycle === dose.cycle);
  const isRepeated = cycle
    .slice(0, cycle.indexOf(dose))
    .some((earlier) => earlier.plannedDay === dose.plannedDay);
  if (isRepeated || !plannedDays(judged.trial.plan).includes(dose.plannedDay)) {
    const detail = isRepeated
      ? `A dose of day ${dose.plannedDay} of cycle ${dose.cycle} was given before.`
      : `The plan has no dose on day ${dose.plannedDay}.`;
    return [
      ofDose(judged, dose, {
        code: 'unplanned-dose',
        rules: ['R3/plan'],
        severity: 'moderate',
        detail,
      }),
    ];
  }
  const [first] = cycle;
  if (first === undefined || first === dose) return [];
  const planned = dose.plannedDay - first.plannedDay;
  const actual = daysBetween(first.date, dose.date);
  if (planned === actual) return [];
  const detail = `The dose of day ${dose.plannedDay} was started ${actual} days after the first one of its cycle.`;
  return [
    ofDose(judged, dose, {
      code: 'dose-out-of-window',
      rules: ['R3/day'],
      severity: 'moderate',
      detail,
    }),
  ];
}

function gateDeviations(judged: Judged, dose: StartedDose): readonly Deviation[] {
  const { trial, records } = judged;
  const at = dose.time.hasTime ? dose.time.start : dose.time.end - 1;
  const { reasons } = dosingGate({
    trial,
    records,
    asOf: { at, date: dose.date, text: dose.time.text },
    day: dose.plannedDay,
    cycle: dose.cycle,
    dose: dose.record,
    lot: records.referred(dose.record.resource['medicationReference']),
  });
  const named = (...rules: readonly string[]) =>
    reasons.filter(({ rule }) => rules.some((one) => rule.startsWith(`R3/${one}`)));
  return [
    ...toxicity(judged, dose, named('UT-')),
    ...simple(judged, dose, named('enrolment', 'consent'), 'dose-without-enrolment'),
    ...simple(judged, dose, named('product'), 'dose-wrong-product'),
    ...simple(judged, dose, named('assessment', 'previous-dose'), 'safety-assessment-missing'),
  ];
}

function simple(
  judged: Judged,
  dose: StartedDose,
  reasons: readonly GateReason[],
  code: 'dose-without-enrolment' | 'dose-wrong-product' | 'safety-assessment-missing',
): readonly Deviation[] {
  if (reasons.length === 0) return [];
  const lots = reasons
    .flatMap(({ records }) => records)
    .filter(({ resource }) => resource.resourceType === 'Medication')
    .map(({ key }) => key);
  return [
    ofDose(judged, dose, {
      code,
      rules: reasons.map(({ rule }) => rule),
      severity: code === 'safety-assessment-missing' ? 'moderate' : 'high',
      detail: reasons.map(({ detail }) => detail).join(' '),
      others: lots,
      discovery: isKnownLater(
        reasons.flatMap(({ records }) => records).filter(isObservation),
        dose,
        judged.trial,
      )
        ? 'retrospective'
        : 'prospective',
    }),
  ];
}

/** Adverse events before Observations; known afterwards only, it is retrospective. */
function toxicity(
  judged: Judged,
  dose: StartedDose,
  reasons: readonly GateReason[],
): readonly Deviation[] {
  if (reasons.length === 0) return [];
  const { zone } = judged.trial;
  const deciding = [...new Set(reasons.flatMap(({ records }) => records))];
  const isLater = isKnownLater(deciding, dose, judged.trial);
  const isTimeUnknown = deciding.every(
    (record) =>
      record.resource.resourceType === 'AdverseEvent' &&
      isDayOnly(adverseEvent(record, zone).onset, dose),
  );
  const isDoubtful = isLater && isTimeUnknown;
  const terms = [...new Set(reasons.map(({ detail }) => detail))].join(', ');
  const events = deciding.filter(({ resource }) => resource.resourceType === 'AdverseEvent');
  const others = deciding.filter((record) => !events.includes(record));
  return [
    ofDose(judged, dose, {
      code: 'dose-despite-toxicity',
      rules: [...new Set(reasons.map(({ rule }) => rule))],
      severity: isDoubtful ? 'moderate' : 'high',
      detail: isDoubtful
        ? `Dose in spite of: ${terms}; onset time unknown.`
        : `Dose in spite of: ${terms}.`,
      others: [...events, ...others].map(({ key }) => key),
      discovery: isLater ? 'retrospective' : 'prospective',
    }),
  ];
}

function isDayOnly(
  onset: { readonly hasTime: boolean; readonly date?: string } | undefined,
  dose: StartedDose,
): boolean {
  return onset?.hasTime === false && onset.date === dose.date;
}

function isObservation({ resource }: TrialRecord): boolean {
  return resource.resourceType === 'Observation';
}

/** Whether the site recorded all that decides only after the dose had begun. */
function isKnownLater(
  deciding: readonly TrialRecord[],
  dose: StartedDose,
  { zone }: Trial,
): boolean {
  return (
    deciding.length > 0 &&
    deciding.every((record) => {
      const { resource } = record;
      const element = resource.resourceType === 'AdverseEvent' ? 'recordedDate' : 'issued';
      const said = readTime(textOf(resource[element]), zone)?.start;
      if (said !== undefined) return said > dose.time.start;
      // What was here when the dose came was known to the gate, however long ago both happened.
      const received = receivedAt(record);
      return received > dose.time.start && received > receivedAt(dose.record);
    })
  );
}

/** When the server received the first version of a record. */
function receivedAt({ lastUpdated, earlier = [] }: TrialRecord): number {
  return Date.parse(earlier.at(-1)?.lastUpdated ?? lastUpdated);
}
