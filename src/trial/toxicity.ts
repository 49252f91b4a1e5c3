import {
  adverseEventsOf,
  isJudgedUnrelated,
  isTreatmentRelated,
  termGroup,
  type AdverseEvent,
  type TermGroup,
} from './adverse-event.ts';
import { codeSystem } from './canonical.ts';
import type { Question } from './criterion.ts';
import { hasCode } from './element.ts';
import type { StartedDose } from './infusion.ts';
import { latestBy } from './latest.ts';
import {
  codedValue,
  componentOf,
  hasLoinc,
  interpretation,
  measuredValue,
} from './observation-value.ts';
import { recordTime } from './record-time.ts';
import { exact } from './statistics/exact.ts';
import type { TrialRecord } from './subject-records.ts';

/** Why a dose is not to be given. */
export interface GateReason {
  /** `R3/UT-1` */
  readonly rule: string;
  readonly effect: GateEffect;
  readonly records: readonly TrialRecord[];
  readonly detail: string;
}

/** `hold` blocks this dose and may clear, `stop` blocks every further dose of the cycle. */
export type GateEffect = 'stop' | 'hold' | 'not-evaluable';

/** What is asked of toxicity: the first dose of the cycle, if it had been started by then. */
export interface ToxicityQuestion extends Question {
  readonly first: StartedDose | undefined;
}

/** Returns the unacceptable toxicities in effect, in the order of the rules. */
export function toxicityReasons(question: ToxicityQuestion): readonly GateReason[] {
  const facts = factsOf(question);
  const found = rules.flatMap(({ rule, stop, hold, detail }) => {
    const reason = (effect: GateEffect, records: readonly TrialRecord[]) =>
      records.length === 0 ? [] : [{ rule: `R3/${rule}`, effect, records, detail }];
    return [...reason('stop', stop(facts)), ...reason('hold', hold?.(facts) ?? [])];
  });
  return found;
}

/** An adverse event that counts, and whether it is ongoing. */
interface CountedEvent extends AdverseEvent {
  readonly group: TermGroup;
  readonly isOngoing: boolean;
}

interface Facts {
  readonly question: ToxicityQuestion;
  readonly events: readonly CountedEvent[];
  readonly grades: readonly ToxicityGrade[];
}

/** A grade of CRS or ICANS that was observed; the latest of its kind is the ongoing one. */
interface ToxicityGrade {
  readonly record: TrialRecord;
  readonly kind: 'crs-grade' | 'icans-grade';
  readonly grade: number;
  readonly isOngoing: boolean;
}

function factsOf(question: ToxicityQuestion): Facts {
  const { trial, records, asOf, first } = question;
  if (first === undefined) return { question, events: [], grades: [] };
  const events = adverseEventsOf(records, trial.zone)
    .filter((event) => isSince(event, first) && (event.onset?.start ?? Infinity) <= asOf.at)
    .map((event) => ({
      ...event,
      group: termGroup(event, trial),
      isOngoing: event.resolved === undefined || event.resolved.start > asOf.at,
    }));
  return { question, events, grades: gradesOf(question, first) };
}

/** An onset without time on the day of the first dose counts as after it. */
function isSince({ onset }: AdverseEvent, first: StartedDose): boolean {
  if (onset === undefined) return false;
  return onset.hasTime ? onset.start >= first.time.start : onset.end > first.time.start;
}

function gradesOf(question: ToxicityQuestion, first: StartedDose): readonly ToxicityGrade[] {
  const { records, trial, asOf } = question;
  const inTime = records.of('ie-toxicity').filter((record) => {
    const time = recordTime(record, records, trial.zone);
    return time !== undefined && time.end > first.time.start && time.start <= asOf.at;
  });
  return (['crs-grade', 'icans-grade'] as const).flatMap((kind) => {
    const ofKind = inTime.filter(({ resource }) =>
      hasCode(resource['code'], codeSystem('code'), kind),
    );
    const latest = latestBy(ofKind, records, { zone: trial.zone, asOf });
    return ofKind.flatMap((record) => {
      const grade = Number(
        codedValue(record.resource, codeSystem('astct'))?.slice('grade-'.length),
      );
      return Number.isNaN(grade) ? [] : [{ record, kind, grade, isOngoing: record === latest }];
    });
  });
}

interface ToxicityRule {
  readonly rule: string;
  readonly detail: string;
  readonly stop: (facts: Facts) => readonly TrialRecord[];
  readonly hold?: (facts: Facts) => readonly TrialRecord[];
}

