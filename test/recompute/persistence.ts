import { daysBetween, daysSince, firstInfusion, happened, type Start } from './calendar.ts';
import { at, codeIn, codeSystem, component, hasCode, number, objects } from './dump.ts';
import { observations, referenceOf, snomed, type Dossier, type Dump, type Line } from './dump.ts';
import { geometricMean, kaplanMeier, medianSurvival, type Survival } from './statistics.ts';
import type { Answer } from './answer.ts';

/** One point of the kinetics: the replicates of one time together. */
export interface Point {
  readonly t: number;
  readonly date: string;
  readonly value: number;
  readonly detected: boolean;
  readonly quantified: boolean;
}

/** R7 of one subject and target; times in days, amounts in copies per microgram. */
export interface Kinetics {
  readonly start: Start;
  readonly method: string | undefined;
  readonly points: readonly Point[];
  readonly cmax: number | undefined;
  readonly tmax: number | undefined;
  readonly auc: number | undefined;
  readonly tlast: number | undefined;
  readonly engrafted: boolean;
  readonly outcome: string | undefined;
  readonly loss: Point | undefined;
  readonly survival: Survival | undefined;
}

const lossDistanceDays = 14;
const horizonDays = 365;
const earlyDays = 31;

/** R7 of a subject; undefined before the first infusion. */
export function kinetics(
  dossier: Dossier,
  dump: Dump,
  asOf: number,
  target = 'persist-tcrz-cd137',
): Kinetics | undefined {
  const start = firstInfusion(dossier, dump, asOf);
  if (start === undefined) return undefined;
  const { method, points } = series(samples(dossier, dump, { asOf, target, start }));
  const after = points.filter(({ t }) => t > 0);
  const peak = after
    .filter(({ quantified }) => quantified)
    .reduce<Point | undefined>(
      (best, one) => (best && best.value >= one.value ? best : one),
      undefined,
    );
  const early = after.filter(({ t }) => t <= earlyDays);
  const fate = fateOf(after, early, start);
  return {
    start,
    method,
    points,
    cmax: peak?.value,
    tmax: peak?.t,
    auc: auc28(points),
    tlast: after.findLast(({ detected }) => detected)?.t,
    engrafted: early.some(({ detected }) => detected),
    ...fate,
  };
}

interface Sample {
  readonly t: number;
  readonly date: string;
  readonly method: string;
  readonly level: readonly [value: number, detected: boolean, quantified: boolean];
}

function samples(
  dossier: Dossier,
  dump: Dump,
  {
    asOf,
    target,
    start,
  }: { readonly asOf: number; readonly target: string; readonly start: Start },
): readonly Sample[] {
  return observations(dossier, codeSystem('code'), target).flatMap((line) => {
    const time = happened(line, dump);
    const t = time && daysSince(start, time);
    const method = codeIn(line['method'], codeSystem('pcr-method'));
    const level = levelOf(line);
    if (time?.date === undefined || time.start > asOf || t === undefined) return [];
    if (method === undefined || level === undefined || !isBlood(line, dump)) return [];
    return [{ t, date: time.date, method, level }];
  });
}

const bloodTypes: readonly (readonly [system: string, code: string])[] = [
  ['http://terminology.hl7.org/CodeSystem/v2-0487', 'BLD'],
  ['http://terminology.hl7.org/CodeSystem/v2-0487', 'WB'],
  [snomed, '258580003'],
  [codeSystem('code'), 'pbmc'],
];

function isBlood(line: Line, dump: Dump): boolean {
  const type = dump.current(referenceOf(line['specimen']))?.['type'];
  return bloodTypes.some(([system, code]) => hasCode(type, system, code));
}

/** As the table of P15 says what enters the kinetics. */
function levelOf(line: Line): Sample['level'] | undefined {
  const value = number(at(line, 'valueQuantity', 'value'));
  if (value === undefined) return undefined;
  if (at(line, 'valueQuantity', 'comparator') === undefined) return [value, true, true];
  const isDetected = objects(line['interpretation']).some((one) => hasCode(one, undefined, 'DET'));
  if (!isDetected) return [0, false, false];
  const lloq = number(at(component(line, codeSystem('code'), 'lloq'), 'valueQuantity', 'value'));
  return [(lloq ?? value) / 2, true, false];
}

function series(all: readonly Sample[]): {
  readonly method: string | undefined;
  readonly points: readonly Point[];
} {
  const choices = ['rt-pcr-rna', 'qpcr-gdna', 'ddpcr-gdna'].map((method) => {
    const points = pointsOf(all.filter((one) => one.method === method));
    return { method, points, count: points.filter(({ t }) => t > 0).length };
  });
  const measured = choices.filter(({ points }) => points.length > 0);
  const most = Math.max(...measured.map(({ count }) => count));
  const chosen =
    measured.find(({ count }) => count >= 3) ?? measured.find(({ count }) => count === most);
  return { method: chosen?.method, points: chosen?.points ?? [] };
}

