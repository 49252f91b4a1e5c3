import type { Answer } from './answer.ts';
import { daysBetween, daysSince, happened, type Moment } from './calendar.ts';
import { at, codeIn, codeSystem, component, number, observations } from './dump.ts';
import type { Dossier, Dump, Line } from './dump.ts';
import { kinetics, type Kinetics } from './persistence.ts';
import { fisher, phi, spearman } from './statistics.ts';

/** R8 of one run of one subject. */
export interface Response {
  readonly state: 'immune' | 'pre-existing' | 'not-immune' | 'not-evaluable';
  readonly onset: string | undefined;
  readonly foldRise: number | undefined;
  /** Dates of the evaluable samples after the infusion. */
  readonly tested: readonly string[];
}

/** R8 of one subject. */
export interface HostImmunity {
  readonly kinetics: Kinetics;
  readonly humoral: Response;
  readonly cellular: Response;
  readonly either: Response;
}

interface Sample {
  readonly t: number;
  readonly date: string;
  readonly verdict: string | undefined;
  readonly level: number | undefined;
  readonly isBelow: boolean;
}

const interpretation = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation';
const [titreFold, spotsLeast, spotsFold] = [4, 50, 2];
const [landmark, horizon, keptFrom] = [31, 365, 351];

/** R8 of a subject; undefined before the first infusion. */
export function hostImmunity(dossier: Dossier, dump: Dump, asOf: number): HostImmunity | undefined {
  const found = kinetics(dossier, dump, asOf);
  if (found === undefined) return undefined;
  const samplesOf = (code: string, level: (line: Line) => Level) =>
    observations(dossier, codeSystem('code'), code)
      .flatMap((line) => sample(line, happened(line, dump), { found, asOf, level: level(line) }))
      .toSorted((a, b) => a.t - b.t);
  const lossAt = found.loss?.t ?? Infinity;
  const antibodies = ['host-ab-anti-murine-her2', 'host-hama'].map((code) =>
    response(samplesOf(code, titre), lossAt, antibodyRise),
  );
  const humoral = together(antibodies);
  const cellular = response(samplesOf('host-cell-elispot', netSpots), lossAt, cellularRise);
  return { kinetics: found, humoral, cellular, either: together([humoral, cellular]) };
}

type Level = Pick<Sample, 'level' | 'isBelow'>;

function sample(
  line: Line,
  time: Moment | undefined,
  {
    found,
    asOf,
    level,
  }: { readonly found: Kinetics; readonly asOf: number; readonly level: Level },
): readonly Sample[] {
  const t = time && daysSince(found.start, time);
  if (time?.date === undefined || t === undefined || time.start > asOf) return [];
  const code = codeIn(line['valueCodeableConcept'], interpretation);
  const verdict = code === 'POS' || code === 'NEG' ? code : undefined;
  return verdict === undefined && level.level === undefined
    ? []
    : [{ t, date: time.date, verdict, ...level }];
}

function amount(line: Line, code: string): Level {
  const quantity = at(component(line, codeSystem('code'), code), 'valueQuantity');
  return { level: number(at(quantity, 'value')), isBelow: at(quantity, 'comparator') === '<' };
}

const titre = (line: Line) => amount(line, 'titre');

function netSpots(line: Line): Level {
  const { level, isBelow } = amount(line, 'elispot-sfu');
  const background = amount(line, 'elispot-background').level ?? 0;
  return { level: level === undefined ? undefined : level - background, isBelow };
}

/** PP-09 and PP-10: whether a sample after the infusion is a conversion, and whether a baseline is positive. */
interface Rise {
  readonly isPositive: (one: Sample) => boolean;
  readonly isConverted: (one: Sample, baseline: Sample | undefined) => boolean;
}

const antibodyRise: Rise = {
  isPositive: ({ verdict }) => verdict === 'POS',
  isConverted: (one, baseline) => {
    if (baseline?.verdict !== 'POS') return one.verdict === 'POS';
    return (
      one.level !== undefined &&
      baseline.level !== undefined &&
      !one.isBelow &&
      one.level >= titreFold * baseline.level
    );
  },
};

const cellularRise: Rise = {
  isPositive: ({ level, verdict }) =>
    level === undefined ? verdict === 'POS' : level >= spotsLeast,
  isConverted: (one, baseline) => {
    if (!cellularRise.isPositive(one)) return false;
    const wasPositive = baseline !== undefined && cellularRise.isPositive(baseline);
    if (one.level === undefined) return !wasPositive;
    if (wasPositive && baseline.level === undefined) return false;
    return one.level >= spotsFold * Math.max(0, baseline?.level ?? 0);
  },
};

