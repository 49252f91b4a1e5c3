import type { Question } from './criterion.ts';
import {
  antibodyAssays,
  cellularAssay,
  immunitySamples,
  isEvaluable,
  type ImmunitySample,
} from './immunity-sample.ts';
import { infusedBy, type Infused } from './infused.ts';
import type { LocalDate } from './local-time.ts';
import { persistenceOf, type Persistence } from './persistence.ts';
import type { ProtocolParameters } from './protocol-parameters.ts';

/** Whether a subject turned immune against the cells, by one kind of response. */
export interface Immunity {
  readonly state: ImmunityState;
  /** The collection of the first positive sample after the infusion; when `immune`. */
  readonly onset: LocalDate | undefined;
  /** The largest rise over the baseline before the loss; undefined when there is no such number. */
  readonly foldRise: number | undefined;
  /** After the infusion, with a result. */
  readonly evaluable: readonly ImmunitySample[];
  /** All that this rests on, the baseline among them. */
  readonly samples: readonly ImmunitySample[];
}

/** The states of immunity, the one that decides first. */
export type ImmunityState = (typeof immunityStates)[number];

/** Every `ImmunityState`. */
export const immunityStates = ['immune', 'pre-existing', 'not-immune', 'not-evaluable'] as const;

/** The immunity of one subject, and the kinetics that it is compared with. */
export interface SubjectImmunity {
  readonly infused: Infused;
  readonly persistence: Persistence;
  readonly humoral: Immunity;
  readonly cellular: Immunity;
  readonly either: Immunity;
}

/** Returns the immunity of a subject; undefined before the first infusion. */
export function immunityOf(question: Question): SubjectImmunity | undefined {
  const infused = infusedBy(question);
  const persistence = persistenceOf(question);
  if (infused === undefined || persistence === undefined) return undefined;
  const samples = immunitySamples(question, infused);
  const { parameters } = question.trial;
  const lossTime = persistence.loss?.time ?? Infinity;
  const judge = (assay: string, isPositive: Judge) =>
    assayImmunity(
      samples.filter((sample) => sample.assay === assay),
      { isPositive, lossTime },
    );
  const antibody = antibodyJudge(parameters);
  const humoral = combined(antibodyAssays.map((assay) => judge(assay, antibody)));
  const cellular = judge(cellularAssay, cellularJudge(parameters));
  const either = combined([humoral, cellular]);
  return { infused, persistence, humoral, cellular, either };
}

/** Tells whether a sample is positive: after the infusion against its baseline, the baseline alone. */
interface Judge {
  readonly baseline: (sample: ImmunitySample) => boolean;
  readonly converted: (sample: ImmunitySample, baseline: ImmunitySample | undefined) => boolean;
}

function antibodyJudge(parameters: ProtocolParameters): Judge {
  const fold = parameters.number('PP-09');
  const isPositive = ({ verdict }: ImmunitySample) => verdict === 'POS';
  return {
    baseline: isPositive,
    converted: (sample, baseline) => {
      if (baseline === undefined || !isPositive(baseline)) return isPositive(sample);
      if (sample.level === undefined || baseline.level === undefined) return false;
      return !sample.isBelow && sample.level >= fold * baseline.level;
    },
  };
}

function cellularJudge(parameters: ProtocolParameters): Judge {
  const [spotsMin, fold] = [parameters.number('PP-10', 0), parameters.number('PP-10', 1)];
  const isPositive = ({ level, verdict }: ImmunitySample) =>
    level === undefined ? verdict === 'POS' : level >= spotsMin;
  return {
    baseline: isPositive,
    converted: (sample, baseline) => {
      if (!isPositive(sample)) return false;
      // A rise over what has no number cannot be shown.
      if (baseline !== undefined && isPositive(baseline)) {
        if (baseline.level === undefined || sample.level === undefined) return false;
      }
      const before = Math.max(0, baseline?.level ?? 0);
      return sample.level === undefined || sample.level >= fold * before;
    },
  };
}

function assayImmunity(
  samples: readonly ImmunitySample[],
  { isPositive, lossTime }: { readonly isPositive: Judge; readonly lossTime: number },
): Immunity {
  const baseline = samples.findLast((sample) => sample.time <= 0 && isEvaluable(sample));
  const evaluable = samples.filter((sample) => sample.time > 0 && isEvaluable(sample));
  const first = evaluable.find((sample) => isPositive.converted(sample, baseline));
  const foldRise = riseOf(
    baseline,
    evaluable.filter(({ time }) => time < lossTime),
  );
  return { state: stateOf(), onset: first?.date, foldRise, evaluable, samples };

  function stateOf(): ImmunityState {
    if (evaluable.length === 0) return 'not-evaluable';
    if (first !== undefined) return 'immune';
    return baseline !== undefined && isPositive.baseline(baseline) ? 'pre-existing' : 'not-immune';
  }
}

/** A level below the first dilution counts as that dilution. */
function riseOf(
  baseline: ImmunitySample | undefined,
  after: readonly ImmunitySample[],
): number | undefined {
  const from = baseline?.level;
  const levels = after.flatMap(({ level }) => (level === undefined ? [] : [level]));
  return from === undefined || from <= 0 || levels.length === 0
    ? undefined
    : Math.max(...levels) / from;
}

/** Of several responses the state that decides first, the earliest onset, the largest rise. */
function combined(responses: readonly Immunity[]): Immunity {
  const rises = responses.flatMap(({ foldRise }) => (foldRise === undefined ? [] : [foldRise]));
  return {
    state:
      immunityStates.find((state) => responses.some((one) => one.state === state)) ??
      'not-evaluable',
    onset: responses.flatMap(({ onset }) => (onset === undefined ? [] : [onset])).toSorted()[0],
    foldRise: rises.length === 0 ? undefined : Math.max(...rises),
    evaluable: responses.flatMap(({ evaluable }) => evaluable),
    samples: responses.flatMap(({ samples }) => samples),
  };
}

/** What came first, immunity or the loss of the cells. */
export type ImmunitySequence = 'immunity-before-loss' | 'after-loss' | 'none' | 'no-loss';

/** Returns what came first. */
export function sequenceOf({ onset }: Immunity, { loss }: Persistence): ImmunitySequence {
  if (loss === undefined) return 'no-loss';
  if (onset === undefined) return 'none';
  return onset < loss.date ? 'immunity-before-loss' : 'after-loss';
}
