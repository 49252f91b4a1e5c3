import type { Resource } from '../fhir/resource.ts';
import { immunityOf, type Immunity, type SubjectImmunity } from './immunity.ts';
import { studyDay } from './infusion.ts';
import { addDays, daysBetween, type LocalDate } from './local-time.ts';
import { measureReport, scoreGroup, type MeasureGroup } from './measure-report.ts';
import type { ProtocolPlan } from './protocol-plan.ts';
import { spearman, type Pair } from './statistics/spearman.ts';
import { fisherExact, phi } from './statistics/two-by-two.ts';
import { foundOf, type StudyQuestion } from './study-question.ts';

/** The kinds of immunity that are compared; the last has no titre, and so no correlation. */
const runs = ['humoral', 'cellular', 'either'] as const;

/** Returns the answer of `$immunity-correlation`: immunity by the landmark against the loss after it. */
export function immunityCorrelation(question: StudyQuestion): Resource {
  const { parameters } = question.trial;
  const horizonDay = parameters.number('PP-06');
  const subjects = foundOf(question, immunityOf);
  const days: Days = {
    landmarkDay: parameters.number('PP-11'),
    horizonDay,
    keptDay: (day0) => horizonDay - earlyDays(question.trial.plan, day0, horizonDay),
  };
  return measureReport({
    measure: 'om4',
    asOf: question.asOf,
    dayZeros: subjects.map(({ infused }) => infused.day0),
    groups: runs.flatMap((run) => [
      ...tableGroups(run, subjects, days),
      ...(run === 'either' ? [] : rankGroups(run, subjects, days)),
    ]),
    records: subjects.flatMap(({ infused, persistence, either }) => [
      infused.dose.record,
      ...persistence.series.points.flatMap(({ records }) => records),
      ...either.samples.map(({ record }) => record),
    ]),
  });
}

interface Days {
  readonly landmarkDay: number;
  readonly horizonDay: number;
  /** The first study day on which a detected sample says that cells were kept to the horizon. */
  readonly keptDay: (day0: LocalDate) => number;
}

/** How many days early the visit of the horizon may be; none when the plan has no visit there. */
function earlyDays(plan: ProtocolPlan, day0: LocalDate, horizonDay: number): number {
  const horizon = addDays(day0, horizonDay);
  const window = plan.windowsAt(day0).find(({ start, end }) => start <= horizon && horizon <= end);
  return window === undefined ? 0 : daysBetween(window.start, window.target);
}

type Run = (typeof runs)[number];
type Fate = 'lost' | 'kept' | 'censored';

/** What became of the cells by the horizon; a loss decides before what was seen after it. */
function fateOf({ persistence }: SubjectImmunity, { horizonDay, keptDay }: Days): Fate {
  const { loss, series, day0 } = persistence;
  if (loss !== undefined && studyDay(loss.date, day0) <= horizonDay) return 'lost';
  const keptFrom = keptDay(day0);
  const isKept = series.points.some(
    ({ date, isDetected }) => isDetected && studyDay(date, day0) >= keptFrom,
  );
  return isKept ? 'kept' : 'censored';
}

/** Whoever still had cells at the landmark, was followed beyond it, and was tested by it. */
function isAtRisk({ persistence, ...runsOf }: SubjectImmunity, run: Run, days: Days): boolean {
  const { isEngrafted, loss, series, day0 } = persistence;
  const { landmarkDay } = days;
  const isKeptSoFar = loss === undefined || studyDay(loss.date, day0) > landmarkDay;
  const isFollowed = series.points.some(({ date }) => studyDay(date, day0) > landmarkDay);
  const isTested = runsOf[run].evaluable.some(({ date }) => {
    const day = studyDay(date, day0);
    return day >= 1 && day <= landmarkDay;
  });
  return isEngrafted && isKeptSoFar && isFollowed && isTested;
}

function isImmuneBy({ onset }: Immunity, day0: string, landmarkDay: number): boolean {
  return onset !== undefined && studyDay(onset, day0) <= landmarkDay;
}

function tableGroups(
  run: Run,
  subjects: readonly SubjectImmunity[],
  days: Days,
): readonly MeasureGroup[] {
  const atRisk = subjects
    .filter((subject) => isAtRisk(subject, run, days))
    .map((subject) => ({
      isImmune: isImmuneBy(subject[run], subject.persistence.day0, days.landmarkDay),
      fate: fateOf(subject, days),
    }));
  const countOf = (isImmune: boolean, fate: Fate) =>
    atRisk.filter((one) => one.isImmune === isImmune && one.fate === fate).length;
  const table = {
    exposedEvent: countOf(true, 'lost'),
    exposedNone: countOf(true, 'kept'),
    unexposedEvent: countOf(false, 'lost'),
    unexposedNone: countOf(false, 'kept'),
  };
  return [
    scoreGroup(`${run} immune lost`, table.exposedEvent),
    scoreGroup(`${run} immune kept`, table.exposedNone),
    scoreGroup(`${run} not immune lost`, table.unexposedEvent),
    scoreGroup(`${run} not immune kept`, table.unexposedNone),
    scoreGroup(`${run} censored`, countOf(true, 'censored') + countOf(false, 'censored')),
    scoreGroup(`${run} p`, fisherExact(table)),
    scoreGroup(`${run} phi`, phi(table)),
  ];
}

/** So many subjects make a correlation. */
const subjectsMin = 4;

/** Peak rise before the loss against how long the cells were there, observed or kept to the horizon. */
function rankGroups(
  run: Run,
  subjects: readonly SubjectImmunity[],
  days: Days,
): readonly MeasureGroup[] {
  const pairs = subjects.flatMap((subject): readonly Pair[] => {
    const { foldRise } = subject[run];
    const { loss, day0 } = subject.persistence;
    const fate = fateOf(subject, days);
    if (foldRise === undefined || fate === 'censored') return [];
    const isLost = fate === 'lost' && loss !== undefined;
    return [[foldRise, isLost ? studyDay(loss.date, day0) : days.horizonDay]];
  });
  return [
    scoreGroup(`${run} rho`, pairs.length >= subjectsMin ? spearman(pairs) : undefined),
    scoreGroup(`${run} n`, pairs.length),
  ];
}