const rules: readonly ToxicityRule[] = [
  {
    rule: 'UT-1',
    detail: 'Cytokine release syndrome',
    stop: (facts) => [...worst(facts, ['crs'], 3), ...observed(facts, 'crs-grade', 3)],
    hold: (facts) => [...ongoing(facts, ['crs'], 2), ...observedNow(facts, 'crs-grade', 2)],
  },
  {
    rule: 'UT-2',
    detail: 'Immune effector cell-associated neurotoxicity syndrome',
    stop: (facts) => [...worst(facts, ['icans'], 2), ...observed(facts, 'icans-grade', 2)],
    hold: (facts) => [...ongoing(facts, ['icans'], 1), ...observedNow(facts, 'icans-grade', 1)],
  },
  {
    rule: 'UT-3',
    detail: 'Pulmonary toxicity',
    stop: ({ events }) =>
      events
        .filter(({ group, grade = 0 }) => group === 'pulmonary' && grade >= 2)
        .filter((event) => !isJudgedUnrelated(event))
        .map(({ record }) => record),
  },
  {
    rule: 'UT-4',
    detail: 'Cardiac toxicity',
    stop: (facts) => [...worst(facts, ['cardiac'], 2), ...ejectionFraction(facts)],
    hold: (facts) =>
      facts.events
        .filter(({ group, isOngoing }) => group === 'troponin' && isOngoing)
        .filter(isTreatmentRelated)
        .map(({ record }) => record),
  },
  {
    rule: 'UT-5',
    detail: 'Infusion related reaction or anaphylaxis',
    stop: (facts) => worst(facts, ['infusion-reaction'], 3),
    hold: (facts) => ongoing(facts, ['infusion-reaction'], 2),
  },
  {
    rule: 'UT-6',
    detail: 'Other non-haematological toxicity',
    stop: (facts) => worst(facts, ['other'], 4),
    hold: (facts) => ongoing(facts, ['other'], 3),
  },
  {
    rule: 'UT-7',
    detail: 'Anaemia or thrombocytopenia',
    stop: () => [],
    hold: (facts) => ongoing(facts, ['anemia-platelets'], 4),
  },
  {
    rule: 'UT-8',
    detail: 'Dose-limiting toxicity',
    stop: ({ events }) =>
      events
        .filter((event) => event.isDoseLimiting && isTreatmentRelated(event))
        .map(({ record }) => record),
  },
  { rule: 'UT-9', detail: 'Replication-competent virus', stop: competentVirus },
];

function worst(
  { events }: Facts,
  groups: readonly TermGroup[],
  least: number,
): readonly TrialRecord[] {
  return events
    .filter(({ group, grade = 0 }) => groups.includes(group) && grade >= least)
    .filter(isTreatmentRelated)
    .map(({ record }) => record);
}

function ongoing(
  { events }: Facts,
  groups: readonly TermGroup[],
  exactly: number,
): readonly TrialRecord[] {
  return events
    .filter(
      ({ group, grade, isOngoing }) => groups.includes(group) && grade === exactly && isOngoing,
    )
    .filter(isTreatmentRelated)
    .map(({ record }) => record);
}

function observed(
  { grades }: Facts,
  kind: ToxicityGrade['kind'],
  least: number,
): readonly TrialRecord[] {
  return grades
    .filter((one) => one.kind === kind && one.grade >= least)
    .map(({ record }) => record);
}

function observedNow(
  { grades }: Facts,
  kind: ToxicityGrade['kind'],
  exactly: number,
): readonly TrialRecord[] {
  return grades
    .filter((one) => one.kind === kind && one.grade === exactly && one.isOngoing)
    .map(({ record }) => record);
}

/** Whether the record is a left ventricular ejection fraction, which UT-4 reads. */
export function isEjectionFraction({ resource }: TrialRecord): boolean {
  return hasLoinc(resource, ['10230-1']);
}

/** PP-15: the latest value after the first dose below the floor, or far below the latest before it. */
function ejectionFraction({ question }: Facts): readonly TrialRecord[] {
  const { records, trial, asOf, first } = question;
  if (first === undefined) return [];
  const { zone, parameters } = trial;
  const values = records
    .of('measurement')
    .filter((record) => isEjectionFraction(record) && percentOf(record) !== undefined);
  const isAfter = (record: TrialRecord) => {
    const time = recordTime(record, records, zone);
    return time !== undefined && time.end > first.time.start;
  };
  const latest = latestBy(values.filter(isAfter), records, { zone, asOf });
  const baseline = latestBy(
    values.filter((record) => !isAfter(record)),
    records,
    { zone, asOf },
  );
  const value = percentOf(latest);
  if (latest === undefined || value === undefined) return [];
  const before = percentOf(baseline);
  if (before !== undefined && exact(before - value) >= parameters.number('PP-15', 1)) {
    return [latest, baseline].filter((record) => record !== undefined);
  }
  return value < parameters.number('PP-15') ? [latest] : [];
}

function percentOf(record: TrialRecord | undefined): number | undefined {
  return record === undefined ? undefined : measuredValue(record.resource)?.value;
}

function competentVirus({ question }: Facts): readonly TrialRecord[] {
  const { records, trial, asOf } = question;
  const isBefore = (record: TrialRecord) =>
    (recordTime(record, records, trial.zone)?.start ?? -Infinity) <= asOf.at;
  const blood = records
    .of('rcl')
    .filter(({ resource }) => codedValue(resource, interpretation) === 'POS');
  const product = records.of('product-release').filter(({ resource }) => {
    const test = componentOf(resource, codeSystem('code'), 'product-rcl');
    return test !== undefined && codedValue(test, interpretation) === 'POS';
  });
  return [...blood, ...product].filter(isBefore);
}