function response(samples: readonly Sample[], lossAt: number, rise: Rise): Response {
  const baseline = samples.findLast(({ t }) => t <= 0);
  const after = samples.filter(({ t }) => t > 0);
  const first = after.find((one) => rise.isConverted(one, baseline));
  const levels = after
    .filter(({ t }) => t < lossAt)
    .flatMap(({ level }) => (level === undefined ? [] : [level]));
  const from = baseline?.level ?? 0;
  const otherwise =
    baseline !== undefined && rise.isPositive(baseline) ? 'pre-existing' : 'not-immune';
  return {
    state: after.length === 0 ? 'not-evaluable' : first === undefined ? otherwise : 'immune',
    onset: first?.date,
    foldRise: from > 0 && levels.length > 0 ? Math.max(...levels) / from : undefined,
    tested: after.map(({ date }) => date),
  };
}

/** "`either` takes the first of the states that one of the two has". */
function together(responses: readonly Response[]): Response {
  const states = ['immune', 'pre-existing', 'not-immune'] as const;
  const rises = responses.flatMap(({ foldRise }) => foldRise ?? []);
  return {
    state: states.find((state) => responses.some((one) => one.state === state)) ?? 'not-evaluable',
    onset: responses.flatMap(({ onset }) => onset ?? []).toSorted()[0],
    foldRise: rises.length === 0 ? undefined : Math.max(...rises),
    tested: responses.flatMap(({ tested }) => tested),
  };
}

/** "Per subject the sequence". */
export function sequence({ onset }: Response, { loss }: Kinetics): string {
  if (loss === undefined) return 'no-loss';
  if (onset === undefined) return 'none';
  return onset < loss.date ? 'immunity-before-loss' : 'after-loss';
}

const runs = ['humoral', 'cellular', 'either'] as const;

/** `$immunity-correlation`: the numbers by the names of their groups. */
export function immunityCorrelation(dump: Dump, asOf: number): Answer {
  const subjects = dump.dossiers.flatMap((dossier) => hostImmunity(dossier, dump, asOf) ?? []);
  const answer = new Map<string, number | undefined>();
  for (const run of runs) {
    const risk = subjects.filter((one) => isAtRisk(one, run));
    const count = (immune: boolean, fate: string) =>
      risk.filter((one) => isEarly(one, run) === immune && fateOf(one) === fate).length;
    const table = [
      count(true, 'lost'),
      count(true, 'kept'),
      count(false, 'lost'),
      count(false, 'kept'),
    ] as const;
    answer.set(`${run} immune lost`, table[0]);
    answer.set(`${run} immune kept`, table[1]);
    answer.set(`${run} not immune lost`, table[2]);
    answer.set(`${run} not immune kept`, table[3]);
    answer.set(`${run} censored`, count(true, 'neither') + count(false, 'neither'));
    const association = phi(...table);
    answer.set(`${run} p`, association === undefined ? 1 : fisher(...table));
    answer.set(`${run} phi`, association);
    if (run === 'either') continue;
    const pairs = subjects.flatMap((one) => rankPair(one, run));
    answer.set(`${run} rho`, pairs.length >= 4 ? spearman(pairs) : undefined);
    answer.set(`${run} n`, pairs.length);
  }
  return answer;
}

function dayOf({ kinetics: { start } }: HostImmunity, date: string): number {
  return daysBetween(start.day0, date);
}

function isAtRisk(one: HostImmunity, run: (typeof runs)[number]): boolean {
  const { engrafted, loss, points } = one.kinetics;
  return (
    engrafted &&
    (loss === undefined || dayOf(one, loss.date) > landmark) &&
    points.some(({ date }) => dayOf(one, date) > landmark) &&
    one[run].tested.some((date) => dayOf(one, date) >= 1 && dayOf(one, date) <= landmark)
  );
}

function isEarly(one: HostImmunity, run: (typeof runs)[number]): boolean {
  const { onset } = one[run];
  return onset !== undefined && dayOf(one, onset) <= landmark;
}

function fateOf(one: HostImmunity): 'lost' | 'kept' | 'neither' {
  const { loss, points } = one.kinetics;
  if (loss !== undefined && dayOf(one, loss.date) <= horizon) return 'lost';
  const isKept = points.some(({ date, detected }) => detected && dayOf(one, date) >= keptFrom);
  return isKept ? 'kept' : 'neither';
}

function rankPair(
  one: HostImmunity,
  run: 'humoral' | 'cellular',
): readonly (readonly [number, number])[] {
  const { foldRise } = one[run];
  const fate = fateOf(one);
  if (foldRise === undefined || fate === 'neither') return [];
  const { survival } = one.kinetics;
  return [[foldRise, fate === 'kept' ? horizon : (survival?.time ?? horizon)]];
}