function pointsOf(all: readonly Sample[]): readonly Point[] {
  return [...Map.groupBy(all, ({ t }) => t)]
    .toSorted(([a], [b]) => a - b)
    .map(([t, replicates]) => {
      const of = (index: 1 | 2) =>
        replicates.flatMap(({ level }) => (level[index] ? [level[0]] : []));
      const [quantified, detected] = [of(2), of(1)];
      return {
        t,
        date: replicates[0]?.date ?? '',
        value: geometricMean(quantified.length > 0 ? quantified : detected) ?? 0,
        detected: detected.length > 0,
        quantified: quantified.length > 0,
      };
    });
}

/** The linear trapezoid from 0 to 28 days. */
function auc28(points: readonly Point[]): number | undefined {
  const [end, carriedFrom] = [28, 25];
  const after = points.filter(({ t }) => t > 0);
  if (after.length === 0) return undefined;
  const preDose = points.findLast(({ t }) => t <= 0)?.value ?? 0;
  const curve = [{ t: 0, value: preDose }, ...after];
  const inside = curve.filter(({ t }) => t <= end);
  const last = inside.at(-1) ?? { t: 0, value: 0 };
  const next = curve.find(({ t }) => t > end);
  if (next !== undefined) {
    const slope = (next.value - last.value) / (next.t - last.t);
    inside.push({ t: end, value: last.value + slope * (end - last.t) });
  } else if (last.t >= carriedFrom) {
    inside.push({ t: end, value: last.value });
  } else {
    return undefined;
  }
  return inside.slice(1).reduce((sum, one, index) => {
    const before = inside[index] ?? one;
    return sum + ((one.value + before.value) / 2) * (one.t - before.t);
  }, 0);
}

type Fate = Pick<Kinetics, 'outcome' | 'loss' | 'survival'>;

function fateOf(after: readonly Point[], early: readonly Point[], start: Start): Fate {
  const lastDetected = after.findLastIndex(({ detected }) => detected);
  if (lastDetected === -1) {
    return early.length >= 2
      ? { outcome: 'never-engrafted', loss: undefined, survival: { time: 0, event: true } }
      : { outcome: undefined, loss: undefined, survival: undefined };
  }
  const empty = after.slice(lastDetected + 1);
  const [loss] = empty;
  const confirming = empty.find(
    ({ date }) => loss !== undefined && daysBetween(loss.date, date) >= lossDistanceDays,
  );
  if (loss !== undefined && confirming !== undefined) {
    const survival = limited(daysBetween(start.day0, loss.date), true);
    return { outcome: 'lost', loss, survival };
  }
  const outcome = loss === undefined ? 'persisting' : 'unconfirmed';
  const seen = after[lastDetected]?.date ?? start.day0;
  return { outcome, loss: undefined, survival: limited(daysBetween(start.day0, seen), false) };
}

function limited(time: number, event: boolean): Survival {
  return time > horizonDays ? { time: horizonDays, event: false } : { time, event };
}

/** `$persistence-endpoint`: the numbers by the names of their groups. */
export function persistenceEndpoint(dump: Dump, asOf: number): Answer {
  const found = dump.dossiers
    .flatMap((dossier) => kinetics(dossier, dump, asOf) ?? [])
    .filter(({ survival }) => survival !== undefined);
  const observed = found.flatMap(({ survival }) => survival ?? []);
  const answer = new Map<string, number | undefined>();
  for (const day of [168, 365]) {
    const { survival, limits } = kaplanMeier(observed, day);
    const isAny = observed.length > 0;
    answer.set(`S(${day})`, isAny ? survival : undefined);
    answer.set(`S(${day}) lower95`, isAny ? limits?.[0] : undefined);
    answer.set(`S(${day}) upper95`, isAny ? limits?.[1] : undefined);
  }
  answer.set('median', medianSurvival(observed));
  answer.set('events', observed.filter(({ event }) => event).length);
  answer.set('censored', observed.filter(({ event }) => !event).length);
  for (const [name, values] of [
    ['cmax', found.map(({ cmax }) => cmax ?? 0)],
    ['auc', found.flatMap(({ auc }) => auc ?? [])],
  ] as const) {
    answer.set(`geometric mean ${name}`, geometricMean(values.filter((value) => value > 0)));
    answer.set(`zeros ${name}`, values.filter((value) => value <= 0).length);
  }
  return answer;
}

/** `$persistence` of a subject: its metrics by name. */
export function persistenceMetrics(found: Kinetics): Answer {
  const { method, cmax, tmax, auc, tlast, engrafted, outcome, loss, survival, start } = found;
  return new Map<string, number | string | boolean | undefined>([
    ['method', method],
    ['cmax', cmax],
    ['tmax', tmax],
    ['auc', auc],
    ['tlast', tlast],
    ['engrafted', engrafted],
    ['outcome', outcome],
    ['lossDate', loss?.date],
    ['lossDay', loss && daysBetween(start.day0, loss.date)],
    ['duration', survival?.time],
    ['event', survival?.event],
    ['points', found.points.length],
  ]);
}
