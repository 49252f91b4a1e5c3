import type { Answer } from './answer.ts';
import { daysBetween, firstInfusion, happened, moment } from './calendar.ts';
import { at, codeIn, codeSystem, component, extension, extensionUrl, ncit } from './dump.ts';
import { codings, number, observations, ofType, referenceOf, text } from './dump.ts';
import type { Dossier, Dump, Line } from './dump.ts';
import { clopperPearson } from './statistics.ts';

/** R6 of one subject. */
export interface Best {
  readonly bor: string;
  readonly isConfirmed: boolean;
  readonly unconfirmed: string;
  readonly bestChange: number | undefined;
  readonly hasBaseline: boolean;
  readonly assessments: readonly Assessment[];
}

/** One time point after Day 0. */
export interface Assessment {
  readonly date: string;
  readonly response: string;
  readonly sum: number | undefined;
  readonly fromBaseline: number | undefined;
  readonly fromNadir: number | undefined;
}

const cutoff = 175;
const [stableFrom, confirmAfter, baselineWithin] = [42, 28, 28];

const values: Readonly<Record<string, string>> = {
  C4870: 'CR',
  C18058: 'PR',
  C18213: 'SD',
  C35571: 'PD',
  C62222: 'NE',
  C40413: 'NED',
  'non-cr-non-pd': 'NON-CR/NON-PD',
};

/** R6 of a subject; undefined before the first infusion. */
export function bestResponse(dossier: Dossier, dump: Dump, asOf: number): Best | undefined {
  const start = firstInfusion(dossier, dump, asOf);
  if (start === undefined) return undefined;
  const { day0 } = start;
  const sizes = measurements(dossier, dump, asOf);
  const baseline = baselineOf(dossier, sizes, day0);
  const assessments = assessmentsOf(dossier, dump, { asOf, day0, sizes, baseline });
  const therapy = newTherapy(dossier, day0, asOf);
  const before = assessments.filter(({ date }) => therapy === undefined || date < therapy);
  const progression = before.findIndex(({ response }) => response === 'PD');
  const eligible = progression === -1 ? before : before.slice(0, progression + 1);
  const counting = eligible.filter(({ date }) => daysBetween(day0, date) <= cutoff);
  const changes = counting.flatMap(({ fromBaseline }) => fromBaseline ?? []);
  const confirmed = confirmedBy(counting, eligible);
  const fallback = otherwise(counting, day0);
  return {
    bor: confirmed ?? fallback,
    isConfirmed: confirmed !== undefined,
    unconfirmed:
      ['CR', 'PR'].find((one) => counting.some(({ response }) => response === one)) ?? fallback,
    bestChange: changes.length === 0 ? undefined : Math.min(...changes),
    hasBaseline: baseline.hasLesion,
    assessments,
  };
}

interface Size {
  readonly line: Line;
  readonly lesion: string;
  readonly date: string;
  readonly mm: number | undefined;
}

function measurements(dossier: Dossier, dump: Dump, asOf: number): readonly Size[] {
  return observations(dossier, ncit, 'C96684', 'C96685', 'C96643').flatMap((line) => {
    const time = happened(line, dump);
    const lesion = referenceOf((line['focus'] as readonly unknown[] | undefined)?.[0]);
    if (time?.date === undefined || time.start > asOf || lesion === undefined) return [];
    return [{ line, lesion, date: time.date, mm: number(at(line, 'valueQuantity', 'value')) }];
  });
}

interface Baseline {
  readonly hasLesion: boolean;
  readonly sum: number | undefined;
  readonly targets: readonly string[];
}

/** Measured last before Day 0, at most 28 days before it. */
function baselineOf(dossier: Dossier, sizes: readonly Size[], day0: string): Baseline {
  const inTime = sizes.filter(
    ({ date }) => date < day0 && daysBetween(date, day0) <= baselineWithin,
  );
  const lesions = ofType(dossier, 'BodyStructure').filter((line) => {
    const role = extension(extension(line, extensionUrl('lesion')), 'role')?.['valueCode'];
    return role === 'target' || role === 'non-target';
  });
  const keyOf = (line: Line) => `BodyStructure/${line.id}`;
  const measured = lesions.filter((line) => inTime.some(({ lesion }) => lesion === keyOf(line)));
  const targets = measured.filter(
    (line) =>
      extension(extension(line, extensionUrl('lesion')), 'role')?.['valueCode'] === 'target',
  );
  const diameters = targets.map((line) => lastOf(inTime, keyOf(line))?.mm);
  return {
    hasLesion: measured.length > 0,
    targets: targets.map(keyOf),
    sum:
      diameters.length === 0 || diameters.includes(undefined)
        ? undefined
        : diameters.reduce<number>((sum, mm) => sum + (mm ?? 0), 0),
  };
}

function lastOf(sizes: readonly Size[], lesion: string): Size | undefined {
  return sizes
    .filter((one) => one.lesion === lesion && one.mm !== undefined)
    .toSorted((a, b) => (a.date < b.date ? -1 : 1))
    .at(-1);
}

