import type { Resource } from '../fhir/resource.ts';
import { measureReport, scoreGroup, type MeasureGroup } from './measure-report.ts';
import { persistenceOf, type Persistence } from './persistence.ts';
import { geometricMean } from './statistics/average.ts';
import {
  kaplanMeier,
  medianSurvival,
  survivalAt,
  type SurvivalStep,
} from './statistics/kaplan-meier.ts';
import { foundOf, type StudyQuestion } from './study-question.ts';

/** R7 asks for the survival at week 24 by its day, S(168), beside that at the horizon of PP-06. */
const weekDays = 168;

/** Returns the answer of `$persistence-endpoint`. */
export function persistenceEndpoint(question: StudyQuestion): Resource {
  const kinetics = foundOf(question, (one) => persistenceOf(one));
  const horizonDays = question.trial.parameters.number('PP-06');
  return measureReport({
    measure: 'om3',
    asOf: question.asOf,
    dayZeros: kinetics.map(({ day0 }) => day0),
    groups: [...survivalGroups(kinetics, [weekDays, horizonDays]), ...levelGroups(kinetics)],
    records: kinetics.flatMap(({ dose, series }) => [
      dose,
      ...series.points.flatMap(({ records }) => records),
    ]),
  });
}

function survivalGroups(
  kinetics: readonly Persistence[],
  days: readonly number[],
): readonly MeasureGroup[] {
  const followUps = kinetics.flatMap(({ duration }) =>
    duration === undefined ? [] : [{ time: duration.days, event: duration.event }],
  );
  const steps = kaplanMeier(followUps);
  const events = followUps.filter(({ event }) => event).length;
  return [
    ...days.flatMap((day) =>
      survivalGroup(day, followUps.length === 0 ? undefined : survivalAt(steps, day)),
    ),
    scoreGroup('median', medianSurvival(steps), 'd'),
    scoreGroup('events', events),
    scoreGroup('censored', followUps.length - events),
  ];
}

function survivalGroup(day: number, step: SurvivalStep | undefined): readonly MeasureGroup[] {
  return [
    scoreGroup(`S(${day})`, step?.survival),
    scoreGroup(`S(${day}) lower95`, step?.interval?.lower),
    scoreGroup(`S(${day}) upper95`, step?.interval?.upper),
  ];
}

const concentration = '{copies}/ug';

/** Of a zero there is no logarithm: it is counted instead. Who was never sampled is not counted at all. */
function levelGroups(kinetics: readonly Persistence[]): readonly MeasureGroup[] {
  const sampled = kinetics.filter(({ series }) => series.points.some(({ time }) => time > 0));
  const peaks = sampled.map(({ peak }) => peak?.value ?? 0);
  const areas = sampled.flatMap(({ auc }) => (auc === undefined ? [] : [auc]));
  const mean = (values: readonly number[]) => geometricMean(values.filter((value) => value > 0));
  const zeros = (values: readonly number[]) => values.filter((value) => value === 0).length;
  return [
    scoreGroup('geometric mean cmax', mean(peaks), concentration),
    scoreGroup('geometric mean auc', mean(areas), `${concentration}.d`),
    scoreGroup('zeros cmax', zeros(peaks)),
    scoreGroup('zeros auc', zeros(areas)),
  ];
}