function assessmentsOf(
  dossier: Dossier,
  dump: Dump,
  context: {
    readonly asOf: number;
    readonly day0: string;
    readonly sizes: readonly Size[];
    readonly baseline: Baseline;
  },
): readonly Assessment[] {
  const { asOf, day0, sizes, baseline } = context;
  const recorded = observations(dossier, ncit, 'C96613').flatMap((line) => {
    const time = happened(line, dump);
    const code = codings(line['valueCodeableConcept']).map((one) => text(one['code']) ?? '');
    const response = code.map((one) => values[one]).find(Boolean);
    if (time?.date === undefined || time.start > asOf || response === undefined) return [];
    return time.date > day0 ? [{ line, date: time.date, response }] : [];
  });
  let nadir = baseline.sum;
  return recorded
    .toSorted((a, b) => (a.date < b.date ? -1 : 1))
    .map(({ line, date, response }) => {
      const sum = sumAt(line, date, sizes, baseline) ?? statedSum(line);
      const change = (from: number | undefined) =>
        sum === undefined || from === undefined || from === 0
          ? undefined
          : ((sum - from) / from) * 100;
      const found = {
        date,
        response,
        sum,
        fromBaseline: change(baseline.sum),
        fromNadir: change(nadir),
      };
      if (sum !== undefined) nadir = Math.min(nadir ?? sum, sum);
      return found;
    });
}

/** The sum of the targets at the visit of an assessment; undefined when one was not measured. */
function sumAt(
  line: Line,
  date: string,
  sizes: readonly Size[],
  { targets }: Baseline,
): number | undefined {
  const visitOf = (one: Line) => extension(one, extensionUrl('visit'))?.['valueCode'];
  const visit = visitOf(line);
  const here = sizes.filter(
    (one) =>
      one.date === date || (visit !== undefined && visit !== 'UNS' && visitOf(one.line) === visit),
  );
  const diameters = targets.map((lesion) => lastOf(here, lesion)?.mm);
  return diameters.length === 0 || diameters.includes(undefined)
    ? undefined
    : diameters.reduce<number>((sum, mm) => sum + (mm ?? 0), 0);
}

function statedSum(line: Line): number | undefined {
  return number(
    at(component(line, codeSystem('code'), 'sum-of-diameters'), 'valueQuantity', 'value'),
  );
}

/** P07, or a statement with a therapy class, that starts after Day 0. */
function newTherapy(dossier: Dossier, day0: string, asOf: number): string | undefined {
  return ofType(dossier, 'MedicationStatement')
    .filter(
      (line) =>
        extension(line, extensionUrl('prior-therapy')) !== undefined ||
        codeIn(line['category'], codeSystem('therapy-class')) !== undefined,
    )
    .flatMap((line) => {
      const start =
        moment(at(line, 'effectivePeriod', 'start')) ?? moment(line['effectiveDateTime']);
      const date = start?.date;
      return date !== undefined && date > day0 && (start?.start ?? 0) <= asOf ? [date] : [];
    })
    .toSorted()[0];
}

function confirmedBy(
  counting: readonly Assessment[],
  eligible: readonly Assessment[],
): string | undefined {
  return [['CR'], ['PR', 'CR']].find((asGood) =>
    counting.some(
      (one) =>
        asGood.includes(one.response) &&
        eligible.some(
          (later) =>
            asGood.includes(later.response) && daysBetween(one.date, later.date) >= confirmAfter,
        ),
    ),
  )?.[0];
}

function otherwise(counting: readonly Assessment[], day0: string): string {
  const stable = counting.filter(
    ({ date, response }) =>
      ['CR', 'PR', 'SD', 'NON-CR/NON-PD'].includes(response) &&
      daysBetween(day0, date) >= stableFrom,
  );
  if (stable.length > 0) {
    return stable.every(({ response }) => response === 'NON-CR/NON-PD') ? 'NON-CR/NON-PD' : 'SD';
  }
  return counting.some(({ response }) => response === 'PD') ? 'PD' : 'NE';
}

/** `$response-endpoint`: the numbers by the names of their groups. */
export function responseEndpoint(dump: Dump, asOf: number): Answer {
  const found = dump.dossiers
    .flatMap((dossier) => bestResponse(dossier, dump, asOf) ?? [])
    .filter(({ hasBaseline }) => hasBaseline);
  const total = found.length;
  const answer = new Map<string, number | undefined>();
  const count = (...responses: readonly string[]) =>
    found.filter(({ bor }) => responses.includes(bor)).length;
  const share = (name: string, hits: number) => {
    const limits = total === 0 ? undefined : clopperPearson(hits, total);
    answer.set(name, total === 0 ? undefined : hits / total);
    answer.set(`${name} lower95`, limits?.[0]);
    answer.set(`${name} upper95`, limits?.[1]);
  };
  share('ORR', count('CR', 'PR'));
  share('DCR', count('CR', 'PR', 'SD', 'NON-CR/NON-PD'));
  for (const response of ['CR', 'PR', 'SD', 'PD', 'NE', 'NON-CR/NON-PD']) {
    answer.set(`BOR ${response}`, count(response));
  }
  return answer;
}

/** `$best-response` of a subject: its metrics by name, and its assessments. */
export function bestResponseMetrics(best: Best): Answer {
  const answer = new Map<string, number | string | boolean | undefined>([
    ['bestOverallResponse', best.bor],
    ['confirmed', best.isConfirmed],
    ['unconfirmedBestResponse', best.unconfirmed],
    ['bestPercentChange', best.bestChange],
    ['assessments', best.assessments.length],
  ]);
  best.assessments.forEach((one, index) => {
    answer.set(`${index} date`, one.date);
    answer.set(`${index} response`, one.response);
    answer.set(`${index} sum`, one.sum);
    answer.set(`${index} baseline`, one.fromBaseline);
    answer.set(`${index} nadir`, one.fromNadir);
  });
  return answer;
}
